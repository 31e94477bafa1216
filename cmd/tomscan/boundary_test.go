package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestFindBoundary(t *testing.T) {
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(dir)
	for _, name := range []string{"repo/.git/HEAD", "repo/envs/app/main.tf", "repo/envs/db/main.tf", "plain/a/main.tf", "plain/b/main.tf"} {
		writeTestFile(t, name, "")
	}
	if err := os.Symlink("../repo/envs", "plain/link"); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name     string
		paths    []string
		override string
		dir      string
		inside   []string
		err      string
	}{
		{name: "nearest repository", paths: []string{"repo/envs/app"}, dir: "repo", inside: []string{"envs/app"}},
		{name: "the repository itself", paths: []string{"repo"}, dir: "repo", inside: []string{"."}},
		{name: "a file", paths: []string{"repo/envs/app/main.tf"}, dir: "repo", inside: []string{"envs/app/main.tf"}},
		{name: "sorted, once each", paths: []string{"repo/envs/db", "repo/envs/app", "repo/envs/db"}, dir: "repo", inside: []string{"envs/app", "envs/db"}},
		{name: "no repository", paths: []string{"plain/a"}, dir: "plain/a", inside: []string{"."}},
		{name: "override", paths: []string{"plain/a", "plain/b"}, override: "plain", dir: "plain", inside: []string{"a", "b"}},
		{name: "links are resolved first", paths: []string{"plain/link/app"}, dir: "repo", inside: []string{"envs/app"}},
		{name: "outside", paths: []string{"plain/a", "plain/b"}, err: "plain/b: outside the boundary"},
		{name: "link outside an override", paths: []string{"plain/link"}, override: "plain", err: "plain/link: outside the boundary"},
		{name: "missing", paths: []string{"nowhere"}, err: "nowhere: no such file or directory"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := findBoundary(c.paths, c.override)
			if c.err != "" {
				if err == nil || !strings.Contains(err.Error(), c.err) {
					t.Fatalf("error %v, want %q", err, c.err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			want := boundary{dir: filepath.Join(dir, c.dir), paths: c.inside}
			if d := cmp.Diff(got, want, cmp.AllowUnexported(boundary{})); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestHeadCommit(t *testing.T) {
	const id = "0123456789abcdef0123456789abcdef01234567"
	for _, c := range []struct {
		name  string
		files map[string]string
		want  string
	}{
		{name: "no repository"},
		{name: "detached", files: map[string]string{".git/HEAD": id + "\n"}, want: id},
		{name: "branch", files: map[string]string{".git/HEAD": "ref: refs/heads/main\n", ".git/refs/heads/main": id + "\n"}, want: id},
		{name: "packed", want: id, files: map[string]string{
			".git/HEAD": "ref: refs/heads/main\n", ".git/packed-refs": "# pack-refs with: peeled\n" + id + " refs/heads/main\n"}},
		{name: "worktree", want: id, files: map[string]string{
			".git": "gitdir: main/.git/worktrees/w\n", "main/.git/worktrees/w/HEAD": "ref: refs/heads/w\n",
			"main/.git/worktrees/w/commondir": "../..\n", "main/.git/refs/heads/w": id + "\n"}},
		{name: "no commit yet", files: map[string]string{".git/HEAD": "ref: refs/heads/main\n"}},
		{name: "reference out of the repository", files: map[string]string{".git/HEAD": "ref: refs/../../secret\n", "secret": id}},
		{name: "no commit id", files: map[string]string{".git/HEAD": "a password\n"}},
		{name: "not a git file", files: map[string]string{".git": "a password\n"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			for name, content := range c.files {
				writeTestFile(t, filepath.Join(dir, name), content)
			}
			if got := headCommit(dir); got != c.want {
				t.Errorf("headCommit = %q, want %q", got, c.want)
			}
		})
	}
}
