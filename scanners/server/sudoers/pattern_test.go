package sudoers

import "testing"

func TestPatterns(t *testing.T) {
	for _, c := range []struct {
		pattern, text string
		at            place
		want          result
	}{
		{"/usr/bin/*", "/usr/bin/true", ofPaths, allowed},
		{"/usr/*", "/usr/bin/true", ofPaths, unspecified},
		{"/usr/*/t*e", "/usr/bin/true", ofPaths, allowed},
		{"/usr/bin/*", "/usr/bin/.hidden", ofPaths, unspecified},
		{"/usr/bin/.*", "/usr/bin/.hidden", ofPaths, allowed},
		{"/usr/bin/[!e]*", "/usr/bin/true", ofPaths, allowed},
		{"/usr/bin/[!e]*", "/usr/bin/echo", ofPaths, unspecified},
		{"/usr/bin/?rue", "/usr/bin/true", ofPaths, allowed},
		{"/usr[/]bin/true", "/usr/bin/true", ofPaths, unspecified},
		{"/bin/[[:alpha:]]*", "/bin/a", ofPaths, unknown},
		{"*", "", ofWords, allowed},
		{"a *", "a b/c d", ofWords, allowed},
		{"a *", "a", ofWords, unspecified},
		{"?", "", ofWords, unspecified},
		{`\*`, "*", ofWords, allowed},
		{`\*`, "a", ofWords, unspecified},
		{"[a", "[a", ofWords, allowed},
		{"[]a]", "]", ofWords, allowed},
		{"[a-c]x*y", "bx--y-y", ofWords, allowed},
		{"[a-c]x*y", "dxy", ofWords, unspecified},
		{"*a*a*a*b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", ofWords, unspecified},
	} {
		if got := matches(c.pattern, c.text, c.at); got != c.want {
			t.Errorf("%s of %q: got %d, want %d", c.pattern, c.text, got, c.want)
		}
	}
}

func TestExpressions(t *testing.T) {
	for _, c := range []struct {
		pattern, text string
		want          result
	}{
		{"^/usr/bin/(true|echo)$", "/usr/bin/true", allowed},
		{"^/usr/bin/(true|echo)$", "/usr/bin/printf", unspecified},
		{`^/a\.b$`, "/a.b", allowed},
		{"^[a-c]+$", "abc", allowed},
		{"^[^a]*$", "abc", unspecified},
		{`^\w+$`, "abc", unknown},
		{"^a{2}$", "aa", unknown},
		{"^a**$", "aa", unknown},
		{"^[[:alpha:]]$", "a", unknown},
		{"^(?i)a$", "A", unknown},
		{"^(a$", "a", unknown},
	} {
		if got := expression(c.pattern, c.text); got != c.want {
			t.Errorf("%s of %q: got %d, want %d", c.pattern, c.text, got, c.want)
		}
	}
}

func FuzzMatches(f *testing.F) {
	f.Add("/usr/*/[a-c]?", "/usr/bin/a")
	f.Add(`\*[!]x`, "*[")
	f.Fuzz(func(t *testing.T, pattern, text string) {
		if matches(pattern, text, ofWords) == allowed && matches("*"+pattern, text, ofWords) == unspecified {
			t.Errorf("%q of %q, but not with a * before it", pattern, text)
		}
	})
}
