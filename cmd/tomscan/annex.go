package main

import (
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/policies"
)

// annexLimit is more than policies accepts, so that the message about its size is the annex reader's own.
const annexLimit = 16 << 20

// annexCommand groups what helps to write an annex.
func (p *program) annexCommand() *cobra.Command {
	c := &cobra.Command{
		Use:                        "annex",
		Short:                      "check an annex, or start one",
		Args:                       cobra.ArbitraryArgs,
		RunE:                       groupOnly,
		SuggestionsMinimumDistance: 2,
	}
	c.AddCommand(p.annexInitCommand(), p.annexLintCommand())
	return c
}

func (p *program) annexLintCommand() *cobra.Command {
	var at string
	c := &cobra.Command{
		Use:   "lint FILE",
		Short: "find all problems of an annex in one pass",
		Long: `Find all problems of an annex in one pass: unknown measures and parameters, wrong types, units and dates, duplicate
clauses, a minimum above a maximum, expired waivers and attestations.

Warnings do not change the exit code.`,
		Example: "  tomscan annex lint annex.hcl",
		Args:    oneArg("annex file"),
		RunE: func(_ *cobra.Command, args []string) error {
			clock, err := p.clock(at)
			if err != nil {
				return err
			}
			return p.lintAnnex(args[0], clock)
		},
	}
	atFlag(c, &at)
	return c
}

// lintAnnex says what is wrong with an annex, and what it promises weakly, twice or not at all.
func (p *program) lintAnnex(file string, at time.Time) error {
	source, err := readBounded(file, annexLimit)
	if err != nil {
		return err
	}
	a, found := policies.ParseAnnex(file, source, policies.LoadCatalogue(), at)
	if !found.HasErrors() {
		found = append(found, policies.LintAnnex(a, source, policies.LoadCatalogue(), at)...)
	}
	if err := p.diagnose(found, map[string][]byte{file: source}); err != nil {
		return err
	}
	promises := 0
	for _, c := range a.Clauses {
		promises += len(c.Promises)
	}
	_, err = fmt.Fprintf(p.stdout, "%s: %d clauses, %d promises, %d waivers, %d attestations, %d warnings\n",
		file, len(a.Clauses), promises, len(a.Waivers), len(a.Attestations), len(found))
	return err
}

// loadAnnex reads an annex and says on standard error what is wrong with it; errors end the run, warnings do not.
func (p *program) loadAnnex(file string, at time.Time) (evidence.Annex, error) {
	source, err := readBounded(file, annexLimit)
	if err != nil {
		return evidence.Annex{}, err
	}
	a, diagnostics := policies.ParseAnnex(file, source, policies.LoadCatalogue(), at)
	if p.quiet && !diagnostics.HasErrors() {
		return a, nil
	}
	return a, p.diagnose(diagnostics, map[string][]byte{file: source})
}
