package nginx

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/scanners/server/capture"
)

// load reads one file.
func load(t *testing.T, text string) Config {
	t.Helper()
	c, err := Load(capture.MemoryOf(map[string]string{"/etc/nginx/nginx.conf": text}), "/etc/nginx/nginx.conf")
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// outline is the tree as nested lists of words.
func outline(block []*Directive) []any {
	all := []any{}
	for _, d := range block {
		words := append([]string{d.Name}, d.Args...)
		if d.Opens {
			all = append(all, words, outline(d.Block))
			continue
		}
		all = append(all, words)
	}
	return all
}

func TestWords(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []any
	}{
		{"quotes", `a "b c" 'd "e"';`, []any{[]string{"a", "b c", `d "e"`}}},
		{"escapes", `a b\;c "d\"e" f\g "\t\\";`, []any{[]string{"a", `b\;c`, `d"e`, `f\g`, "\t\\"}}},
		{"escapes in a pattern", `if ($a ~ P\{O\)) { }`, []any{[]string{"if", "($a", "~", `P\{O\))`}, []any{}}},
		{"a variable in braces", `a ${b}c{d;}`, []any{[]string{"a", "${b}c"}, []any{[]string{"d"}}}},
		{"a comment only at the start of a word", "a b#c # d\n;", []any{[]string{"a", "b#c"}}},
		{"a parenthesis after a quote", `if ($a = "b") { }`, []any{[]string{"if", "($a", "=", "b", ")"}, []any{}}},
		{"Lua", "content_by_lua_block { if x then y = {1, \"}\", [[}]]} end -- }\n } a;", []any{[]string{"content_by_lua_block"}, []any{}, []string{"a"}}},
		{"a quote inside a word", `a b"c" d;`, []any{[]string{"a", `b"c"`, "d"}}},
		{"a line break in quotes", "a \"b\nc\"; d;", []any{[]string{"a", "b\nc"}, []string{"d"}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, outline(load(t, c.text).Main)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestWhatNginxRefuses(t *testing.T) {
	for _, text := range []string{"a", "a {", "}", "a { ; }", ";", "{", `a "b`, `a "b"c;`, "a { b }", "x_by_lua_block { '}"} {
		_, err := Load(capture.MemoryOf(map[string]string{"/n.conf": text}), "/n.conf")
		if !errors.Is(err, errSyntax) {
			t.Errorf("%q: %v, want a syntax error", text, err)
		}
	}
}

func TestIncludes(t *testing.T) {
	files := capture.MemoryOf(map[string]string{
		"/etc/nginx/nginx.conf":       "include conf.d/*.conf; include /etc/nginx/none/*.conf; z;",
		"/etc/nginx/conf.d/b.conf":    "include extra.conf;",
		"/etc/nginx/conf.d/a.conf":    "a;",
		"/etc/nginx/conf.d/.h.conf":   "hidden;",
		"/etc/nginx/conf.d/c.other":   "other;",
		"/etc/nginx/extra.conf":       "from_the_main_directory;",
		"/etc/nginx/conf.d/extra.con": "x;",
	})
	got, err := Load(files, "/etc/nginx/nginx.conf")
	if err != nil {
		t.Fatal(err)
	}
	want := []any{[]string{"a"}, []string{"from_the_main_directory"}, []string{"z"}}
	if diff := cmp.Diff(want, outline(got.Main)); diff != "" {
		t.Error(diff)
	}
	wantFiles := []string{"/etc/nginx/nginx.conf", "/etc/nginx/conf.d/a.conf", "/etc/nginx/conf.d/b.conf", "/etc/nginx/extra.conf"}
	if diff := cmp.Diff(wantFiles, got.Files); diff != "" {
		t.Error(diff)
	}
}

func TestWhatWasNotCollectedStaysUnread(t *testing.T) {
	files := capture.NewMemory("/etc/nginx")
	files.Add("/etc/nginx/nginx.conf", capture.Info{}, []byte("a; include /opt/x.conf; include /opt/*.conf; b;"), nil)
	got, err := Load(files, "/etc/nginx/nginx.conf")
	if err != nil {
		t.Fatal(err)
	}
	for n, unread := range []bool{false, true, true, false} {
		if (got.Main[n].Unread != nil) != unread {
			t.Errorf("%s: unread %v", got.Main[n].Text(), got.Main[n].Unread)
		}
	}
}

func TestAFileThatIncludesItself(t *testing.T) {
	_, err := Load(capture.MemoryOf(map[string]string{"/n.conf": "a; include n.conf;"}), "/n.conf")
	if !errors.Is(err, errLimit) {
		t.Errorf("%v, want the limit", err)
	}
}
