// Package sudoers reads the rights that sudo grants: who may run everything as root, and who something without a password. The last
// match wins, as in sudo. What depends on what is not seen here (netgroups, plugins, addresses, dates, lines that are not
// understood) leaves the answer undecided.
//
// https://www.sudo.ws/docs/man/sudoers.man/
package sudoers
