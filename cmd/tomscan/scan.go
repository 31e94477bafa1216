package main

import "github.com/spf13/cobra"

// scanCommand collects, checks and renders in one.
func (p *program) scanCommand() *cobra.Command {
	var reading collectFlags
	var judging judgeFlags
	var rendering outputFlags
	var file string
	c := &cobra.Command{
		Use:   "scan [PATH...]",
		Short: "collect, check and render in one: is what you promise really there?",
		Long: `Read the Terraform code at PATH (default: the paths of the configuration, or the working directory), check it against
the annex, and write the report. A directory named aws is written ./aws.

Exit codes: 0 no clause fails, 1 a clause fails, 2 usage or annex error, 3 could not run, 4 not assessed under --strict.`,
		Example: "  tomscan scan --annex annex.hcl infra/\n  tomscan scan -o table -o html=report.html -o sarif=tomscan.sarif\n  tomscan scan aws --annex annex.hcl",
		Args:    cobra.ArbitraryArgs,
		RunE: func(c *cobra.Command, args []string) error {
			config, err := p.loadConfig(file)
			if err != nil {
				return err
			}
			if err := judging.settle(p, config); err != nil {
				return err
			}
			if err := rendering.settle(config, "table"); err != nil {
				return err
			}
			found, err := p.collect(c.Context(), args, reading, config)
			if err != nil {
				return err
			}
			judging.options.Commit = found.commit
			if judging.options.Environments, err = config.environments(found.boundary); err != nil {
				return err
			}
			if !p.liveWithCode(config, file) {
				return p.judge(c.Context(), found.snapshot, judging, rendering)
			}
			var live awsFlags
			options, err := live.options(p, config)
			if err != nil {
				return err
			}
			options.At = judging.options.At
			if options.Wanted, err = judging.wanted(c.Context()); err != nil {
				return err
			}
			return p.scanLive(c.Context(), options, found, config, judging, rendering)
		},
	}
	configFlag(c, &file)
	reading.register(c)
	judging.register(c)
	rendering.register(c)
	c.AddCommand(p.scanAWSCommand())
	return c
}
