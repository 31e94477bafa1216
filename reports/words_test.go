package reports

import (
	"io/fs"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/evidence"
)

// TestLanguagesHaveTheSameKeysAndPlaceholders compares every language with English; only English may lack the texts of
// checks, which the policies bring along.
func TestLanguagesHaveTheSameKeysAndPlaceholders(t *testing.T) {
	want := shapes(wordsIn(t, "en"))
	for _, language := range Languages() {
		if diff := cmp.Diff(shapes(wordsIn(t, language)), want); diff != "" {
			t.Errorf("%s differs from en (-%s +en):\n%s", language, language, diff)
		}
	}
}

// shapes returns the placeholders of every phrase but those of checks, by key.
func shapes(w Words) map[string]string {
	all := map[string]string{}
	for key, text := range w.texts {
		if !strings.HasPrefix(key, "check.") {
			holes := placeholder.FindAllString(text, -1)
			slices.Sort(holes)
			all[key] = strings.Join(slices.Compact(holes), " ")
		}
	}
	return all
}

func TestWordsIn(t *testing.T) {
	for language, want := range map[string]string{"nb": "no", "nn": "no", "NO": "no", "sv-FI": "sv", "de_AT": "de", "en": "en"} {
		if got := wordsIn(t, language).Language(); got != want {
			t.Errorf("%s: %q, want %q", language, got, want)
		}
	}
	if _, err := WordsIn("fr"); err == nil || !strings.Contains(err.Error(), "da, de, en, no, sv") {
		t.Errorf("fr: %v, want an error that names the languages", err)
	}
}

// TestEverythingNamedHasWords covers the closed vocabularies of the evidence package.
func TestEverythingNamedHasWords(t *testing.T) {
	w := wordsIn(t, "en")
	var keys []string
	for _, v := range []evidence.Verdict{evidence.Unknown, evidence.Pass, evidence.Fail, evidence.NotApplicable, evidence.Waived, evidence.Attested, evidence.Conflict} {
		keys = append(keys, "verdict."+string(v), "verdict."+string(v)+".explain")
	}
	for _, l := range []evidence.Level{evidence.LevelAttested, evidence.LevelDesign, evidence.LevelImplementation, evidence.LevelOperation} {
		keys = append(keys, "level."+string(l), "level."+string(l)+".explain", "level."+string(l)+".short")
	}
	keys = append(keys, "level.design.hosts.short", "level.design.mixed.short")
	for _, s := range evidence.Severities() {
		keys = append(keys, "severity."+string(s))
	}
	for _, k := range evidence.Kinds() {
		keys = append(keys, "kind."+string(k))
		for _, f := range evidence.Fields(k) {
			keys = append(keys, "setting."+f.Name)
		}
	}
	for _, key := range keys {
		if !w.Has(key) {
			t.Errorf("no words for %s", key)
		}
	}
}

// TestEveryListedValueHasWords covers the values that settings can have, and their units.
func TestEveryListedValueHasWords(t *testing.T) {
	w := wordsIn(t, "en")
	for _, k := range evidence.Kinds() {
		for _, f := range evidence.Fields(k) {
			for _, v := range f.Values {
				if !w.Has("value."+v) && !w.Has("value."+f.Name+"."+v) {
					t.Errorf("no words for the value %s of %s", v, f.Name)
				}
			}
			if f.Unit != "" && f.Unit != "tls rank" && !w.Has("unit."+f.Unit+".other") {
				t.Errorf("no words for the unit %s of %s", f.Unit, f.Name)
			}
		}
	}
}

func TestReason(t *testing.T) {
	for _, c := range []struct {
		name string
		in   evidence.Reason
		want string
	}{
		{"days", evidence.Because("below_promise", "setting", "retention_days", "actual", "30", "want", "90"), "Retention time: 30 days. Promised: at least 90 days."},
		{"never", evidence.Because("above_promise", "setting", "retention_days", "actual", "2147483647", "want", "90"), "Retention time: never. Promised: at most 90 days."},
		{"tls", evidence.Because("below_promise", "setting", "tls_min", "actual", "0", "want", "12"), "Lowest TLS version: no TLS. Promised: at least TLS 1.2."},
		{"named value", evidence.Because("below_promise", "setting", "encryption", "actual", "none", "want", "external"), "Encryption at rest: none. Promised: at least external key."},
		{"setting in front", evidence.Because("variable_without_value", "setting", "encryption", "name", "key"), "Encryption at rest: the variable key has no value"},
		{"missing argument", evidence.Because("below_promise", "setting", "tls_min"), "Lowest TLS version: –. Promised: at least –."},
		{"no words", evidence.Because("my_own_code"), "My own code"},
		{"duration", evidence.Because("below_promise", "setting", "retention_days", "actual", "30d", "want", "3mo"), "Retention time: 30 days. Promised: at least 3 months."},
		{"tls version", evidence.Because("below_promise", "setting", "tls_min", "actual", "none", "want", "1.2"), "Lowest TLS version: no TLS. Promised: at least TLS 1.2."},
		{"optional part", evidence.Because("tls_policy_unknown", "name", "Odd-1"), "Tomscan does not know the TLS policy Odd-1"},
		{"without optional part", evidence.Because("tls_policy_unknown"), "Tomscan does not know the TLS policy"},
		{"brackets of code", evidence.Because("data_source", "address", `data.a.b["x"]`), `data.a.b["x"] is looked up when the code is applied`},
		{"long number", evidence.Because("below_promise", "setting", "retention_days", "actual", "99999999999d", "want", "1"), "Retention time: 99999999999d. Promised: at least 1 day."},
		{"attack", evidence.Because("variable_without_value", "name", "a\x1b[31m\u202e{actual}"), `The variable a\x1b[31m\u202e{actual} has no value`},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := wordsIn(t, "en").Reason(c.in); got != c.want {
				t.Errorf("got  %q\nwant %q", got, c.want)
			}
		})
	}
}

// TestBuiltInChecksAreTranslated compares the translated checks with the policies of the program: every one has a title
// and a remedy in every language but English, which the policies speak themselves, and no other is translated.
func TestBuiltInChecksAreTranslated(t *testing.T) {
	var want []string
	id := regexp.MustCompile(`(?m)^#\s+id:\s+(\S+)$`)
	policies := os.DirFS("../policies")
	files, err := fs.Glob(policies, "*/*.rego")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		text, err := fs.ReadFile(policies, name)
		if err != nil {
			t.Fatal(err)
		}
		if m := id.FindSubmatch(text); m != nil && !strings.HasSuffix(name, "_test.rego") {
			want = append(want, "check."+string(m[1])+".remedy", "check."+string(m[1])+".title")
		}
	}
	slices.Sort(want)
	for _, language := range []string{"da", "de", "no", "sv"} {
		keys := slices.Sorted(maps.Keys(wordsIn(t, language).texts))
		keys = slices.DeleteFunc(keys, func(k string) bool { return !strings.HasPrefix(k, "check.") })
		if diff := cmp.Diff(keys, want); diff != "" {
			t.Errorf("%s and the policies differ (-%s +policies):\n%s", language, language, diff)
		}
	}
}
