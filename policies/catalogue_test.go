package policies

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/evidence"
)

// TestCatalogue holds the catalogue to what the program relies on.
func TestCatalogue(t *testing.T) {
	c := LoadCatalogue()
	if got, want := len(c.Measures), 63; got != want {
		t.Errorf("%d measures, want %d", got, want)
	}
	seen := map[string]bool{}
	for _, m := range c.Measures {
		for _, name := range append([]string{m.ID}, m.Aliases...) {
			if seen[name] {
				t.Errorf("%s: %q names two measures", m.ID, name)
			}
			seen[name] = true
		}
		t.Run(m.ID, func(t *testing.T) { checkMeasure(t, c, m) })
	}
}

func checkMeasure(t *testing.T, c Catalogue, m Measure) {
	if got := slices.Sorted(maps.Keys(m.Name)); !slices.Equal(got, Languages()) {
		t.Errorf("named in %v, want %v", got, Languages())
	}
	for language, name := range m.Name {
		if strings.TrimSpace(name) == "" || name != strings.TrimSpace(name) {
			t.Errorf("name in %s: %q", language, name)
		}
	}
	if !slices.ContainsFunc(c.Groups, func(g Group) bool { return g.ID == m.Group }) {
		t.Errorf("no group %q", m.Group)
	}
	if m.Nature != "technical" && m.Nature != "organisational" {
		t.Errorf("nature %q", m.Nature)
	}
	if !strings.HasSuffix(m.Explanation, ".") || strings.Count(m.Explanation, ". ") > 0 {
		t.Errorf("the explanation is not one sentence: %q", m.Explanation)
	}
	within(t, "gdpr_32_1", m.GDPR32, []string{"a", "b", "c", "d"})
	within(t, "collectors", m.Collectors, []string{"terraform", "aws", "server", "probe", "register", "attestation"})
	for _, item := range m.SCC {
		if c.SCCItems[item] == "" {
			t.Errorf("SCC Annex II has no item %d", item)
		}
	}
	if len(m.SCC) == 0 || len(m.ISO27001) == 0 || len(m.Parameters) == 0 {
		t.Error("no SCC item, no ISO control or no parameter")
	}
	for _, p := range m.Parameters {
		checkParameter(t, m, p)
	}
}

func within(t *testing.T, what string, list, allowed []string) {
	t.Helper()
	if len(list) == 0 {
		t.Errorf("%s is empty", what)
	}
	for _, e := range list {
		if !slices.Contains(allowed, e) {
			t.Errorf("%s has %q", what, e)
		}
	}
}

func checkParameter(t *testing.T, m Measure, p ParameterSpec) {
	if n := slices.IndexFunc(m.Parameters, func(q ParameterSpec) bool { return q.Name == p.Name }); m.Parameters[n].Type != p.Type {
		t.Errorf("%s stands twice", p.Name)
	}
	bounded := p.Type == TypeDuration || p.Type == TypeInt || p.Type == TypeTLSVersion
	if bounded != (p.Bound == AtLeast || p.Bound == AtMost) {
		t.Errorf("%s: type %s with bound %q", p.Name, p.Type, p.Bound)
	}
	if _, ok := minutesPer(p.Unit); p.Type == TypeDuration && !ok {
		t.Errorf("%s: unit %q", p.Name, p.Unit)
	}
	if p.Type == TypeEnum && len(p.Values) == 0 {
		t.Errorf("%s: an enum without values", p.Name)
	}
	if _, text, err := p.want(p.Default); err != nil || p.Default != nil && text == "" && !p.defaultEmpty() {
		t.Errorf("%s: default %v: %q, %v", p.Name, p.Default, text, err)
	}
}

func TestCatalogueAnnex(t *testing.T) {
	c := LoadCatalogue()
	a := CatalogueAnnex(c, "nb")
	if !a.FromCatalogue() || a.Language != "no" || a.Title != "Tiltakskatalogen" {
		t.Errorf("file %q, language %q, title %q", a.File, a.Language, a.Title)
	}
	var got []string
	for _, clause := range a.Clauses {
		for _, p := range clause.Promises {
			got = append(got, p.Measure)
			if p.ID != p.Measure {
				t.Errorf("%s has the id %s", p.Measure, p.ID)
			}
		}
	}
	slices.Sort(got)
	if diff := cmp.Diff(c.IDs(), got); diff != "" {
		t.Errorf("measures (-want +got):\n%s", diff)
	}
	transit := a.Clauses[0].Promises[1]
	want := evidence.Promise{
		ID: "encryption-in-transit", Measure: "encryption-in-transit",
		Scope: []string{"admin", "database", "internal", "public", "sub-processor"},
		Parameters: []evidence.Parameter{
			{Name: "tls_min", Text: "1.2"}, {Name: "scope", Text: "public, internal, database, admin, sub-processor"}, {Name: "http", Text: "redirect"},
			{Name: "hsts", Text: "false"}, {Name: "forbidden_protocols", Text: "SSLv2, SSLv3, TLS1.0, TLS1.1"},
			{Name: "certificate_min_validity", Text: "14d"},
		},
		Wants: map[string]any{
			"tls_min": evidence.RankTLS12, "scope": []string{"admin", "database", "internal", "public", "sub-processor"}, "http": "redirect", "hsts": false,
			"forbidden_protocols": []string{"SSLv2", "SSLv3", "TLS1.0", "TLS1.1"}, "certificate_min_validity": 14,
		},
	}
	if diff := cmp.Diff(want, transit); diff != "" {
		t.Errorf("encryption-in-transit (-want +got):\n%s", diff)
	}
}

func TestParseCatalogueRefuses(t *testing.T) {
	for name, src := range map[string]string{
		"unknown field": "version: 1\ncolour: red\n",
		"bad default":   "measures: [{id: x, parameters: [{name: p, type: duration, unit: days, bound: max, default: 5}]}]\n",
	} {
		if _, err := parseCatalogue([]byte(src)); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func TestLanguage(t *testing.T) {
	for given, want := range map[string]string{"nb": "no", "nn": "no", "NO": "no", "sv": "sv", "de": "de"} {
		if got, ok := Language(given); got != want || !ok {
			t.Errorf("Language(%q) = %q, %t; want %q", given, got, ok, want)
		}
	}
	if _, ok := Language("fi"); ok {
		t.Error("fi is a language")
	}
}
