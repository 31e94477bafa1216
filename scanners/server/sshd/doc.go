// Package sshd computes what OpenSSH's daemon does with its configuration: included files, the first value that counts, Match
// blocks, defaults of its version, options of its command line.
//
// The daemon reads its files twice: once when it starts, and once for each connection, when the Match blocks that hold override
// what the rest says. Config.For does the same for one connection. What was not collected leaves open exactly what it could change.
// https://man.openbsd.org/sshd_config
package sshd
