// Package backup recognises backups in the commands that a host runs: what is backed up with which program, to where, whether it is
// encrypted, and how long it is kept. It reads shell commands and the scripts that they call, one level deep; it runs nothing.
package backup
