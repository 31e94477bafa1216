package capture

import "testing"

func TestPatterns(t *testing.T) {
	tests := []struct {
		pattern, text     string
		match, name, like bool
	}{
		{"*.conf", "a.conf", true, true, true},
		{"*.conf", ".a.conf", true, false, true},
		{".*", ".a", true, true, true},
		{"?", ".", true, false, true},
		{"*", "a/b", false, false, true},
		{"[!a]x", "bx", true, true, false},
		{"[!a]x", "ax", false, false, false},
		{"[", "[", false, false, true},
		{"a*b*c", "a1b2b3c", true, true, true},
		{"a*b*c", "a1b2b3", false, false, false},
		{"", "", true, true, true},
		{"*", "", true, true, true},
		{"?", "", false, false, false},
	}
	for _, tt := range tests {
		got := [3]bool{Match(tt.pattern, tt.text), MatchName(tt.pattern, tt.text), Like(tt.pattern, tt.text)}
		if want := [3]bool{tt.match, tt.name, tt.like}; got != want {
			t.Errorf("%q with %q: %v, want %v", tt.pattern, tt.text, got, want)
		}
	}
}
