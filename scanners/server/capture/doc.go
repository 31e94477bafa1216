// Package capture holds what was captured of one host: files, what commands said, processes. Readers and evaluators see nothing
// else, so that a host, a bundle that a customer sent and an unpacked root directory are judged by the same code.
//
// A capture never reaches outside itself: links are followed inside it, absolute ones from its root.
package capture
