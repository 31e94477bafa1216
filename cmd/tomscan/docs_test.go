package main

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// TestEverythingIsDocumented holds docs/cli.md to every command and flag there is, and to none that there is not.
func TestEverythingIsDocumented(t *testing.T) {
	text, err := os.ReadFile("../../docs/cli.md")
	if err != nil {
		t.Fatal(err)
	}
	doc := string(text)
	root := (&program{}).command()
	root.InitDefaultHelpCmd()
	root.InitDefaultCompletionCmd()
	flags := map[string]bool{"--help": true, "--version": true}
	walk(root, func(c *cobra.Command) {
		if c.HasParent() && !c.Hidden && !strings.Contains(doc, c.CommandPath()) {
			t.Errorf("docs/cli.md does not know `%s`", c.CommandPath())
		}
		c.LocalFlags().VisitAll(func(f *pflag.Flag) {
			flags["--"+f.Name] = true
			if !strings.Contains(doc, "`--"+f.Name) && f.Name != "version" {
				t.Errorf("docs/cli.md does not know --%s of `%s`", f.Name, c.CommandPath())
			}
		})
	})
	for _, name := range regexp.MustCompile("--[a-z][a-z-]+").FindAllString(doc, -1) {
		if !flags[name] {
			t.Errorf("docs/cli.md knows %s, which there is not", name)
		}
	}
}

func walk(c *cobra.Command, visit func(*cobra.Command)) {
	visit(c)
	for _, sub := range c.Commands() {
		walk(sub, visit)
	}
}

// TestLinksOfTheDocumentsLead follows the relative links of all documents.
func TestLinksOfTheDocumentsLead(t *testing.T) {
	link := regexp.MustCompile(`\]\(([^)#:]+)(#[^)]*)?\)`)
	for _, dir := range []string{"../../", "../../docs/"} {
		entries, err := os.ReadDir(dir)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			if !strings.HasSuffix(e.Name(), ".md") {
				continue
			}
			text, err := os.ReadFile(dir + e.Name())
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range link.FindAllStringSubmatch(string(text), -1) {
				if _, err := os.Stat(dir + m[1]); err != nil {
					t.Errorf("%s: link to %s leads nowhere", e.Name(), m[1])
				}
			}
		}
	}
}

// TestReadmeShowsWhatIsPrinted holds the excerpt in README.md to what a scan of the bundled estate prints.
func TestReadmeShowsWhatIsPrinted(t *testing.T) {
	text, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir("../..")
	_, printed, _ := tomscan(t, nil, "scan", "testdata/estates/parasoll", "--config", "testdata/estates/parasoll/"+configName,
		"--at", "2026-11-21T12:00:00Z", "--language", "en", "-o", "table")
	lines := map[string]bool{}
	for line := range strings.Lines(printed) {
		lines[strings.TrimSpace(line)] = true
	}
	_, rest, _ := strings.Cut(string(text), "```\n")
	excerpt, _, _ := strings.Cut(rest, "```\n")
	for line := range strings.Lines(excerpt) {
		if line = strings.TrimSpace(line); line != "" && !lines[line] {
			t.Errorf("README.md shows %q, which is not printed", line)
		}
	}
}
