package policies

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/tomscan/tomscan/evidence"
)

// The sorts of subjects that a policy judges.
const (
	overFact       = "fact"
	overPopulation = "population"
)

// reservedPrefix begins the ids of the program's own policies, reservedPackage their packages.
const (
	reservedPrefix  = "TOM-"
	reservedPackage = "tom"
)

var idForm = regexp.MustCompile(`^[A-Z][A-Z0-9]*-[A-Z0-9]+-[0-9]{3,}$`)

// customKeys lists what may stand under custom in the metadata, sorted.
func customKeys() []string {
	return []string{"beside", "elsewhere", "id", "kind", "kinds", "live", "measure", "over", "partial", "remedy", "scope", "severity", "source", "when_none"}
}

// metadata reads the METADATA comment of one policy and collects what is wrong with it.
type metadata struct {
	src      *source
	note     *ast.Annotations
	measure  Measure
	problems []*Problem
}

// readMetadata returns the policy that src describes, as far as its metadata says.
func readMetadata(src *source, c Catalogue) (*policy, []*Problem) {
	m := &metadata{src: src}
	for _, note := range src.notes {
		if note.Scope == "package" {
			m.note = note
		}
	}
	if m.note == nil {
		m.fail("no METADATA comment above the package: title and custom with id, measure, kind, severity and remedy")
		return &policy{from: src}, m.problems
	}
	m.keys()
	check := evidence.Check{
		ID: m.id(), Title: strings.TrimSpace(m.note.Title), Measure: m.measureID(c), Kinds: m.kinds(), Over: m.over(),
		Scope: m.scope(), Severity: m.severity(), Remedy: m.text("remedy", true), Source: m.link(),
		SHA256: src.sha256, Custom: src.custom,
	}
	if check.Title == "" {
		m.fail("METADATA: title is missing: say what holds when the check passes")
	}
	live := m.live(check.Kinds)
	check.Live = len(live) > 0 && len(live) == len(check.Kinds)
	p := &policy{check: check, from: src, existence: m.existence(check.Over), live: live, partial: m.partial()}
	p.beside, p.elsewhere = m.beside(p.existence), m.elsewhere(p.existence)
	return p, m.problems
}

// fail adds a problem at the metadata, or at the package where there is none.
func (m *metadata) fail(format string, args ...any) {
	line := m.src.module.Package.Location.Row
	if m.note != nil && m.note.Location != nil {
		line = m.note.Location.Row
	}
	m.problems = append(m.problems, &Problem{File: m.src.file, Line: line, Text: fmt.Sprintf(format, args...)})
}

func (m *metadata) keys() {
	for key := range m.note.Custom {
		if !slices.Contains(customKeys(), key) {
			m.fail("METADATA: unknown key %q under custom: %s", key, oneOf(key, customKeys()))
		}
	}
}

// text is the text under key; a missing one is a problem where it is required.
func (m *metadata) text(key string, required bool) string {
	v, ok := m.note.Custom[key]
	s, isText := v.(string)
	switch {
	case ok && (!isText || strings.TrimSpace(s) == ""):
		m.fail("METADATA: custom.%s must be text", key)
	case !ok && required:
		m.fail("METADATA: custom.%s is missing", key)
	}
	return strings.TrimSpace(s)
}

// texts is the list of texts under key, sorted.
func (m *metadata) texts(key string) []string {
	v, ok := m.note.Custom[key]
	if !ok {
		return nil
	}
	list, isList := v.([]any)
	texts := make([]string, 0, len(list))
	for _, e := range list {
		s, isText := e.(string)
		isList = isList && isText
		texts = append(texts, s)
	}
	if !isList || len(texts) == 0 {
		m.fail("METADATA: custom.%s must be a list of texts, such as [a, b]", key)
		return nil
	}
	slices.Sort(texts)
	return slices.Compact(texts)
}

func (m *metadata) id() string {
	id := m.text("id", true)
	switch {
	case id == "":
	case !idForm.MatchString(id):
		m.fail("METADATA: id %q is not of the form ACME-NET-001", id)
	case m.src.custom && strings.HasPrefix(id, reservedPrefix):
		m.fail("METADATA: id %q: %s is reserved for the program's own policies; begin with your own name", id, reservedPrefix)
	case !m.src.custom && !strings.HasPrefix(id, reservedPrefix):
		m.fail("METADATA: id %q must begin with %s", id, reservedPrefix)
	}
	return id
}

