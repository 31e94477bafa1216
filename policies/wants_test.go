package policies

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/evidence"
)

func TestWant(t *testing.T) {
	days := func(b Bound) ParameterSpec {
		return ParameterSpec{Name: "p", Type: TypeDuration, Unit: "days", Bound: b}
	}
	list := ParameterSpec{Name: "p", Type: TypeList, Default: []any{"a"}}
	optional := ParameterSpec{Name: "p", Type: TypeList, Default: []any{}}
	ports := ParameterSpec{Name: "p", Type: TypeList, Of: "int", Default: []any{80}}
	for _, c := range []struct {
		name    string
		spec    ParameterSpec
		literal any
		want    any
		text    string
	}{
		{"null", days(AtLeast), nil, nil, ""},
		{"minimum in months", days(AtLeast), "3mo", 90, "3mo"},
		{"maximum in months", days(AtMost), "3mo", 93, "3mo"},
		{"minimum rounds up", days(AtLeast), "25h", 2, "25h"},
		{"maximum rounds down", days(AtMost), "47h", 1, "47h"},
		{"zero", days(AtMost), "0d", 0, "0d"},
		{"tls version", ParameterSpec{Name: "p", Type: TypeTLSVersion}, "1.3", evidence.RankTLS13, "1.3"},
		{"enum", ParameterSpec{Name: "p", Type: TypeEnum, Values: []string{"x", "y"}}, "y", "y", "y"},
		{"list is sorted", list, []any{"c", "a", "c"}, []string{"a", "c"}, "c, a, c"},
		{"empty list beside a default", list, []any{}, []string{}, "[]"},
		{"empty list that promises nothing", optional, []any{}, nil, ""},
		{"list without default", ParameterSpec{Name: "p", Type: TypeList}, []any{}, nil, ""},
		{"numbers", ports, []any{443, 80}, []int{80, 443}, "443, 80"},
		{"no numbers", ports, []any{}, []int{}, "[]"},
		{"bool", ParameterSpec{Name: "p", Type: TypeBool}, false, false, "false"},
		{"int", ParameterSpec{Name: "p", Type: TypeInt}, 12, 12, "12"},
		{"string", ParameterSpec{Name: "p", Type: TypeString}, "AES", "AES", "AES"},
	} {
		t.Run(c.name, func(t *testing.T) {
			want, text, err := c.spec.want(c.literal)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, want); diff != "" || text != c.text {
				t.Errorf("text %q, want %q; (-want +got):\n%s", text, c.text, diff)
			}
		})
	}
}

// TestPromiseIDs holds ids that reports and baselines refer to. An id that changes here breaks them.
func TestPromiseIDs(t *testing.T) {
	for _, c := range []struct{ name, measure, body, want string }{
		{"defaults", "log-retention", ``, "log-retention"},
		{"defaults written out", "log-retention", `log_retention_min = "90d"`, "log-retention"},
		{"defaults in another unit", "log-retention", `log_retention_min = "3mo"`, "log-retention"},
		{"alias", "tls", `tls_min = "1.2"`, "encryption-in-transit"},
		{"vague", "log-retention", `vague = true`, "log-retention"},
		{"another figure", "log-retention", `log_retention_min = "180d"`, "log-retention@c76d3d0e"},
		{"the same figure in months", "log-retention", `log_retention_min = "6mo"`, "log-retention@c76d3d0e"},
		{"order of a list", "encryption-at-rest", `scope = ["volume", "database"]`, "encryption-at-rest@2051a08e"},
		{"another order", "encryption-at-rest", `scope = ["database", "volume"]`, "encryption-at-rest@2051a08e"},
		{"environments", "mfa", `environments = ["production"]`, "mfa@d8bac87f"},
		{"declared", "mfa", `declared = "planned"`, "mfa@89d9021f"},
		{"default that does not apply", "log-retention", `log_retention_min = "3y"`, "log-retention@a6423887"},
	} {
		t.Run(c.name, func(t *testing.T) {
			src := "title = \"A\"\nlanguage = \"en\"\nclause \"1\" {\n promise \"" + c.measure + "\" {\n" + c.body + "\n}\n}\n"
			a, diags := ParseAnnex("a.hcl", []byte(src), LoadCatalogue(), annexTime())
			if diags.HasErrors() {
				t.Fatal(diags)
			}
			if got := a.Clauses[0].Promises[0].ID; got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

func TestDidYouMean(t *testing.T) {
	names := []string{"encryption-at-rest", "encryption-in-transit", "mfa"}
	for given, want := range map[string]string{
		"encyption-at-rest": "encryption-at-rest", "Encryption-In-Transit": "encryption-in-transit", "mfaa": "mfa", "backup": "", "": "",
		string(make([]byte, 1000)): "",
	} {
		if got := DidYouMean(given, names); got != want {
			t.Errorf("DidYouMean(%q) = %q, want %q", clip(given), got, want)
		}
	}
}
