package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/tomscan/tomscan/policies"
)

// testCommand runs the Rego tests of the user's own policies.
func (p *program) testCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "test DIR",
		Short: "run the Rego tests of your own policies",
		Long: `Load the policies in DIR as a scan does, and run their tests. Beside the tests it demands that every policy has a test
that passes, one that fails and one that stays unknown, that it is formatted as opa fmt does, and that whatever its settings
are, it passes or fails and never both.

It ends with 0 when all pass, with 1 when one does not, and with 2 when a policy is not one.`,
		Example: "  tomscan test policies/",
		Args:    oneArg("directory"),
		RunE: func(c *cobra.Command, args []string) error {
			dirs, err := policyDirs(args)
			if err != nil {
				return err
			}
			outcomes, err := policies.Test(c.Context(), dirs[0])
			if err != nil {
				return policyTrouble(err)
			}
			return p.tell(args[0], outcomes)
		},
	}
}

// tell writes the outcomes: those that did not pass, each with its reason, and how many passed.
func (p *program) tell(dir string, outcomes []policies.TestOutcome) error {
	passed := 0
	for _, o := range outcomes {
		if o.Passed {
			passed++
		}
		if !o.Passed || p.verbose {
			fmt.Fprintf(p.stdout, "%s %s:%d: %s", map[bool]string{true: "pass", false: "fail"}[o.Passed], o.File, o.Line, o.Name)
			if o.Message != "" {
				fmt.Fprintf(p.stdout, ": %s", oneLine(o.Message))
			}
			fmt.Fprintln(p.stdout)
		}
	}
	if _, err := fmt.Fprintf(p.stdout, "%s: %d passed, %d failed\n", dir, passed, len(outcomes)-passed); err != nil {
		return err
	}
	switch {
	case passed < len(outcomes):
		return ending(codeFails)
	case passed == 0:
		return cannotRun(errors.New(dir+": no tests"), "a test is a rule test_pass_..., test_fail_... or test_unknown_... in a file *_test.rego")
	}
	return nil
}
