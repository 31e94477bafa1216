package main

import (
	"bytes"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/reports"
)

// renderCommand renders a report that was written before. It judges nothing: its exit code says whether it could render.
func (p *program) renderCommand() *cobra.Command {
	var o outputFlags
	c := &cobra.Command{
		Use:   "render REPORT",
		Short: "render a report (JSON) in other formats",
		Long: `Render a report that scan or check wrote as JSON, in any format and language. "-" reads standard input.

Its exit code says whether it could render, not what the report says.`,
		Example: "  tomscan render report.json -o table -o html=report.html --language sv",
		Args:    oneArg("report"),
		RunE: func(_ *cobra.Command, args []string) error {
			if err := o.settle(config{}, "table"); err != nil {
				return err
			}
			var r evidence.Report
			if err := p.document(args[0], "report", evidence.ReportVersion, &r); err != nil {
				return err
			}
			return p.write(r, o)
		},
	}
	o.register(c)
	return c
}

// outputFlags say how reports are rendered.
type outputFlags struct {
	formats  []string // as given with -o
	language string

	outputs []output
	words   reports.Words
}

func (o *outputFlags) register(c *cobra.Command) {
	f := c.Flags()
	f.StringArrayVarP(&o.formats, "output", "o", nil, "`FORMAT` to standard output or FORMAT=FILE; repeatable (formats: "+strings.Join(formatNames(), ", ")+")")
	f.StringVar(&o.language, "language", "", "`LANGUAGE` of the fixed phrases: da, de, en, no (nb, nn) or sv (default en)")
}

// settle works out the outputs and words from the flags, the configuration and the format that is the default.
func (o *outputFlags) settle(c config, format string) (err error) {
	o.outputs, err = parseOutputs(o.formats, formatNames())
	if err != nil {
		return err
	}
	if len(o.formats) == 0 {
		o.outputs = c.outputs()
	}
	if len(o.outputs) == 0 {
		o.outputs = []output{{format: format}}
	}
	language := o.language
	if language == "" {
		language = c.Language
	}
	if language == "" {
		return nil
	}
	if o.words, err = reports.WordsIn(language); err != nil {
		return usageError(err.Error(), "leave out --language for English")
	}
	return nil
}

// write renders a report to all outputs. Files appear together, whole, and after everything could be rendered.
func (p *program) write(r evidence.Report, o outputFlags) error {
	var pending files
	defer pending.discard()
	var stdout bytes.Buffer
	for _, out := range o.outputs {
		var err error
		if out.file == "" {
			err = p.render(&stdout, out, r, o.words)
		} else {
			err = pending.add(out.file, func(w io.Writer) error { return p.render(w, out, r, o.words) })
		}
		if err != nil {
			return err
		}
	}
	if err := pending.commit(); err != nil {
		return err
	}
	p.progress("")
	_, err := stdout.WriteTo(p.stdout)
	return err
}

// render renders a report in one format; only what goes to a terminal has its width and colour.
func (p *program) render(w io.Writer, out output, r evidence.Report, words reports.Words) error {
	options := reports.Options{Words: words}
	if out.file == "" {
		options.Width, options.Color = p.width(p.stdout), p.colour(p.stdout)
	}
	formats := reports.Formats()
	i := slices.IndexFunc(formats, func(f reports.Format) bool { return f.Name == out.format })
	return formats[i].Render(w, r, options)
}

// formatNames lists the names of all formats, sorted.
func formatNames() []string {
	var names []string
	for _, f := range reports.Formats() {
		names = append(names, f.Name)
	}
	return names
}
