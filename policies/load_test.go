package policies

import (
	"strings"
	"testing"
	"testing/fstest"
)

// userPolicy is a good policy of a user's own; the tests below spoil it.
const userPolicy = `# METADATA
# title: Object stores keep old versions
# custom:
#   id: ACME-S3-001
#   measure: backup
#   kind: object_store
#   severity: low
#   remedy: Switch versioning on.
package acme.backup.versions

import data.tom.lib.value

pass if value.equals(input.settings.versioning, "enabled")

fail contains {"code": "switched_off", "setting": "versioning"} if value.differs(input.settings.versioning, "enabled")
`

const userTests = `package acme.backup.versions_test

import data.acme.backup.versions as policy

test_pass if policy.pass with input as {"settings": {"versioning": {"state": "known", "value": "enabled"}}}

test_fail if policy.fail != set() with input as {"settings": {"versioning": {"state": "known", "value": "disabled"}}}

test_unknown if not policy.pass with input as {"settings": {"versioning": {"state": "denied"}}}
`

// userDir is a folder with one policy and its tests.
func userDir(policy string) Dir {
	return Dir{Name: "own", FS: fstest.MapFS{
		"backup/versions.rego":      {Data: []byte(policy)},
		"backup/versions_test.rego": {Data: []byte(userTests)},
	}}
}

func TestUserPolicy(t *testing.T) {
	set := load(t, userDir(userPolicy))
	checks := set.Checks()
	if got := checks[0]; got.ID != "ACME-S3-001" || !got.Custom || len(got.Reads) != 1 || got.Reads[0] != "versioning" {
		t.Errorf("first check is %+v", got)
	}
	if set.Digest() == load(t).Digest() {
		t.Error("the digest does not cover users' policies")
	}
	outcomes, err := Test(t.Context(), userDir(userPolicy))
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range outcomes {
		if !o.Passed {
			t.Errorf("%+v", o)
		}
	}
	if len(outcomes) != 3 {
		t.Errorf("%d outcomes, want 3", len(outcomes))
	}
}

