// Package policies turns facts and the promises of an annex into results: the catalogue of measures, the annex file, the
// Rego policies with the engine that runs them, and the roll-up to measures and clauses.
//
// An annex promises measures of the catalogue with parameters. Parameters are normalised here, before any policy sees
// them: durations to whole days, hours or minutes, TLS versions to ranks, so that policies only compare.
package policies
