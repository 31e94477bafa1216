package main

import (
	"fmt"
	"slices"

	"github.com/tomscan/tomscan/evidence"
)

// sum says on standard error how the clauses came out, for whoever does not see the table.
func (p *program) sum(r evidence.Report, o outputFlags) {
	if p.quiet || slices.ContainsFunc(o.outputs, func(out output) bool { return out.format == "table" && out.file == "" }) {
		return
	}
	n := map[evidence.Verdict]int{}
	for _, c := range r.Clauses {
		n[c.Verdict]++
	}
	fmt.Fprintf(p.stderr, "tomscan: %d of %d clauses fail, %d not assessed\n", n[evidence.Fail]+n[evidence.Conflict], len(r.Clauses), n[evidence.Unknown])
}
