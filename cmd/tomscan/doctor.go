package main

import (
	"cmp"
	"fmt"
	"slices"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/reports"
)

// doctorCommand groups the checks of whether a source can be read.
func (p *program) doctorCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "doctor",
		Short: "see in one cheap pass what keeps a source from being read",
		RunE:  groupOnly,
	}
	c.AddCommand(p.doctorAWSCommand())
	return c
}

// doctorAWSCommand tries every operation once and says what is denied.
func (p *program) doctorAWSCommand() *cobra.Command {
	var live awsFlags
	var file string
	c := &cobra.Command{
		Use:   "aws",
		Short: "try every operation once in AWS and say which permissions are missing",
		Long: `Call every operation that scan aws uses once, in one region unless --region names more: one page of each list, one resource of each
sort. Say what was refused, and print the smallest policy that would allow it.

An operation about resources of which there are none is not tried. Exit codes: 0 nothing was refused, 1 something was.`,
		Example: "  tomscan doctor aws --profile audit",
		Args:    noArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			config, err := p.loadConfig(file)
			if err != nil {
				return err
			}
			options, err := live.options(p, config)
			if err != nil {
				return err
			}
			options.Sample = true
			snapshot, err := p.collectAWS(c.Context(), options)
			if err != nil {
				return err
			}
			if err := c.Context().Err(); err != nil {
				return err
			}
			return p.diagnosis(snapshot)
		},
	}
	configFlag(c, &file)
	live.register(c.Flags())
	return c
}

// diagnosis writes the refused calls and the accounts that could not be read, and the policy that would allow the calls.
func (p *program) diagnosis(s evidence.Snapshot) error {
	refused, unreached := refusedCalls(s.Calls), unreachedAccounts(s.Sweeps)
	calls := fmt.Sprintf("%d calls", len(s.Calls))
	if len(s.Calls) == 1 {
		calls = "1 call"
	}
	if len(refused) == 0 && len(unreached) == 0 {
		fmt.Fprintf(p.stdout, "%s, none refused\n", calls)
		return nil
	}
	var actions []string
	if len(refused) > 0 {
		w := tabwriter.NewWriter(p.stdout, 0, 0, 2, ' ', 0)
		fmt.Fprintln(w, "ACCOUNT\tREGION\tOPERATION\tOUTCOME\tPERMISSION")
		for _, c := range refused {
			fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\n", oneLine(c.Account), oneLine(c.Region), c.Operation, c.Outcome, oneLine(cmp.Or(c.Action, c.Error)))
			if c.Outcome == evidence.OutcomeDenied && c.Action != "" {
				actions = append(actions, c.Action)
			}
		}
		if err := w.Flush(); err != nil {
			return err
		}
		fmt.Fprintln(p.stdout)
	}
	fmt.Fprintf(p.stdout, "%s, %d refused\n", calls, len(refused))
	for _, why := range unreached {
		fmt.Fprintln(p.stdout, oneLine(why))
	}
	if len(actions) > 0 {
		fmt.Fprintf(p.stdout, "\nThis policy allows what is missing:\n\n%s\n", reports.PermissionPolicy(actions))
	}
	return ending(codeFails)
}

// unreachedAccounts says of each account of which nothing could be read why not.
func unreachedAccounts(sweeps []evidence.Sweep) []string {
	var all []string
	for _, s := range sweeps {
		for _, g := range s.Gaps {
			if g.Code == "account_not_reached" {
				all = append(all, "account "+g.Args["account"]+" was not reached: "+g.Args["error"]+"; may its role be assumed?")
			}
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// refusedCalls are the calls that had no answer, one of each operation, region and outcome, sorted.
func refusedCalls(calls []evidence.Call) []evidence.Call {
	var refused []evidence.Call
	for _, c := range calls {
		if c.Refused() {
			refused = append(refused, c)
		}
	}
	same := func(a, b evidence.Call) int {
		return cmp.Or(cmp.Compare(a.Account, b.Account), cmp.Compare(a.Operation, b.Operation), cmp.Compare(a.Region, b.Region), cmp.Compare(a.Outcome, b.Outcome))
	}
	slices.SortFunc(refused, same)
	return slices.CompactFunc(refused, func(a, b evidence.Call) bool { return same(a, b) == 0 })
}
