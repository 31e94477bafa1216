package capture

import (
	"os"
	"os/exec"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

// hashes are passwords of /etc/shadow with what is told of them: the scheme, its rounds, whether they are locked.
var hashes = map[string]string{
	"":                            "none - no",
	"!":                           "- - yes",
	"!!":                          "- - yes",
	"*":                           "- - yes",
	"!*":                          "- - yes",
	"*LK*":                        "- - yes",
	"x":                           "- - yes",
	"!x":                          "- - yes",
	"xqHkJ0vFJxYzE":               "des - no", // one of 64 hashes of DES begins so
	"!xqHkJ0vFJxYzE":              "des - yes",
	"abHkJ0vFJxYzE":               "des - no",
	"xyz":                         "unknown - no",
	"_J9..K0AyUubnuRvB.1k":        "bsdi - no",
	"$y$j9T$abc$def":              "y - no",
	"!$y$j9T$abc$def":             "y - yes",
	"$6$rounds=9000$abc$def":      "6 9000 no",
	"$2b$12$abcdefghijklmnopqrst": "2b 12 no",
	"$":                           "unknown - no",
}

// TestSchemesOfPasswords holds the script's filter and ours to one table.
func TestSchemesOfPasswords(t *testing.T) {
	part, err := parts.ReadFile("script/50-commands.sh")
	if err != nil {
		t.Fatal(err)
	}
	_, program, begun := strings.Cut(string(part), "# user scheme rounds locked lastchange max\n\tfilter='")
	program, _, ended := strings.Cut(program, "'\n\trun shadow ")
	if !begun || !ended {
		t.Fatal("the script has no filter for /etc/shadow")
	}
	for hash, said := range hashes {
		line, want := "joe:"+hash+":19000:0:99999:7:::\n", "joe "+said+" 19000 99999\n"
		awk := exec.CommandContext(t.Context(), "awk", program)
		awk.Stdin, awk.Stderr = strings.NewReader(line), os.Stderr
		byScript, err := awk.Output()
		if diff := cmp.Diff(want, string(byScript)); err != nil || diff != "" {
			t.Errorf("script, %q: %v (-want +got)\n%s", hash, err, diff)
		}
		r := &rootFiles{root: fstest.MapFS{"etc/shadow": {Data: []byte(line)}}}
		lines, err := r.shadow()
		if diff := cmp.Diff([]string{want}, lines); err != nil || diff != "" {
			t.Errorf("root directory, %q: %v (-want +got)\n%s", hash, err, diff)
		}
	}
}
