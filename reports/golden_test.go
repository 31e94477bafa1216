package reports

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/evidence"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestGolden renders the fixture in every format, and the table also in other widths and languages.
func TestGolden(t *testing.T) {
	for _, f := range Formats() {
		golden(t, "report"+f.Extension, render(t, f.Render, fixture(), Options{Width: 80}))
	}
	golden(t, "wide.txt", render(t, Table, fixture(), Options{Width: 140}))
	golden(t, "color.txt", render(t, Table, fixture(), Options{Width: 80, Color: true}))
	for _, language := range Languages() {
		golden(t, language+".txt", render(t, Table, fixture(), Options{Words: wordsIn(t, language), Width: 80}))
	}
}

// TestRenderingTwiceGivesTheSameBytes renders every format from two equal reports.
func TestRenderingTwiceGivesTheSameBytes(t *testing.T) {
	for _, f := range Formats() {
		if a, b := render(t, f.Render, fixture(), Options{}), render(t, f.Render, fixture(), Options{}); !bytes.Equal(a, b) {
			t.Errorf("%s: two renderings differ", f.Name)
		}
	}
}

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", "golden", name)
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v; run go test ./reports -update", err)
	}
	if diff := cmp.Diff(string(got), string(want)); diff != "" {
		t.Errorf("%s (-got +want); if it is meant to change, run go test ./reports -update:\n%s", name, diff)
	}
}

func render(t testing.TB, f Renderer, r evidence.Report, o Options) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := f(&b, r, o); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func wordsIn(t testing.TB, language string) Words {
	t.Helper()
	w, err := WordsIn(language)
	if err != nil {
		t.Fatal(err)
	}
	return w
}
