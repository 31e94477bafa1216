package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/reports"
	"github.com/tomscan/tomscan/scanners/terraform"
)

// collectCommand writes the snapshot of what is really there.
func (p *program) collectCommand() *cobra.Command {
	var reading collectFlags
	var file string
	c := &cobra.Command{
		Use:     "collect [PATH...]",
		Short:   "write what is really there as a snapshot (JSON), judged by nobody",
		Example: "  tomscan collect infra/ -o snapshot.json\n  tomscan collect aws -o snapshot.json",
		Args:    cobra.ArbitraryArgs,
		RunE: func(c *cobra.Command, args []string) error {
			config, err := p.loadConfig(reading.config)
			if err != nil {
				return err
			}
			found, err := p.collect(c.Context(), args, reading, config)
			if err != nil {
				return err
			}
			return p.writeSnapshot(file, found.snapshot)
		},
	}
	configFlag(c, &reading.config)
	reading.register(c)
	c.Flags().StringVarP(&file, "output", "o", "", "`FILE` to write (default: standard output)")
	c.AddCommand(p.collectAWSCommand())
	return c
}

// collectFlags say what is read, and with which variables.
type collectFlags struct {
	config      string
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
