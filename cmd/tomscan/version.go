package main

import (
	"fmt"
	"runtime/debug"

	"github.com/spf13/cobra"

	"github.com/tomscan/tomscan/evidence"
)

// version is the version of the program; CHANGELOG.md says what is in it.
const version = "0.1.0"

// tool is the program as reports name it. The commit is known when it was built from a checkout with version control.
func tool() evidence.Tool {
	t := evidence.Tool{Name: "tomscan", Version: version}
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" {
				t.Commit = s.Value
			}
		}
	}
	return t
}

// versionText is the line that `tomscan version` prints.
func versionText() string {
	t := tool()
	if t.Commit == "" {
		return t.Name + " " + t.Version
	}
	return t.Name + " " + t.Version + " (" + t.Commit + ")"
}

func (p *program) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "print the version",
		Args:  noArgs,
		RunE: func(*cobra.Command, []string) error {
			_, err := fmt.Fprintln(p.stdout, versionText())
			return err
		},
	}
}
