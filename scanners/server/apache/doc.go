// Package apache says what Apache's httpd does with its configuration: the directives that are really in force, which virtual host answers
// on which socket, and what it does with TLS, with plain http, with headers, logs and access.
//
// It has two floors. Read makes the tree of directives as httpd itself does while it reads: includes, continued lines, variables, Define,
// the sections that ask for modules, defines, versions and files, and macros. Of makes a Server of that tree: sockets, virtual hosts,
// merged settings. What cannot be decided is a Problem, never a guess: a file that was not collected, a condition on a version that is not
// known, an expression that is not understood.
package apache
