package reports

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/tomscan/tomscan/evidence"
)

var (
	placeholder = regexp.MustCompile(`\{[a-z_]+\}`)
	// optional is a part of a phrase that is left out when an argument in it is missing.
	optional = regexp.MustCompile(`\[[^][]*\{[a-z_]+\}[^][]*\]`)
)

// Reason returns the sentence for a reason. A setting that the sentence does not speak of by itself comes first:
// "Encryption at rest: the variable key has no value".
func (w Words) Reason(r evidence.Reason) string {
	text, ok := w.lookup("reason." + r.Code)
	if !ok {
		text = w.unnamedReason(r)
	}
	sentence := w.fill(text, r.Args)
	if r.Args["setting"] != "" && !strings.Contains(text, "{setting}") {
		return w.Setting(r.Args["setting"]) + ": " + sentence
	}
	return upperFirst(sentence)
}

// upperFirst begins a sentence with a capital letter. One that begins with a name of the scanned code stays as it is.
func upperFirst(sentence string) string {
	first, rest, _ := strings.Cut(sentence, " ")
	if strings.ContainsAny(first, "._/:[") {
		return sentence
	}
	r, size := utf8.DecodeRuneInString(first)
	if rest == "" || r == utf8.RuneError {
		return sentence
	}
	return string(unicode.ToUpper(r)) + sentence[size:]
}

// Decide returns what would settle a reason for not assessing something, or nothing where that is not known.
func (w Words) Decide(r evidence.Reason) string {
	text, ok := w.lookup("decide." + r.Code)
	if !ok {
		return ""
	}
	return w.fill(text, r.Args)
}

// unnamedReason is the sentence of a code that has none, such as one of the user's own policies: the code's own words.
func (w Words) unnamedReason(r evidence.Reason) string {
	text := strings.ReplaceAll(r.Code, "_", " ")
	if r.Args["actual"] == "" {
		return text
	}
	return text + " (" + w.Text("reason.differs_from_promise") + ")"
}

// fill replaces the placeholders of text by the arguments, said in the reader's language. [Brackets] go, and with them
// what stands in them if an argument is missing.
func (w Words) fill(text string, args map[string]string) string {
	text = optional.ReplaceAllStringFunc(text, func(part string) string {
		for _, hole := range placeholder.FindAllString(part, -1) {
			if args[hole[1:len(hole)-1]] == "" {
				return ""
			}
		}
		return part[1 : len(part)-1]
	})
	return placeholder.ReplaceAllStringFunc(text, func(hole string) string {
		name := hole[1 : len(hole)-1]
		value, ok := args[name]
		if !ok {
			return "–"
		}
		return w.argument(name, value, args["setting"])
	})
}

// argument says one argument of a reason: what names something of the program is translated, the rest is shown as it is.
func (w Words) argument(name, value, setting string) string {
	switch name {
	case "setting":
		return w.Setting(value)
	case "kind":
		return w.Kind(evidence.Kind(value))
	case "measure":
		return w.Measure(value)
	case "scope": // one or several
		var names []string
		for word := range strings.SplitSeq(value, ",") {
			names = append(names, w.Scope(word))
		}
		return strings.Join(names, ", ")
	case "actual", "want":
		return w.Value(setting, value)
	case "cause":
		return w.named("cause.", value)
	case "verdict":
		return w.Verdict(evidence.Verdict(value))
	}
	return visible(value)
}

// Setting returns the name of a setting.
func (w Words) Setting(name string) string { return w.named("setting.", name) }

// Kind returns the name of a kind.
func (w Words) Kind(k evidence.Kind) string { return w.named("kind.", string(k)) }

// Measure returns the name of a measure.
func (w Words) Measure(id string) string { return w.named("measure.", id) }

// Scope returns the name of a scope value of a promise.
func (w Words) Scope(word string) string { return w.named("scope.", word) }

// Verdict returns the verdict as readers see it; the zero Verdict is not assessed.
func (w Words) Verdict(v evidence.Verdict) string {
	if v == "" {
		v = evidence.Unknown
	}
	return w.named("verdict.", string(v))
}

// Severity returns the name of a severity.
func (w Words) Severity(s evidence.Severity) string { return w.named("severity.", string(s)) }

// Level returns the name of a level, nothing for none.
func (w Words) Level(l evidence.Level) string {
	if l == "" {
		return ""
	}
	return w.named("level.", string(l))
}

// named returns the phrase of prefix+name, or the name itself made readable.
func (w Words) named(prefix, name string) string {
	if text, ok := w.lookup(prefix + name); ok {
		return text
	}
	return visible(strings.ReplaceAll(name, "_", " "))
}

// CheckTitle returns what a check demands, in the reader's language where there is a translation.
func (w Words) CheckTitle(c evidence.Check) string { return w.checkText(c, "title", c.Title) }

// CheckRemedy returns what to do where the check fails.
func (w Words) CheckRemedy(c evidence.Check) string { return w.checkText(c, "remedy", c.Remedy) }

func (w Words) checkText(c evidence.Check, part, own string) string {
	if text, ok := w.lookup("check." + c.ID + "." + part); ok && !c.Custom {
		return text
	}
	return visible(own)
}
