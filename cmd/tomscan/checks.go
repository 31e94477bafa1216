package main

import (
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/policies"
)

// checksCommand lists the checks, or explains one.
func (p *program) checksCommand() *cobra.Command {
	var dirs []string
	c := &cobra.Command{
		Use:     "checks [ID]",
		Short:   "list the checks, or explain one: what it reads, passes and fails",
		Example: "  tomscan checks\n  tomscan checks TOM-ENC-001",
		Args:    maybeOneArg,
		RunE: func(_ *cobra.Command, args []string) error {
			set, err := loadPolicies(dirs)
			if err != nil {
				return err
			}
			checks := set.Checks()
			if len(args) == 0 {
				return listChecks(p.stdout, checks)
			}
			id := strings.ToUpper(args[0])
			i := slices.IndexFunc(checks, func(c evidence.Check) bool { return c.ID == id })
			if i < 0 {
				return usageError("unknown check "+quote(args[0]), "%s", suggestOr(id, checkIDs(checks), "`tomscan checks` lists them"))
			}
			text, _ := set.Source(id)
			return explainCheck(p.stdout, checks[i], text)
		},
	}
	policiesFlag(c, &dirs)
	return c
}

func policiesFlag(c *cobra.Command, dirs *[]string) {
	c.Flags().StringArrayVar(dirs, "policies", nil, "`DIR` with policies of your own, beside the built-in ones; repeatable")
}

// loadPolicies loads the built-in policies and those in dirs.
func loadPolicies(dirs []string) (*policies.Set, error) {
	own, err := policyDirs(dirs)
	if err != nil {
		return nil, err
	}
	set, err := policies.Load(true, own...)
	if err != nil {
		return nil, policyTrouble(err)
	}
	return set, nil
}

// policyDirs opens the folders of the user's own policies.
func policyDirs(dirs []string) ([]policies.Dir, error) {
	var opened []policies.Dir
	for _, dir := range dirs {
		if info, err := os.Stat(dir); err != nil || !info.IsDir() {
			return nil, usageError(dir+": no such directory", "--policies names a directory with a folder for each measure")
		}
		opened = append(opened, policies.Dir{Name: dir, FS: os.DirFS(dir)})
	}
	return opened, nil
}

// policyTrouble shows the problems of policies, the first as the error and the others on lines of their own.
func policyTrouble(err error) error {
	lines := strings.Split(err.Error(), "\n")
	hint := "docs/policies.md says what a policy must have"
	if len(lines) > 1 {
		hint = fmt.Sprintf("%d more problems: %s", len(lines)-1, strings.Join(lines[1:], "; "))
	}
	return usageError(lines[0], "%s", hint)
}

func listChecks(out io.Writer, checks []evidence.Check) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	for _, c := range checks {
		fmt.Fprintf(w, "%s\t%s\t%s\t%s%s\n", c.ID, c.Severity, c.Measure, c.Title, liveNote(c))
	}
	return w.Flush()
}

// liveNote marks a check that only a running system can answer.
func liveNote(c evidence.Check) string {
	if c.Live {
		return " (live)"
	}
	return ""
}

func checkIDs(checks []evidence.Check) []string {
	var ids []string
	for _, c := range checks {
		ids = append(ids, c.ID)
	}
	return ids
}

// explainCheck writes what a check reads, when it passes and fails, when it is not assessed, and what to do.
func explainCheck(out io.Writer, c evidence.Check, rego string) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintf(w, "%s: %s\n\n", c.ID, c.Title)
	about(w, "measure", []string{c.Measure})
	about(w, "severity", []string{string(c.Severity)})
	about(w, "looks at", kindsText(c))
	about(w, "scope", c.Scope)
	about(w, "compares with", c.Wants)
	if c.Live {
		about(w, "needs", []string{"a running system: it is not run on code alone"})
	}
	fmt.Fprintln(w, "\nreads:")
	for _, setting := range c.Reads {
		fmt.Fprintf(w, "  %s\t%s\n", setting, settingText(c.Kinds, setting))
	}
	if err := w.Flush(); err != nil {
		return err
	}
	fmt.Fprintf(out, "\npasses and fails:\n%s", rules(rego))
	fmt.Fprintf(out, "\nnot assessed: when what it reads is not known and what is known does not decide, with the reason\n\nwhat to do: %s\n", c.Remedy)
	if c.Source != "" {
		fmt.Fprintf(out, "see: %s\n", c.Source)
	}
	return nil
}

// kindsText says what a check judges.
func kindsText(c evidence.Check) []string {
	var texts []string
	for _, k := range c.Kinds {
		text := string(k)
		if c.Over == "population" {
			text = "all " + text + " together"
		}
		texts = append(texts, text)
	}
	return texts
}

// settingText says what a setting can be, from the first kind that has it.
func settingText(kinds []evidence.Kind, name string) string {
	for _, k := range kinds {
		for _, f := range evidence.Fields(k) {
			switch {
			case f.Name != name:
			case len(f.Values) > 0:
				return strings.Join(f.Values, " | ")
			default:
				return strings.TrimSpace(f.Type.String() + " " + f.Unit)
			}
		}
	}
	return ""
}

// rules returns the rules of a policy, indented: what follows its package and imports.
func rules(rego string) string {
	var b strings.Builder
	started := false
	for line := range strings.Lines(rego) {
		head, _, _ := strings.Cut(strings.TrimSpace(line), " ")
		started = started || !slices.Contains([]string{"", "#", "package", "import"}, head)
		if started {
			b.WriteString("  " + line)
		}
	}
	return b.String()
}

// checksOf writes which built-in checks assess a measure.
func (p *program) checksOf(m policies.Measure) error {
	set, err := loadPolicies(nil)
	if err != nil {
		return err
	}
	var own []evidence.Check
	for _, c := range set.Checks() {
		if c.Measure == m.ID {
			own = append(own, c)
		}
	}
	if len(own) == 0 {
		_, err = fmt.Fprintln(p.stdout, "\nno check assesses it yet: it is reported as not assessed, or attested")
		return err
	}
	fmt.Fprintln(p.stdout, "\nchecks:")
	return listChecks(p.stdout, own)
}