func TestLoadNamesProblems(t *testing.T) {
	for _, c := range []struct {
		name, old, spoilt, want string
	}{
		{"reserved id", "ACME-S3-001", "TOM-S3-001", `own/backup/versions.rego:1: METADATA: id "TOM-S3-001": TOM- is reserved`},
		{"bad id", "ACME-S3-001", "acme", `:1: METADATA: id "acme" is not of the form`},
		{"no id", "#   id: ACME-S3-001\n", "", `:1: METADATA: custom.id is missing`},
		{"unknown key", "#   severity: low", "#   severty: low", `:1: METADATA: unknown key "severty" under custom: did you mean "severity"?`},
		{"unknown severity", "low", "lov", `:1: METADATA: unknown severity "lov": did you mean "low"?`},
		{"unknown measure", "measure: backup", "measure: bakcup", `:1: METADATA: unknown measure "bakcup": did you mean "backup"?`},
		{"unknown kind", "kind: object_store", "kind: object_stor", `:1: METADATA: unknown kind "object_stor": did you mean "object_store"?`},
		{"two forms of kind", "kind: object_store", "kind: object_store\n#   kinds: [volume]", `:1: METADATA: custom has both kind and kinds`},
		{"unknown scope", "severity: low", "severity: low\n#   scope: [databse]", `:1: METADATA: "databse" is no scope of backup: did you mean "database"?`},
		{"unknown over", "severity: low", "severity: low\n#   over: facts", `:1: METADATA: over is "facts": did you mean "fact"?`},
		{"existence of facts", "severity: low", "severity: low\n#   when_none: unknown", `:1: METADATA: when_none needs over: population`},
		{"another host without existence", "severity: low", "severity: low\n#   elsewhere: true", `:1: METADATA: custom.elsewhere is true, or left out, and needs when_none: unknown`},
		{"no title", "# title: Object stores keep old versions\n", "", `:1: METADATA: title is missing`},
		{"no metadata", "# METADATA\n", "", `:8: no METADATA comment above the package`},
		{"insecure source", "severity: low", "severity: low\n#   source: http://example.org", `:1: METADATA: source "http://example.org" must be a link`},
		{"misspelt setting", "fail contains {\"code\": \"switched_off\", \"setting\": \"versioning\"} if value.differs(input.settings.versioning,",
			"fail contains {\"code\": \"switched_off\"} if value.differs(input.settings.versionin,", `:15: kind object_store has no setting "versionin": did you mean "versioning"?`},
		{"misspelt parameter", `"enabled")` + "\n\nfail", "input.want.retenton)\n\nfail", `:13: measure backup has no parameter "retenton": did you mean "retention"?`},
		{"package elsewhere", "package acme.backup.versions", "package acme.versions", `:9: package acme.versions does not follow from the file's place: want package acme.backup.versions`},
		{"reserved package", "package acme.", "package tom.", `:9: package tom is reserved`},
		{"no fail", "fail contains", "other contains", `:9: rule fail is missing`},
		{"default", "pass if", "default pass := false\n\npass if", `:13: pass must be a plain rule`},
		{"valued pass", "pass if", "pass := 1 if", `:13: write ` + "`pass if ...`"},
		{"fail without object", `fail contains {"code": "switched_off", "setting": "versioning"}`, `fail contains "switched_off"`, `:15: what fail contains must be written as an object`},
		{"bad code", `"switched_off"`, `"SwitchedOff"`, `:15: fail needs a code of lower-case words`},
		{"fail names another setting", `"setting": "versioning"`, `"setting": "name"`, `:15: fail names setting "name", which the policy does not read`},
		{"comparison", `value.equals(input.settings.versioning, "enabled")`, `input.settings.versioning == "enabled"`, ":13: `==` on input.settings: compare"},
		{"looked into", `value.equals(input.settings.versioning, "enabled")`, `input.settings.versioning.state != "denied"`, ":13: setting versioning is looked into"},
		{"value", `value.equals(input.settings.versioning, "enabled")`, `input.settings.versioning.value == "enabled"`, ":13: `.value` outside of data.tom.lib.value"},
		{"value of a variable", "pass if value.equals(", "pass if {\n\tv := input.settings.versioning\n\tv[\"value\"] == \"enabled\"\n\tvalue.equals(v, \"enabled\")\n}\n\nother if value.equals(", ":15: `.value` outside of data.tom.lib.value"},
		{"alias compared", "pass if value.equals(", "pass if {\n\tv := input.want.retention\n\tv > 3\n}\n\nother if value.equals(", ":15: `>` on input.want: compare"},
		{"not", `value.equals(input.settings.versioning, "enabled")`, `not value.differs(input.settings.versioning, "enabled")`, ":13: `not` on a setting or a parameter"},
		{"not of a rule", `value.equals(input.settings.versioning, "enabled")`, `not other

other if value.differs(input.settings.versioning, "enabled")`, ":13: `not` on a setting or a parameter"},
		{"not of a function", `value.equals(input.settings.versioning, "enabled")`, `not off(input.settings.versioning)

off(x) if value.differs(x, "enabled")`, ":13: `not` on a setting or a parameter"},
		{"comparison in a function", `value.equals(input.settings.versioning, "enabled")`, `same(input.settings.versioning, "enabled")

same(x, y) if x == y`, ":15: `==` on input.settings: compare"},
		{"calculation", `value.equals(input.settings.versioning, "enabled")`, `value.at_least(input.settings.retention_days, input.want.retention * 2)`, ":13: `*` on input.want: compare"},
		{"counting what is known", `value.equals(input.settings.versioning, "enabled")`, `count([1 | value.differs(input.settings.versioning, "enabled")]) == 0`, ":13: `==` on what was found to be known"},
		{"a built-in on a setting", `value.equals(input.settings.versioning, "enabled")`, `is_object(input.settings.versioning)`, ":13: is_object is called on a setting"},
		{"a loop over a setting", `value.equals(input.settings.versioning, "enabled")`, `some x in input.settings.copies
	x == "eu-north-1"`, ""},
		{"computed name", `value.equals(input.settings.versioning, "enabled")`, `value.equals(input.settings[input.want.mode], "enabled")`, ":13: name the settings by a literal text"},
		{"all settings", `value.equals(input.settings.versioning, "enabled")`, `f(input.settings)

f(s) if value.equals(s.versioning, "enabled")`, ":13: name the settings by a literal text"},
		{"other data", `value.equals(input.settings.versioning, "enabled")`, `data.secrets.x`, ":13: data.secrets.x: a policy reads its input and libraries"},
		{"future keywords", "import data.tom.lib.value", "import data.tom.lib.value\nimport future.keywords.not", ":12: import of future.keywords.not"},
		{"import of a policy", "import data.tom.lib.value", "import data.tom.lib.value\nimport data.tom.backup.database", ":12: import of data.tom.backup.database"},
		{"regions without whether they are all", "pass if", "here if count(input.frame.regions_used) > 0\n\npass if", ":9: input.frame.regions_used is read without"},
		{"with", `value.equals(input.settings.versioning, "enabled")`, `value.equals(input.settings.versioning, "enabled") with input as {}`, ":13: `with` has no place in a policy"},
		{"the clock", `value.equals(input.settings.versioning, "enabled")`, `time.now_ns() > 0`, `:13: undefined function time.now_ns`},
		{"the network", `value.equals(input.settings.versioning, "enabled")`, `http.send({}).x`, `:13: undefined function http.send`},
		{"no Rego", "pass if", "pass whenever", `:13: `},
		{"old Rego", "pass if value.equals(input.settings.versioning, \"enabled\")", "pass { value.equals(input.settings.versioning, \"enabled\") }", `:13: `},
		{"applies by a setting", "pass if", "applies if value.known(input.settings.name)\n\npass if", `:13: applies reads input.want alone`},
		{"not_applicable by nothing", "pass if", "not_applicable if input.x\n\npass if", `:13: not_applicable says by a setting`},
		{"unknown function of the library", "value.equals(input", "value.eqals(input", `:13: undefined function data.tom.lib.value.eqals`},
		{"unused import", "import data.tom.lib.value\n", "import data.tom.lib.ports\nimport data.tom.lib.value\n", `:11: import data.tom.lib.ports unused`},
	} {
		t.Run(c.name, func(t *testing.T) {
			spoilt := strings.Replace(userPolicy, c.old, c.spoilt, 1)
			if spoilt == userPolicy {
				t.Fatalf("%q does not occur", c.old)
			}
			_, err := Load(true, userDir(spoilt))
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error is %v\nwant one with %s", err, c.want)
			}
		})
	}
}

