// Package backup recognises backups among the programs that a host starts: what is backed up with which program, to where, whether it is
// encrypted, and how long the program itself keeps it.
package backup
