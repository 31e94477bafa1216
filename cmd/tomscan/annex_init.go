package main

import (
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/tomscan/tomscan/policies"
)

func (p *program) annexInitCommand() *cobra.Command {
	var language, file string
	c := &cobra.Command{
		Use:     "init",
		Short:   "write a commented starting file for an annex",
		Example: "  tomscan annex init --language sv -o annex.hcl",
		Args:    noArgs,
		RunE: func(*cobra.Command, []string) error {
			text, err := policies.StartingAnnex(language)
			if err != nil {
				return usageError(err.Error(), "known are %s", strings.Join(policies.Languages(), ", "))
			}
			if file == "" {
				_, err = p.stdout.Write(text)
				return err
			}
			return writeNew(file, text)
		},
	}
	c.Flags().StringVar(&language, "language", "en", "`LANGUAGE` of titles and comments: da, de, en, no (nb, nn) or sv")
	c.Flags().StringVarP(&file, "output", "o", "", "`FILE` to write; it must not exist yet")
	return c
}

// writeNew writes a file that must not exist yet.
func writeNew(file string, text []byte) error {
	if _, err := os.Lstat(file); err == nil {
		return usageError(file+": exists already", "name another file; tomscan does not write over an annex")
	}
	return writeFile(file, func(w io.Writer) error {
		_, err := w.Write(text)
		return err
	})
}
