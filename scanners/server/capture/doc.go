// Package capture holds what was captured of one host: files, what commands said, processes. Readers and evaluators see nothing
// else, so that a host, a bundle that a customer sent and an unpacked root directory are judged by the same code.
//
// A capture never reaches outside itself: links are followed inside it, absolute ones from its root.
//
// # The bundle
//
// The capture script writes one tar archive, which may be compressed with gzip. It holds regular files alone, with time 0 and owner 0:
//
//	manifest         what was looked at, in lines
//	cmd/NAME.out     what a command printed, and
//	cmd/NAME.err     what it printed as errors
//	root/PATH        a file of the host, without its secrets
//
// The manifest's lines are words between tabs. Modes are octal, times seconds since 1970, hashes SHA-256 of the archive's entries:
//
//	tomscan-capture  1                                        the format, first
//	host NAME | time SECONDS | uid NUMBER | script HASH       of the capture; the hash is - where it is not known
//	absent PATH                                               was looked for and is not there, nor anything below it
//	refused PATH                                              could not be looked for
//	dir MODE UID GID TIME STATE PATH                          whole: all names in it are known; part; refused
//	file MODE UID GID TIME SIZE STATE HASH PATH               see below
//	link MODE UID GID TIME PATH TARGET                        links are here, never in the archive
//	other MODE UID GID TIME PATH                              devices, pipes, sockets
//	cmd EXIT HASH HASH NAME LINE                              127 is a program that is not installed, 124 one that took too long
//	end                                                       last
//
// A file's state is whole or redacted for one in the archive, and otherwise why it is not: secret (never copied), refused, large,
// binary, or stat (only its metadata was asked for). The hash of a redacted file is that of what is left of it: a hash of the
// original would tell a short secret to who tries them all. Names with control characters are left out, and make their directory's
// state part.
//
// # Secrets
//
// The script replaces secrets before anything leaves the host; <redacted:len=9> says that something was there. ReadBundle runs the same
// rules again, and others, and refuses a bundle in which they find anything. ReadRoot applies them while it reads.
package capture
