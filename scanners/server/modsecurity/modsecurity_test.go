package modsecurity_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/scanners/server/capture"
	"github.com/tomscan/tomscan/scanners/server/modsecurity"
)

const (
	attack      = "SecRule ARGS \"@rx attack\" \"id:942100,phase:2,deny\"\n"
	recommended = "SecRule REQUEST_HEADERS:Content-Type \"xml$\" \\\n  \"id:'200000',phase:1,pass\"\n"
)

func TestVerdict(t *testing.T) {
	tests := []struct {
		name  string
		files map[string]string
		want  modsecurity.Mode
		known bool
	}{
		{"an engine that is on with rules refuses", map[string]string{"/m.conf": "SecRuleEngine On\n" + attack}, modsecurity.Block, true},
		{"detection only refuses nothing", map[string]string{"/m.conf": "secruleengine DetectionOnly\n" + attack}, modsecurity.Detect, true},
		{"the last engine wins", map[string]string{"/m.conf": "SecRuleEngine On\n" + attack + "SecRuleEngine Off\n"}, modsecurity.Off, true},
		{"nothing is off", map[string]string{"/m.conf": attack}, modsecurity.Off, true},
		{"an engine without rules does nothing", map[string]string{"/m.conf": "SecRuleEngine On\n# " + attack}, modsecurity.Off, true},
		{"the recommended checks are no rules", map[string]string{"/m.conf": "SecRuleEngine On\n" + recommended}, modsecurity.Off, true},
		{"rules by include", map[string]string{"/m.conf": "SecRuleEngine On\nInclude rules/*.conf", "/rules/a.conf": attack}, modsecurity.Block, true},
		{"a missing include is unknown", map[string]string{"/m.conf": "SecRuleEngine On\nInclude rules/*.conf\n" + attack}, "", false},
		{"a file that includes itself is unknown", map[string]string{"/m.conf": "SecRuleEngine On\nInclude m.conf\n" + attack}, "", false},
		{"another directive is unknown", map[string]string{"/m.conf": "SecRuleEngine On\nWhatever\n" + attack}, "", false},
		{"an engine of another name is unknown", map[string]string{"/m.conf": "SecRuleEngine Perhaps\n" + attack}, "", false},
		{"a rule that turns it off is unknown", map[string]string{"/m.conf": "SecRuleEngine On\n" + attack + "SecRule IP \"@streq x\" \"id:1,ctl:ruleEngine=Off\"\n"}, "", false},
		{"an action that turns it off", map[string]string{"/m.conf": "SecRuleEngine On\n" + attack + "SecAction \"id:1,ctl:ruleEngine=Off,pass\"\n"}, modsecurity.Off, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			mode, known := modsecurity.File(capture.MemoryOf(tt.files), "/m.conf").Verdict()
			if mode != tt.want || known != tt.known {
				t.Errorf("Verdict = %q, %t; want %q, %t", mode, known, tt.want, tt.known)
			}
		})
	}
}

func TestThenInnerEngineWinsAndRulesAdd(t *testing.T) {
	f := capture.MemoryOf(nil)
	outer := modsecurity.Text(f, "SecRuleEngine On\n"+attack, modsecurity.Position{File: "/n.conf", Line: 7})
	for inner, want := range map[string]modsecurity.Mode{"": modsecurity.Block, "SecRuleEngine Off": modsecurity.Off, attack: modsecurity.Block} {
		got, known := outer.Then(modsecurity.Text(f, inner, modsecurity.Position{File: "/n.conf", Line: 9})).Verdict()
		if got != want || !known {
			t.Errorf("with %q: %q, %t; want %q", inner, got, known, want)
		}
	}
	want := modsecurity.Position{File: "/n.conf", Line: 7, Text: "SecRuleEngine On"}
	if diff := cmp.Diff(want, outer.At); diff != "" {
		t.Error(diff)
	}
}

func TestWords(t *testing.T) {
	want := []string{"a", `b "c`, `d'e`, `\d`, "f\""}
	if diff := cmp.Diff(want, modsecurity.Words(" a \"b \\\"c\"\t'd\\'e' \\\\d f\" ")); diff != "" {
		t.Error(diff)
	}
}

// FuzzParse holds that a file of comments in front changes no verdict.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{"SecRuleEngine On\n" + attack, recommended, "Include *.conf", "a \"b", "SecAction ctl:ruleEngine="} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		plain, known := modsecurity.File(capture.MemoryOf(map[string]string{"/m": text}), "/m").Verdict()
		commented, still := modsecurity.File(capture.MemoryOf(map[string]string{"/m": "# a comment\n" + text}), "/m").Verdict()
		if plain != commented || known != still {
			t.Errorf("%q, %t became %q, %t by a comment", plain, known, commented, still)
		}
	})
}
