package main

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/tomscan/tomscan/policies"
)

// measuresCommand lists the measures that an annex can promise, or explains one.
func (p *program) measuresCommand() *cobra.Command {
	var language string
	c := &cobra.Command{
		Use:     "measures [ID]",
		Short:   "list the measures that an annex can promise, or explain one",
		Example: "  tomscan measures\n  tomscan measures encryption-at-rest --language sv",
		Args:    maybeOneArg,
		RunE: func(_ *cobra.Command, args []string) error {
			code, ok := policies.Language(language)
			if !ok {
				return usageError("unknown language "+quote(language), "known are %s", strings.Join(policies.Languages(), ", "))
			}
			catalogue := policies.LoadCatalogue()
			if len(args) == 0 {
				return listMeasures(p.stdout, catalogue, code)
			}
			m, ok := catalogue.Resolve(args[0])
			if !ok {
				return usageError("unknown measure "+quote(args[0]), "%s", suggestOr(args[0], catalogue.IDs(), "`tomscan measures` lists them"))
			}
			return p.explainMeasure(m, code)
		},
	}
	c.Flags().StringVar(&language, "language", "en", "`LANGUAGE` of the names: da, de, en, no (nb, nn) or sv")
	return c
}

// listMeasures writes a line for each measure, under the headings of the catalogue.
func listMeasures(out io.Writer, c policies.Catalogue, language string) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	for i, g := range c.Groups {
		if i > 0 {
			fmt.Fprintln(w)
		}
		fmt.Fprintln(w, g.Name[language])
		for _, m := range c.Measures {
			if m.Group == g.ID {
				fmt.Fprintf(w, "  %s\t%s\t%s\n", m.ID, m.Name[language], strings.Join(m.Collectors, ", "))
			}
		}
	}
	return w.Flush()
}

// explainMeasure writes what a measure is, with what it can be promised, and which checks speak of it.
func (p *program) explainMeasure(m policies.Measure, language string) error {
	w := tabwriter.NewWriter(p.stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintf(w, "%s: %s (%s)\n\n%s\n\n", m.ID, m.Name[language], m.Nature, strings.TrimSpace(m.Explanation))
	about(w, "also called", m.Aliases)
	about(w, "GDPR Art. 32(1)", m.GDPR32)
	about(w, "GDPR", m.GDPRAlso)
	about(w, "SCC Annex II, items", numbers(m.SCC))
	about(w, "ISO/IEC 27001:2022 Annex A", m.ISO27001)
	about(w, "evidence from", m.Collectors)
	if len(m.Parameters) > 0 {
		fmt.Fprintln(w, "\nparameter\ttype\tdefault\tnotes")
	}
	for _, s := range m.Parameters {
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", s.Name, typeOf(s), defaultOf(s), s.Note)
	}
	if err := w.Flush(); err != nil {
		return err
	}
	return p.checksOf(m)
}

func about(w io.Writer, what string, values []string) {
	if len(values) > 0 {
		fmt.Fprintf(w, "%s:\t%s\n", what, strings.Join(values, ", "))
	}
}

func numbers(values []int) []string {
	var texts []string
	for _, v := range values {
		texts = append(texts, strconv.Itoa(v))
	}
	return texts
}

// typeOf is the type of a parameter with what it can be.
func typeOf(s policies.ParameterSpec) string {
	text := string(s.Type)
	if s.Bound != "" {
		text += " (" + map[policies.Bound]string{policies.AtLeast: "at least", policies.AtMost: "at most"}[s.Bound] + ")"
	}
	if len(s.Values) > 0 {
		text += ": " + strings.Join(s.Values, " | ")
	}
	return text
}

// defaultOf is the default of a parameter as an annex would write it.
func defaultOf(s policies.ParameterSpec) string {
	if s.Default == nil {
		return "none"
	}
	return literal(s.Default)
}

// literal writes a value of the catalogue as an annex would.
func literal(v any) string {
	switch v := v.(type) {
	case string:
		return quote(v)
	case []any:
		var texts []string
		for _, e := range v {
			texts = append(texts, literal(e))
		}
		return "[" + strings.Join(texts, ", ") + "]"
	}
	return fmt.Sprint(v)
}

// suggestOr suggests the nearest word, or says otherwise.
func suggestOr(word string, known []string, otherwise string) string {
	if best := policies.DidYouMean(word, known); best != "" {
		return "did you mean " + quote(best) + "?"
	}
	return otherwise
}
