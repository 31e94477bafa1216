package main

import (
	"io"

	"github.com/spf13/cobra"

	"github.com/tomscan/tomscan/scanners/server/capture"
)

// captureScriptCommand prints the script that captures a server.
func (p *program) captureScriptCommand() *cobra.Command {
	var file string
	c := &cobra.Command{
		Use:   "capture-script",
		Short: "print the script that captures a server into a bundle, to be read before it is run",
		Long: `Print the POSIX shell script that captures a server: the same that scan server runs, here and through SSH. Run as root it writes a bundle
to its standard output, which scan server --bundle reads. It changes nothing, and leaves secrets out.`,
		Example: "  tomscan capture-script > capture.sh\n  sudo sh capture.sh > db1.tar\n  tomscan scan server --bundle db1.tar",
		Args:    noArgs,
		RunE: func(*cobra.Command, []string) error {
			write := func(w io.Writer) error {
				_, err := w.Write(capture.Script())
				return err
			}
			if file == "" {
				return write(p.stdout)
			}
			return writeFile(file, write)
		},
	}
	c.Flags().StringVarP(&file, "output", "o", "", "`FILE` to write (default: standard output)")
	return c
}
