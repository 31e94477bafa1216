package main

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/tomscan/tomscan/evidence"
)

// scanCommand collects, checks and renders in one.
func (p *program) scanCommand() *cobra.Command {
	c := p.scanning(codeSource, &cobra.Command{
		Use:   "scan [PATH...] [ssh://HOST...]",
		Short: "collect, check and render in one: is what you promise really there?",
		Long: `Read the Terraform code at PATH (default: the paths of the configuration, or the working directory) and the hosts that are named,
check them against the annex, and write the report. A directory named aws, server or probe is written ./aws.

Exit codes: 0 no clause fails, 1 a clause fails, 2 usage or annex error, 3 could not run, 4 not assessed under --strict.`,
		Example: "  tomscan scan --annex annex.hcl infra/\n  tomscan scan -o table -o html=report.html -o sarif=tomscan.sarif\n" +
			"  tomscan scan ssh://db1 --annex annex.hcl\n  tomscan scan aws --annex annex.hcl",
	})
	c.AddCommand(
		p.scanning(awsSource, &cobra.Command{
			Use:   "aws [PATH...]",
			Short: "read live AWS accounts, check them and render, with the Terraform code at PATH where one is given",
			Long:  "Read what really runs in AWS, check it against the annex, and write the report.\n" + awsLong,
			Example: "  tomscan scan aws --annex annex.hcl\n" +
				"  tomscan scan aws --profile audit --annex annex.hcl infra/ --state infra/terraform.tfstate",
		}),
		p.scanning(endpointSource, &cobra.Command{
			Use:     "probe [ENDPOINT...]",
			Short:   "call declared endpoints, check what they negotiate and render",
			Long:    "Call the endpoints that are named, and nothing else, check what they answer against the annex, and write the report.\n" + endpointLong,
			Example: "  tomscan scan probe https://www.example.com smtp://mail.example.com --annex annex.hcl",
		}),
		p.scanning(serverSource, &cobra.Command{
			Use:   "server [ssh://HOST...] [PATH...]",
			Short: "read servers, check them and render: this one, others through SSH, captured bundles",
			Long:  "Read what servers really do, check it against the annex, and write the report.\n" + serverLong,
			Example: "  tomscan scan server --annex annex.hcl\n  tomscan scan server ssh://app1 ssh://audit@db1:2222 --annex annex.hcl\n" +
				"  tomscan scan server --bundle captures/app1.tar --annex annex.hcl",
		}),
	)
	return c
}

// scanning makes a command that reads the code and a source, judges both and renders the report.
func (p *program) scanning(what source, c *cobra.Command) *cobra.Command {
	var reading readFlags
	var judging judgeFlags
	var rendering outputFlags
	c.Args = cobra.ArbitraryArgs
	c.RunE = func(c *cobra.Command, args []string) error {
		config, err := p.loadConfig(reading.config)
		if err != nil {
			return err
		}
		if err := judging.settle(p, config); err != nil {
			return err
		}
		if err := rendering.settle(config, "table"); err != nil {
			return err
		}
		found, err := p.gather(c.Context(), &reading, what, args, config, moment{judging.options.At, judging.wanted})
		if err != nil {
			return err
		}
		judging.options.Commit = found.commit
		if judging.options.Environments, err = config.environments(found.boundary); err != nil {
			return err
		}
		err = p.judge(context.WithoutCancel(c.Context()), found.snapshot, judging, rendering)
		return orInterrupted(c.Context(), err)
	}
	reading.register(c, what)
	judging.register(c)
	rendering.register(c)
	return c
}

// orInterrupted is err, or that the run was interrupted.
func orInterrupted(ctx context.Context, err error) error {
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