func (m *metadata) measureID(c Catalogue) string {
	id := m.text("measure", true)
	if id == "" {
		return ""
	}
	measure, ok := c.Measure(id)
	if !ok {
		m.fail("METADATA: unknown measure %q: %s", id, suggestion(id, c.IDs(), "tomscan measures lists them"))
		return ""
	}
	m.measure = measure
	if folder := strings.ReplaceAll(id, "-", "_"); !m.src.custom && m.src.parts[0] != folder {
		m.fail("METADATA: a policy of measure %s belongs into the folder %s", id, folder)
	}
	return id
}

func (m *metadata) kinds() []evidence.Kind {
	names := m.texts("kinds")
	if one := m.text("kind", names == nil && m.note.Custom["kinds"] == nil); one != "" {
		names = append(names, one)
	}
	if m.note.Custom["kind"] != nil && m.note.Custom["kinds"] != nil {
		m.fail("METADATA: custom has both kind and kinds: keep one")
	}
	return m.known(names)
}

// known turns names into kinds, and finds those that there are not.
func (m *metadata) known(names []string) []evidence.Kind {
	kinds := make([]evidence.Kind, 0, len(names))
	for _, name := range names {
		if evidence.Fields(evidence.Kind(name)) == nil {
			m.fail("METADATA: unknown kind %q: %s", name, oneOf(name, kindNames()))
			continue
		}
		kinds = append(kinds, evidence.Kind(name))
	}
	return kinds
}

func kindNames() []string {
	kinds := evidence.Kinds()
	names := make([]string, 0, len(kinds))
	for _, k := range kinds {
		names = append(names, string(k))
	}
	return names
}

func (m *metadata) over() string {
	switch over := m.text("over", false); over {
	case "", overFact:
		return overFact
	case overPopulation:
		return over
	default:
		m.fail("METADATA: over is %q: %s", over, oneOf(over, []string{overFact, overPopulation}))
		return overFact
	}
}

// scope words must be the measure's where the catalogue lists them.
func (m *metadata) scope() []string {
	words := m.texts("scope")
	if len(words) == 0 || m.measure.ID == "" {
		return words
	}
	spec, ok := m.measure.Parameter(scopeParameter)
	if !ok {
		m.fail("METADATA: measure %s has no scope: leave scope out", m.measure.ID)
		return words
	}
	for _, word := range words {
		if len(spec.Values) > 0 && !slices.Contains(spec.Values, word) {
			m.fail("METADATA: %q is no scope of %s: %s", word, m.measure.ID, oneOf(word, spec.Values))
		}
	}
	return words
}

func (m *metadata) severity() evidence.Severity {
	s := m.text("severity", true)
	names := make([]string, 0, len(evidence.Severities()))
	for _, known := range evidence.Severities() {
		names = append(names, string(known))
	}
	if s != "" && !slices.Contains(names, s) {
		m.fail("METADATA: unknown severity %q: %s", s, oneOf(s, names))
	}
	return evidence.Severity(s)
}

// link is where the rule comes from; the program's own policies always say so.
func (m *metadata) link() string {
	s := m.text("source", !m.src.custom)
	if s != "" && !strings.HasPrefix(s, "https://") {
		m.fail("METADATA: source %q must be a link that begins with https://", s)
	}
	return s
}

// existence says whether the policy is about something that must exist. `unknown` is what code without any of it means;
// a complete live inventory without any fails.
func (m *metadata) existence(over string) bool {
	when := m.text("when_none", false)
	if when != "" && when != "unknown" {
		m.fail("METADATA: when_none is %q: the one allowed value is unknown", when)
	}
	if when != "" && over != overPopulation {
		m.fail("METADATA: when_none needs over: population")
	}
	return when != ""
}

// beside lists the kinds without any of which nothing has to exist: where there is nothing to back up, no restore is missing.
func (m *metadata) beside(existence bool) []evidence.Kind {
	if m.note.Custom["beside"] != nil && !existence {
		m.fail("METADATA: beside needs when_none: unknown")
	}
	return m.known(m.texts("beside"))
}

// elsewhere says that what a host lacks another host may have for it: one that fetches backups, or on which they are restored.
func (m *metadata) elsewhere(existence bool) bool {
	given, ok := m.note.Custom["elsewhere"]
	if ok && (given != true || !existence) {
		m.fail("METADATA: custom.elsewhere is true, or left out, and needs when_none: unknown")
	}
	return ok
}

// partial says that the criterion is a part of what the measure promises: it can refute the promise, not prove it.
func (m *metadata) partial() bool {
	given, ok := m.note.Custom["partial"]
	if ok && given != true {
		m.fail("METADATA: custom.partial is true, or left out")
	}
	return ok
}

// suggestion is "did you mean", or else where to look.
func suggestion(given string, names []string, otherwise string) string {
	if s := DidYouMean(given, names); s != "" {
		return fmt.Sprintf("did you mean %q?", s)
	}
	return otherwise
}
