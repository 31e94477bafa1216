package main

import (
	"context"
	"io"

	"github.com/spf13/cobra"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/reports"
	"github.com/tomscan/tomscan/scanners/aws"
)

const awsLong = `
Which accounts: that of the credentials (profile, environment, as with the aws command); or those of --role-arn; or, with
--organization-role, all of the organisation. Nothing is changed and no data is read: ` + "`tomscan permissions`" + ` prints the
policy that is enough, ` + "`tomscan doctor aws`" + ` says what is missing. PATHs are Terraform code that is read as well, so that
what is declared and what is really there are compared.`

// scanAWSCommand reads live accounts, and code beside them, and judges both.
func (p *program) scanAWSCommand() *cobra.Command {
	var reading collectFlags
	var live awsFlags
	var judging judgeFlags
	var rendering outputFlags
	c := &cobra.Command{
		Use:   "aws [PATH...]",
		Short: "read live AWS accounts, check them and render, with the Terraform code at PATH where one is given",
		Long:  "Read what really runs in AWS, check it against the annex, and write the report.\n" + awsLong,
		Example: "  tomscan scan aws --annex annex.hcl\n" +
			"  tomscan scan aws --profile audit --annex annex.hcl infra/ --state infra/terraform.tfstate",
		RunE: func(c *cobra.Command, args []string) error {
			config, err := p.loadConfig(judging.config)
			if err != nil {
				return err
			}
			if err := judging.settle(p, config); err != nil {
				return err
			}
			if err := rendering.settle(config, "table"); err != nil {
				return err
			}
			options, err := live.options(p, config)
			if err != nil {
				return err
			}
			options.At = judging.options.At
			if options.Wanted, err = judging.wanted(c.Context()); err != nil {
				return err
			}
			code, err := p.codeBeside(c.Context(), args, reading, config)
			if err != nil {
				return err
			}
			return p.scanLive(c.Context(), options, code, config, judging, rendering)
		},
	}
	configFlag(c, &judging.config)
	live.register(c.Flags())
	reading.register(c)
	judging.register(c)
	rendering.register(c)
	return c
}

// codeBeside reads the code at the paths; without any there is none.
func (p *program) codeBeside(ctx context.Context, paths []string, r collectFlags, c config) (collection, error) {
	if len(paths) == 0 && len(r.states) > 0 {
		return collection{}, usageError("--state without code", "name the directory of the code that the state file belongs to")
	}
	if len(paths) == 0 {
		return collection{}, nil
	}
	return p.collect(ctx, paths, r, c)
}

// scanLive reads the accounts and judges them with the code beside them. An interrupt ends the reading alone: what was
// read until then is judged and reported.
func (p *program) scanLive(ctx context.Context, o aws.Options, code collection, c config, j judgeFlags, out outputFlags) error {
	snapshot, err := p.collectAWS(ctx, o)
	if err != nil {
		return err
	}
	snapshot.Merge(code.snapshot)
	j.options.Commit = code.commit
	if j.options.Environments, err = c.environments(code.boundary); err != nil {
		return err
	}
	err = p.judge(context.WithoutCancel(ctx), snapshot, j, out)
	if ctx.Err() != nil {
		return cannotRun(errInterrupted, "run it again for the rest")
	}
	return err
}

// wanted says which settings the promises ask for.
func (j *judgeFlags) wanted(ctx context.Context) (func(evidence.Kind, string) bool, error) {
	wanted, err := j.set.Wanted(ctx, j.promised)
	return wanted, judgeTrouble(err)
}

// collectAWSCommand writes a snapshot of live accounts.
func (p *program) collectAWSCommand() *cobra.Command {
	var reading collectFlags
	var live awsFlags
	var file, at string
	c := &cobra.Command{
		Use:     "aws [PATH...]",
		Short:   "write what really runs in AWS as a snapshot (JSON), with the Terraform code at PATH where one is given",
		Long:    "Read what really runs in AWS and write it as a snapshot.\n" + awsLong,
		Example: "  tomscan collect aws -o snapshot.json",
		RunE: func(c *cobra.Command, args []string) error {
			config, err := p.loadConfig(reading.config)
			if err != nil {
				return err
			}
			options, err := live.options(p, config)
			if err != nil {
				return err
			}
			if options.At, err = p.clock(at); err != nil {
				return err
			}
			code, err := p.codeBeside(c.Context(), args, reading, config)
			if err != nil {
				return err
			}
			snapshot, err := p.collectAWS(c.Context(), options)
			if err != nil {
				return err
			}
			snapshot.Merge(code.snapshot)
			snapshot.Sort()
			if err := p.writeSnapshot(file, snapshot); err != nil {
				return err
			}
			if c.Context().Err() != nil {
				return cannotRun(errInterrupted, "run it again for the rest")
			}
			return nil
		},
	}
	configFlag(c, &reading.config)
	live.register(c.Flags())
	reading.register(c)
	atFlag(c, &at)
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

// liveWithCode says whether a plain scan reads the accounts of the configuration too: only where the configuration was
// named. One that was found may come with code that nobody vouches for.
func (p *program) liveWithCode(c config, named string) bool {
	if c.AWS == nil {
		return false
	}
	if named == "" {
		p.warnLine("the aws block of " + configName + " is left out; `tomscan scan aws` reads it, or name the file with --config")
	}
	return named != ""
}
