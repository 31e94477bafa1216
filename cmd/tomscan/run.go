package main

import (
	"context"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"
)

// program is one run of tomscan with all that it was given from outside: nothing else here reads the environment, the
// standard streams or the clock.
type program struct {
	stdin  io.Reader
	stdout io.Writer
	stderr io.Writer
	env    map[string]string
	now    func() time.Time

	quiet   bool // --quiet: errors only
	verbose bool // -v
	noColor bool // --no-color
}

// run runs the command line args and returns the exit code.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer, env []string, now func() time.Time) int {
	p := &program{stdin: stdin, stdout: stdout, stderr: stderr, env: environment(env), now: now}
	c := p.command()
	c.SetArgs(args)
	c.SetIn(stdin)
	c.SetOut(stdout)
	c.SetErr(stderr)
	return p.end(ctx, c.ExecuteContext(ctx))
}

// command returns the whole tree of commands.
func (p *program) command() *cobra.Command {
	c := &cobra.Command{
		Use:   "tomscan",
		Short: "check what is really there against what your data processing agreement promises",
		Long: `tomscan reads what is really there, checks it against the technical and organisational measures that the annex of a
data processing agreement promises, and reports each clause with its evidence.

  tomscan scan --annex annex.hcl infra/

Exit codes: 0 no clause fails, 1 a clause fails, 2 usage or annex error, 3 could not run, 4 not assessed under --strict.`,
		Version:                    versionText(),
		SuggestionsMinimumDistance: 2,
		SilenceErrors:              true,
		SilenceUsage:               true,
		Args:                       cobra.ArbitraryArgs,
		RunE:                       groupOnly,
	}
	c.SetVersionTemplate("{{.Version}}\n")
	c.SetFlagErrorFunc(func(c *cobra.Command, err error) error {
		return usageError(err.Error(), "run `%s --help`", c.CommandPath())
	})
	f := c.PersistentFlags()
	f.BoolVarP(&p.verbose, "verbose", "v", false, "say on standard error what is read and why")
	f.BoolVarP(&p.quiet, "quiet", "q", false, "say nothing on standard error but errors")
	f.BoolVar(&p.noColor, "no-color", false, "no colour, on a terminal either (also: NO_COLOR)")
	c.AddCommand(p.commands()...)
	return c
}

// commands lists the subcommands, sorted by name.
func (p *program) commands() []*cobra.Command {
	return []*cobra.Command{
		p.annexCommand(), p.captureScriptCommand(), p.checkCommand(), p.checksCommand(), p.collectCommand(), p.doctorCommand(), p.measuresCommand(),
		p.permissionsCommand(), p.renderCommand(), p.scanCommand(), p.schemaCommand(), p.testCommand(), p.versionCommand(),
	}
}

// groupOnly is the run of a command that only groups others: it shows the help, or names the command that was meant.
func groupOnly(c *cobra.Command, args []string) error {
	if len(args) == 0 {
		return c.Help()
	}
	hint := "run `" + c.CommandPath() + " --help` for the commands"
	if s := c.SuggestionsFor(args[0]); len(s) > 0 {
		hint = "did you mean `" + c.CommandPath() + " " + s[0] + "`?"
	}
	return usageError("unknown command "+quote(args[0])+" for "+quote(c.CommandPath()), "%s", hint)
}

// environment splits KEY=VALUE pairs.
func environment(pairs []string) map[string]string {
	env := make(map[string]string, len(pairs))
	for _, pair := range pairs {
		if key, value, ok := strings.Cut(pair, "="); ok {
			env[key] = value
		}
	}
	return env
}
