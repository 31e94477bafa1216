// Package aws collects facts from live AWS accounts, with read-only calls of the provider's interface.
//
// # How it is built
//
// A [Collector] opens one account after another (identity, partition, enabled regions) and calls the readers of
// readers.go: one file per service. A reader names every operation that it calls, the permission that it needs and the
// settings that it fills; that table is where the policy of `tomscan permissions`, docs/aws-coverage.md and the
// provenance of each setting come from.
//
// Every call goes through one stack: the budget paces it (budget.go), the ledger writes it down (ledger.go), and the
// classifier (denied.go) says what a refusal means. A reader never sees an error: it gets an answer, or a [miss] that it
// turns into settings which are denied or unresolved. So nothing that could not be read becomes a pass or a fail.
//
// # What is never read
//
// No object, item, message, log line, secret value, environment variable or user data. forbidden.go lists the operations
// that must not be called; a test walks the calls that are really made.
package aws
