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

// hintModules says once how to bring the modules that are not on disk; without them what they declare is not assessed.
func (p *program) hintModules(s evidence.Snapshot) {
	missing := 0
	for _, sweep := range s.Sweeps {
		for _, gap := range sweep.Gaps {
			if gap.Code == "module_not_on_disk" {
				missing++
			}
		}
	}
	if missing > 0 && !p.quiet {
		fmt.Fprintf(p.stderr, "tomscan: hint: %d module calls name modules that are not on disk; run `terraform get` in their root modules and scan again\n", missing)
	}
}
