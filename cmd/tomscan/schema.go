package main

import (
	"strings"

	"github.com/spf13/cobra"

	"github.com/tomscan/tomscan/reports"
)

func (p *program) schemaCommand() *cobra.Command {
	return &cobra.Command{
		Use:       "schema report|snapshot",
		Short:     "print the JSON Schema of a report or a snapshot",
		Args:      oneArg("document: report or snapshot"),
		ValidArgs: reports.Schemas(),
		RunE: func(_ *cobra.Command, args []string) error {
			text, err := reports.Schema(args[0])
			if err != nil {
				return usageError("no schema "+quote(args[0]), "there are %s", strings.Join(reports.Schemas(), " and "))
			}
			_, err = p.stdout.Write(text)
			return err
		},
	}
}
