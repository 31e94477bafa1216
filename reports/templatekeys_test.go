package reports

import (
	"io/fs"
	"regexp"
	"testing"
)

// TestTemplatesUseKnownPhrases looks up every phrase that the page's templates name.
func TestTemplatesUseKnownPhrases(t *testing.T) {
	w := wordsIn(t, "en")
	uses := regexp.MustCompile(`[({ ](t|n) "([^"]+)"`)
	files, err := fs.Glob(pageFiles, "html/*.tmpl")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		text, err := fs.ReadFile(pageFiles, name)
		if err != nil {
			t.Fatal(err)
		}
		for _, use := range uses.FindAllStringSubmatch(string(text), -1) {
			key := use[2]
			if use[1] == "n" {
				key += ".other"
			}
			if !w.Has(key) {
				t.Errorf("%s: no words for %s", name, key)
			}
		}
	}
}
