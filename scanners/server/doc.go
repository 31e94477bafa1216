// Package server reads hosts: what their daemons do, who may log in, what is kept how long.
//
// A host is a capture (package capture): of the running host itself, through SSH, from a bundle that was sent, or of an unpacked root
// directory. Readers see nothing else. Each family of daemons has a file of its own here that makes facts, and most have a package
// below that computes what the daemon does with its configuration: precedence, includes, defaults, contexts. These packages know no facts.
//
// A fact's level is what the capture can show: a configuration file alone is design; a file that the running process has read, and what
// the daemon itself says, is implementation; what has run is operation. A file that is newer than its process decides nothing: the
// settings are unresolved (stale).
package server