func TestLoadFindsTakenIDs(t *testing.T) {
	dir := Dir{Name: "own", FS: fstest.MapFS{
		"backup/a.rego": {Data: []byte(strings.Replace(userPolicy, "backup.versions", "backup.a", 1))},
		"backup/b.rego": {Data: []byte(strings.Replace(userPolicy, "backup.versions", "backup.b", 1))},
	}}
	_, err := Load(true, dir)
	if want := "own/backup/b.rego:1: id ACME-S3-001 is taken by own/backup/a.rego"; err == nil || err.Error() != want {
		t.Errorf("error is %v, want %s", err, want)
	}
}

func TestLoadHoldsLibrariesToTheirPlace(t *testing.T) {
	for text, want := range map[string]string{
		"package tom.lib.value\n\nis_true(_) if true\n": "own/lib/mine.rego:1: package tom is reserved",
		"package acme.other\n\nx := 1\n":                "own/lib/mine.rego:1: package acme.other does not follow from the file's place: want package acme.lib.mine",
	} {
		dir := userDir(userPolicy)
		dir.FS.(fstest.MapFS)["lib/mine.rego"] = &fstest.MapFile{Data: []byte(text)}
		if _, err := Load(true, dir); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("error is %v, want one that begins %s", err, want)
		}
	}
}

func TestLoadKnowsUsersLibraries(t *testing.T) {
	policy := replaced(t, userPolicy, "import data.tom.lib.value\n\npass if value.equals", "import data.acme.lib.mine\nimport data.tom.lib.value\n\npass if mine.same")
	dir := userDir(policy)
	dir.FS.(fstest.MapFS)["lib/mine.rego"] = &fstest.MapFile{Data: []byte("package acme.lib.mine\n\nimport data.tom.lib.value\n\nsame(v, x) if value.equals(v, x)\n")}
	outcomes, err := Test(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range outcomes {
		if !o.Passed {
			t.Errorf("%+v", o)
		}
	}
}

func TestLoadNeedsPolicies(t *testing.T) {
	_, err := Load(true, Dir{Name: "empty", FS: fstest.MapFS{"README": {}}})
	if err == nil || !strings.HasPrefix(err.Error(), "empty: no policies here") {
		t.Errorf("error is %v", err)
	}
}

func TestTestFindsFaults(t *testing.T) {
	for _, c := range []struct {
		name, old, spoilt, want string
	}{
		{"not total", `value.equals(input.settings.versioning, "enabled")`, `value.equals(input.settings.versioning, "enable")`,
			`unknown though everything is known, not just one of pass, fail and not_applicable: object_store {versioning = enabled}`},
		{"both", `value.differs(input.settings.versioning, "enabled")`, `value.known(input.settings.versioning)`,
			`conflict though everything is known`},
		{"not sound", `value.equals(input.settings.versioning, "enabled")`, `every x in [1 | value.differs(input.settings.versioning, "enabled")] { x > 2 }`,
			`says pass before everything is known: object_store {versioning unresolved} want map[], but with versioning = disabled it says fail`},
		{"never fails", "pass if", "pass if value.differs(input.settings.versioning, \"enabled\")\n\npass if", `conflict though everything is known`},
		{"decides nothing", "pass if", "applies if false\n\npass if", `no input gives pass: the policy decides nothing`},
		{"format", "pass if value", "pass if  value", `not formatted as opa fmt does, from this line on`},
		{"tests fail", `value.equals(input.settings.versioning, "enabled")`, `value.equals(input.settings.versioning, "disabled")`, `the test's body is not true`},
	} {
		t.Run(c.name, func(t *testing.T) {
			outcomes, err := Test(t.Context(), userDir(strings.Replace(userPolicy, c.old, c.spoilt, 1)))
			if err != nil {
				t.Fatal(err)
			}
			found := false
			for _, o := range outcomes {
				found = found || !o.Passed && strings.Contains(o.Message, c.want)
			}
			if !found {
				t.Errorf("no outcome with %q in %+v", c.want, outcomes)
			}
		})
	}
}

func TestTestDemandsThreeTests(t *testing.T) {
	dir := userDir(userPolicy)
	dir.FS.(fstest.MapFS)["backup/versions_test.rego"].Data = []byte(strings.Replace(userTests, "test_unknown", "test_pass_too", 1))
	outcomes, err := Test(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	want := TestOutcome{File: "own/backup/versions_test.rego", Line: 1, Name: "test_unknown...", Message: "no test with a name that begins so"}
	found := false
	for _, o := range outcomes {
		found = found || o == want
	}
	if !found {
		t.Errorf("%+v is not among %+v", want, outcomes)
	}
}
