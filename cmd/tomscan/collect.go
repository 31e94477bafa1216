package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/reports"
	"github.com/tomscan/tomscan/scanners/terraform"
)

// collectCommand writes the snapshot of what is really there.
func (p *program) collectCommand() *cobra.Command {
	c := p.collecting(codeSource, &cobra.Command{
		Use:     "collect [PATH...] [ssh://HOST...]",
		Short:   "write what is really there as a snapshot (JSON), judged by nobody",
		Example: "  tomscan collect infra/ -o snapshot.json\n  tomscan collect aws -o snapshot.json",
	})
	c.AddCommand(
		p.collecting(awsSource, &cobra.Command{
			Use:     "aws [PATH...]",
			Short:   "write what really runs in AWS as a snapshot (JSON), with the Terraform code at PATH where one is given",
			Long:    "Read what really runs in AWS and write it as a snapshot.\n" + awsLong,
			Example: "  tomscan collect aws -o snapshot.json",
		}),
		p.collecting(endpointSource, &cobra.Command{
			Use:     "probe [ENDPOINT...]",
			Short:   "write what declared endpoints negotiate as a snapshot (JSON)",
			Long:    "Call the endpoints that are named, and nothing else, and write what they answer as a snapshot.\n" + endpointLong,
			Example: "  tomscan collect probe https://www.example.com -o snapshot.json",
		}),
		p.collecting(serverSource, &cobra.Command{
			Use:     "server [ssh://HOST...] [PATH...]",
			Short:   "write what servers really do as a snapshot (JSON): this one, others through SSH, captured bundles",
			Long:    "Read what servers really do and write it as a snapshot.\n" + serverLong,
			Example: "  tomscan collect server ssh://app1 -o snapshot.json",
		}),
	)
	return c
}

// collecting makes a command that reads the code and a source, and writes a snapshot.
func (p *program) collecting(what source, c *cobra.Command) *cobra.Command {
	var reading readFlags
	var file, at string
	c.Args = cobra.ArbitraryArgs
	c.RunE = func(c *cobra.Command, args []string) error {
		config, err := p.loadConfig(reading.config)
		if err != nil {
			return err
		}
		now, err := p.clock(at)
		if err != nil {
			return err
		}
		found, err := p.gather(c.Context(), &reading, what, args, config, moment{at: now})
		if err != nil {
			return err
		}
		return orInterrupted(c.Context(), p.writeSnapshot(file, found.snapshot))
	}
	reading.register(c, what)
	if what != codeSource {
		atFlag(c, &at)
	}
	c.Flags().StringVarP(&file, "output", "o", "", "`FILE` to write (default: standard output)")
	return c
}

// writeSnapshot writes a snapshot to a file, whole or not at all, or to standard output.
func (p *program) writeSnapshot(file string, s evidence.Snapshot) error {
	if file == "" {
		return reports.WriteJSON(p.stdout, s)
	}
	return writeFile(file, func(w io.Writer) error { return reports.WriteJSON(w, s) })
}

// collectFlags say what code is read, and with which variables.
type collectFlags struct {
	boundary    string
	variables   []string
	varFiles    []string
	workspace   string
	environment string
	states      []string
}

func (r *collectFlags) register(c *cobra.Command) {
	f := c.Flags()
	f.StringVar(&r.boundary, "boundary", "", "read nothing outside `DIR` (default: the nearest directory above PATH with .git, else PATH)")
	f.StringArrayVar(&r.variables, "var", nil, "Terraform variable `NAME=VALUE`; repeatable")
	f.StringArrayVar(&r.varFiles, "var-file", nil, "Terraform variables `FILE` inside the boundary; repeatable")
	f.StringArrayVar(&r.states, "state", nil, "Terraform state `[ROOT=]FILE`: which resources are behind the code's addresses; repeatable")
	f.StringVar(&r.workspace, "workspace", "", "`NAME` of the Terraform workspace")
	f.StringVar(&r.environment, "environment", "", "`NAME` of the environment of the scanned roots, where the configuration names none")
}

// collection is what a run collected, and where.
type collection struct {
	snapshot evidence.Snapshot
	boundary boundary
	commit   string
}

// collect reads the code at the paths, or at those of the configuration, or in the working directory.
func (p *program) collect(ctx context.Context, paths []string, r collectFlags, c config) (collection, error) {
	if len(paths) == 0 {
		paths = c.all(c.Paths)
	}
	if len(paths) == 0 {
		paths = []string{"."}
	}
	if r.boundary == "" {
		r.boundary = c.path(c.Boundary)
	}
	b, err := findBoundary(paths, r.boundary)
	if err != nil {
		return collection{}, err
	}
	root, err := b.open()
	if err != nil {
		return collection{}, err
	}
	defer func() { _ = root.Close() }()
	commit := headCommit(b.dir)
	options, err := r.options(p, b, c)
	if err != nil {
		return collection{}, err
	}
	options.FS, options.Commit = root.FS(), commit
	p.progress("collecting")
	snapshot, err := terraform.New(options).Collect(ctx)
	p.progress("")
	if err != nil {
		return collection{}, collectTrouble(err)
	}
	p.listRoots(snapshot)
	p.hintModules(snapshot)
	return collection{snapshot, b, commit}, ctx.Err()
}

// collectTrouble makes a hint of what a collector's error says is to be done, after the semicolon.
func collectTrouble(err error) error {
	what, hint, _ := strings.Cut(err.Error(), "; ")
	return cannotRun(errors.New(what), "%s", hint)
}

// listRoots says under -v which root modules were looked at and why.
func (p *program) listRoots(s evidence.Snapshot) {
	if !p.verbose || p.quiet {
		return
	}
	var english reports.Words
	for _, sweep := range s.Sweeps {
		facts := 0
		for _, n := range sweep.Found {
			facts += n
		}
		fmt.Fprintf(p.stderr, "tomscan: root %s: %d facts, %d gaps\n", oneLine(sweep.Place.Root), facts, len(sweep.Gaps))
		for _, note := range sweep.Notes {
			fmt.Fprintf(p.stderr, "tomscan:   %s\n", oneLine(english.Reason(note.Reason)))
		}
		for _, gap := range sweep.Gaps {
			fmt.Fprintf(p.stderr, "tomscan:   gap: %s\n", oneLine(english.Reason(gap.Reason)))
		}
	}
}
