package capture

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// follow reads a file in which each word is the name of another.
func follow(i *Includes, name string) error {
	return i.Lines(name, func(line string, _ int) error {
		if line == "wrong" {
			return errors.ErrUnsupported
		}
		for word := range strings.FieldsSeq(line) {
			i.Miss(word, follow(i, word))
		}
		return nil
	})
}

func TestIncludesRememberWhatTheyRead(t *testing.T) {
	i := Includes{From: MemoryOf(map[string]string{"/a": "/b /none\r\n/c\n", "/b": "", "/c": "\nwrong\n/b"}), Depth: 1}
	if err := follow(&i, "/a"); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"/a", "/b", "/c"}, i.Files); diff != "" {
		t.Error(diff)
	}
	if len(i.Unread) != 2 || i.Unread[0].Path != "/none" || !errors.Is(i.Unread[0].Err, fs.ErrNotExist) || !errors.Is(i.Unread[1].Err, errors.ErrUnsupported) ||
		!strings.HasPrefix(i.Unread[1].Err.Error(), "/c:2: ") {
		t.Error(i.Unread)
	}
}

// TestIncludesEnd holds that files which include themselves, or multiply without including themselves, end, and say that they were not
// read whole.
func TestIncludesEnd(t *testing.T) {
	chain := map[string]string{"/10": ""}
	for n := range 10 {
		chain[fmt.Sprintf("/%d", n)] = strings.Repeat(fmt.Sprintf("/%d ", n+1), 40)
	}
	for name, files := range map[string]map[string]string{
		"one that includes itself":                     {"/0": "/0"},
		"one that includes itself many times":          {"/0": strings.Repeat("/0\n", 40)},
		"ten of which each includes the next 40 times": chain,
	} {
		i := Includes{From: MemoryOf(files), Depth: 20}
		if err := follow(&i, "/0"); err != nil {
			t.Fatal(err)
		}
		tooMany := func() bool {
			for _, u := range i.Unread {
				if errors.Is(u.Err, ErrTooMany) {
					return true
				}
			}
			return false
		}
		if !tooMany() || len(i.Files) > includesLimit || len(i.Unread) > unreadLimit {
			t.Errorf("%s: %d files, unread %d", name, len(i.Files), len(i.Unread))
		}
	}
}

// TestIncludesLieAsDeepAsTheDaemonFollowsThem holds that the files at the limit itself are still read.
func TestIncludesLieAsDeepAsTheDaemonFollowsThem(t *testing.T) {
	for depth, deep := range map[int]bool{1: false, 2: true} {
		i := Includes{From: MemoryOf(map[string]string{"/a": "/b", "/b": "/c", "/c": ""}), Depth: depth}
		if err := follow(&i, "/a"); err != nil || (len(i.Unread) == 0) != deep {
			t.Errorf("depth %d: %v, %v", depth, err, i.Unread)
		}
	}
}
