package apache_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/tomscan/tomscan/scanners/server/apache"
	"github.com/tomscan/tomscan/scanners/server/capture"
)

// TestIncludesThatMultiply: files that include all others make a bounded tree.
func TestIncludesThatMultiply(t *testing.T) {
	files := map[string]string{}
	for n := range 100 {
		files[fmt.Sprintf("/d/%d", n)] = strings.Repeat("Include /d/*\nInclude /d\n", 500)
	}
	tree := apache.Read(capture.MemoryOf(files), apache.Options{Main: "/d/0", Root: "/"})
	if count := len(tree.Directives); count > 1_100_000 || len(tree.Files) > 21_000 {
		t.Errorf("%d directives of %d files", count, len(tree.Files))
	}
}

// TestMacrosThatMultiply: macros that use each other twice make a bounded tree, and say that something is missing. httpd refuses one that
// uses itself: "recursive use of macro". https://httpd.apache.org/docs/2.4/mod/mod_macro.html
func TestMacrosThatMultiply(t *testing.T) {
	chain := "<Macro m0>\nListen 1\n</Macro>\n"
	for n := range 18 {
		chain += fmt.Sprintf("<Macro m%d>\nUse m%d\nUse m%d\n</Macro>\n", n+1, n, n)
	}
	tests := []struct {
		name, text, want string
		most             int // directives
	}{
		{"a macro that uses itself", "<Macro a>\nUse A\nuse a\n</Macro>\nUse a\n", "httpd would not start with it", 2},
		{"two macros that use each other", "<Macro a>\nUse b\nUse b\n</Macro>\n<Macro b>\nUse a\nUse a\n</Macro>\nUse a\n", "httpd would not start with it", 4},
		{"a long chain", chain + "Use m18\n", "too many includes", 300_000},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tree := apache.Read(capture.MemoryOf(map[string]string{"/m": tt.text}), apache.Options{Main: "/m", Root: "/"})
			if len(tree.Directives) > tt.most {
				t.Errorf("%d directives", len(tree.Directives))
			}
			for _, d := range tree.Directives {
				if d.Doubt != nil && strings.Contains(d.Doubt.Err.Error(), tt.want) {
					return
				}
			}
			t.Errorf("nothing says %q", tt.want)
		})
	}
}

// TestVariablesThatMultiply: each is twice another, and lines stay bounded and say that something is missing.
func TestVariablesThatMultiply(t *testing.T) {
	text, env := "Define a0 aaaaaaaa\n", "export a0=aaaaaaaa\n"
	for n := range 60 {
		text += fmt.Sprintf("Define a%d ${a%d}${a%d}\n", n+1, n, n)
		env += fmt.Sprintf("export a%d=$a%d$a%d\n", n+1, n, n)
	}
	tree := apache.Read(capture.MemoryOf(map[string]string{"/m": text + "ServerName ${a60}\n"}), apache.Options{Main: "/m", Root: "/"})
	if d := tree.Directives[0]; len(d.Raw) > 64<<20 || d.Doubt == nil {
		t.Errorf("a line of %d bytes, in doubt because of %v", len(d.Raw), d.Doubt)
	}
	for name, value := range apache.Env(env) {
		if len(value) > 1<<16 {
			t.Errorf("%s of the environment has %d bytes", name, len(value))
		}
	}
}
