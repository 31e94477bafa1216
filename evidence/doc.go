// Package evidence holds the plain data that the rest of tomscan passes around: facts that collectors observed, the
// annex that promises measures, the results of checks, and the report that is rendered. It imports the standard
// library only; scanners, policies and reports import it and never each other.
//
// Two rules hold for every type here. The zero value never passes and never fails: the zero [Value] is unresolved and
// the zero [Verdict] is unknown. And equal input gives equal bytes: slices are sorted before they are written.
package evidence
