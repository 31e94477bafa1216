package policies

import (
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/tomscan/tomscan/evidence"
)

// vagueWords are beginnings of words that promise something without saying how much, in the languages of the catalogue.
func vagueWords() []string {
	return []string{
		"adequate", "angemessen", "appropriate", "as long as necessary", "as soon as possible", "branschstandard", "continuous", "där så är möjligt", "egnede",
		"fortlaufend", "geeignet", "hurtigst muligt", "hvor det er mulig", "industry standard", "jevnlig", "jævnlig", "kontinuerlig", "lämplig", "löpande", "løbende",
		"løpende", "passende", "periodic", "promptly", "regelbund", "regelmessig", "regelmäßig", "regelmæssig", "regular", "snarast", "snarest",
		"soweit möglich", "stand der technik", "state of the art", "så länge som det är nödvändigt", "utan onödigt dröjsmål", "uden unødig forsinkelse",
		"unverzüglich", "uten ugrunnet opphold", "where possible", "without undue delay", "zeitnah", "återkommande",
	}
}

// plannedWords are beginnings of words that say that something is not there yet.
func plannedWords() []string {
	return []string{
		"being introduced", "being worked on", "geplant", "in arbeit", "kommer att införas", "planeras", "planerad", "planlagt", "planlægges", "planned",
		"under arbeid", "under indførelse", "under införande", "under innføring", "under utarbetande",
	}
}

// allWords claim that there is no exception.
func allWords() []string {
	return []string{"all", "alla", "alle", "every", "hver", "jede", "jeder", "jedes", "samtlige", "samtliga", "sämtliche", "varje", "enhver", "ethvert"}
}

// noFigure finds promises in vague words that give no figure: the catalogue's default is then applied as advice.
func (l *annexLinter) noFigure() {
	for _, p := range l.of() {
		word := beginning(p.clause.Text, vagueWords())
		if word == "" && !p.Vague {
			continue
		}
		defaults, promises := l.figures(p)
		if len(defaults) == 0 || promises {
			continue
		}
		said := "Clause %q is declared vague"
		if word != "" {
			said = "Clause %q says \"" + word + "\""
		}
		l.warn(p.At, "R3", "No figure", said+" and gives no figure for %s. The catalogue's default is applied as advice: %s.", p.clause.ID, p.Measure, strings.Join(defaults, ", "))
	}
}

// figures lists the defaults of p's figures, and says whether p promises any of them.
func (l *annexLinter) figures(p promised) (defaults []string, promises bool) {
	m, _ := l.catalogue.Measure(p.Measure)
	for _, spec := range m.Parameters {
		if spec.Bound == "" {
			continue
		}
		if _, _, ok := p.figure(spec.Name); ok {
			return nil, true
		}
		if _, text, err := spec.want(spec.Default); err == nil && text != "" {
			defaults = append(defaults, spec.Name+" = "+text)
		}
	}
	return defaults, false
}

// planned finds clauses whose text speaks of the future though none of their promises does.
func (l *annexLinter) planned() {
	for _, c := range l.annex.Clauses {
		word := beginning(c.Text, plannedWords())
		qualified := slices.ContainsFunc(c.Promises, func(p evidence.Promise) bool { return p.Declared != "" })
		if word != "" && !qualified && len(c.Promises) > 0 {
			l.warn(c.At, "R7", "Planned, not promised", "Clause %q says %q. What is not in place yet is promised with declared = \"planned\".", c.ID, word)
		}
	}
}

// weakWords finds obsolete mechanisms in the text.
func (l *annexLinter) weakWords() {
	weak := [][2]string{
		{"3DES", "a cipher that is no longer safe"}, {"FTP", "a protocol in clear text"}, {"MD5", "a broken hash, and no encryption"},
		{"RC4", "a broken cipher (RFC 7465)"}, {"SHA-1", "a broken hash"}, {"SHA1", "a broken hash"},
		{"SSL", "prohibited in both versions (RFC 6176, RFC 7568): name the lowest TLS version"}, {"Telnet", "a protocol in clear text"},
	}
	for _, c := range l.annex.Clauses {
		for _, w := range weak {
			if word(c.Text, w[0]) {
				l.warn(c.At, "R8", "Weak mechanism", "Clause %q names %s, %s.", c.ID, w[0], w[1])
			}
		}
	}
}

