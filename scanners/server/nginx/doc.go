// Package nginx says what nginx does with its configuration: which sockets it listens on, which server answers there, which versions
// of TLS are negotiated, whether plain requests are only redirected, what is logged and which headers are sent.
//
// Load reads a configuration as nginx does: its lexer, includes relative to the directory of the main file, globs in order, blocks of
// Lua taken as they are. Sites then resolves sockets, default servers and inheritance. What a module of a third party, a variable or a
// file that was not read may change is unknown, never guessed.
package nginx