var reference = regexp.MustCompile(`(?i)\b(clause|section|punkt|avsnitt|pkt\.|afsnit|klausul|ziffer|abschnitt) ([0-9]+(?:\.[0-9]+)*)`)

// references finds references to clauses that the annex does not have.
func (l *annexLinter) references() {
	for _, c := range l.annex.Clauses {
		for _, m := range reference.FindAllStringSubmatchIndex(c.Text, -1) {
			target, before := c.Text[m[4]:m[5]], strings.ToLower(c.Text[max(0, m[0]-24):m[0]])
			if !strings.Contains(before, "art") && !l.hasClause(target) {
				l.warn(c.At, "R9", "Reference to nothing", "Clause %q refers to %q, which this annex does not have.", c.ID, c.Text[m[0]:m[1]])
			}
		}
		for _, p := range c.Promises {
			if p.Declared == "in-other-document" && p.Document == "" {
				l.warn(p.At, "R9", "Reference to nothing", "%s is promised in another document: name it with source_document.", p.Measure)
			}
		}
	}
}

func (l *annexLinter) hasClause(id string) bool {
	return slices.ContainsFunc(l.annex.Clauses, func(c evidence.Clause) bool { return c.ID == id || strings.HasPrefix(c.ID, id+".") })
}

// act is a law or decision that no longer applies.
type act struct {
	cited []string // as texts name it
	ended string
	by    string
}

// repealedActs lists acts that agreements still cite.
func repealedActs() []act {
	return []act{
		{[]string{"95/46"}, "2018-05-25", "the GDPR (Art. 94)"},
		{[]string{"1998:204", "personuppgiftslagen"}, "2018-05-25", "the Swedish act 2018:218"},
		{[]string{"14. april 2000"}, "2018-07-20", "the Norwegian act of 15 June 2018"},
		{[]string{"persondataloven", "lov nr. 429 af 31"}, "2018-05-25", "the Danish act 502 of 23 May 2018"},
		{[]string{"§ 9 BDSG", "§ 11 BDSG", "§9 BDSG", "§11 BDSG"}, "2018-05-25", "the German act of 30 June 2017 and the GDPR"},
		{[]string{"2010/87"}, "2021-09-27", "the Implementing Decision (EU) 2021/914 (Art. 4)"},
		{[]string{"Privacy Shield", "2016/1250"}, "2020-07-16", "the Court's judgment C-311/18"},
		{[]string{"Safe Harbor", "Safe Harbour", "2000/520"}, "2015-10-06", "the Court's judgment C-362/14"},
	}
}

// repealed finds acts that were no longer in force on the annex' date.
func (l *annexLinter) repealed() {
	date := l.annex.Date
	if date == "" {
		date = l.at.UTC().Format(time.DateOnly)
	}
	for _, c := range l.annex.Clauses {
		for _, a := range repealedActs() {
			i := slices.IndexFunc(a.cited, func(name string) bool { return strings.Contains(strings.ToLower(c.Text), strings.ToLower(name)) })
			if i >= 0 && date >= a.ended {
				l.warn(c.At, "R10", "Repealed act", "Clause %q cites %q, which ended on %s by %s.", c.ID, a.cited[i], a.ended, a.by)
			}
		}
	}
}

// beginning returns the one of the words that is the first to begin a word of the text.
func beginning(text string, words []string) string {
	text = strings.ToLower(text)
	first, found := len(text), ""
	for _, w := range words {
		if i := startOf(text, w, 0); i >= 0 && i < first {
			first, found = i, w
		}
	}
	return found
}

// word says whether w is a whole word of the text, in this case.
func word(text, w string) bool {
	for i := startOf(text, w, 0); i >= 0; i = startOf(text, w, i+len(w)) {
		if after, _ := utf8.DecodeRuneInString(text[i+len(w):]); !inWord(after) {
			return true
		}
	}
	return false
}

// startOf is where, not before from, w begins a word of the text; -1 when it begins none.
func startOf(text, w string, from int) int {
	for from <= len(text) {
		i := strings.Index(text[from:], w)
		if i < 0 {
			return -1
		}
		if before, _ := utf8.DecodeLastRuneInString(text[:from+i]); !inWord(before) {
			return from + i
		}
		from += i + len(w)
	}
	return -1
}

// inWord says whether c is part of a word; the error rune of an empty text is not.
func inWord(c rune) bool { return unicode.IsLetter(c) || unicode.IsDigit(c) }
