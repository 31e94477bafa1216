package reports

import (
	"embed"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/tomscan/tomscan/evidence"
)

//go:embed words/*.json
var wordFiles embed.FS

// Words are the fixed phrases of reports in one language, by key. Every language has the same keys. The zero Words are
// English.
type Words struct {
	language string
	texts    map[string]string
	fields   map[string]evidence.Field // what is known of a setting, by its name
}

// Languages lists the languages of reports, sorted.
func Languages() []string { return []string{"da", "de", "en", "no", "sv"} }

// WordsIn returns the phrases of a language: da, de, en, no (also nb and nn) or sv; a region such as in sv-FI does not
// matter. It fails for any other language, and names those there are.
func WordsIn(language string) (Words, error) {
	name, _, _ := strings.Cut(strings.ReplaceAll(strings.ToLower(language), "_", "-"), "-")
	if name == "nb" || name == "nn" {
		name = "no"
	}
	if !slices.Contains(Languages(), name) {
		return Words{}, fmt.Errorf("unknown language %q; there are %s", language, strings.Join(Languages(), ", "))
	}
	return Words{name, readWords(name), settingsByName()}, nil
}

// settingsByName returns one field per setting's name: a name means the same, in the same unit, in every kind.
func settingsByName() map[string]evidence.Field {
	fields := map[string]evidence.Field{}
	for _, k := range evidence.Kinds() {
		for _, f := range evidence.Fields(k) {
			fields[f.Name] = f
		}
	}
	return fields
}

// readWords reads a language that is embedded, so it cannot fail but for a mistake that the tests find.
func readWords(language string) map[string]string {
	data, err := wordFiles.ReadFile("words/" + language + ".json")
	if err != nil {
		panic(err)
	}
	var texts map[string]string
	if err := json.Unmarshal(data, &texts); err != nil {
		panic(fmt.Errorf("words/%s.json: %w", language, err))
	}
	return texts
}

// english are the words that stand in for the zero Words.
var english = sync.OnceValue(func() Words { //nolint:gochecknoglobals // read once, never changed
	return Words{"en", readWords("en"), settingsByName()}
})

// Language returns the language's code, as the lang attribute of a page has it.
func (w Words) Language() string {
	if w.texts == nil {
		return "en"
	}
	return w.language
}

// Has says whether there is a phrase for key.
func (w Words) Has(key string) bool { _, ok := w.lookup(key); return ok }

// Text returns the phrase of key with every {name} in it replaced by its value, given as name, value, name, value. A
// key without a phrase is returned itself, so that nothing is ever left out.
func (w Words) Text(key string, nameValues ...string) string {
	text, ok := w.lookup(key)
	if !ok {
		return key
	}
	if len(nameValues) == 0 {
		return text
	}
	pairs := make([]string, 0, len(nameValues))
	for i := 0; i+1 < len(nameValues); i += 2 {
		pairs = append(pairs, "{"+nameValues[i]+"}", nameValues[i+1])
	}
	return strings.NewReplacer(pairs...).Replace(text)
}

// Count returns the phrase of key for n things: key.one for one, key.other else, with {n} replaced.
func (w Words) Count(key string, n int, nameValues ...string) string {
	form := key + ".other"
	if n == 1 {
		form = key + ".one"
	}
	return w.Text(form, append(nameValues, "n", strconv.Itoa(n))...)
}

func (w Words) lookup(key string) (string, bool) {
	if w.texts == nil {
		w = english()
	}
	text, ok := w.texts[key]
	return text, ok
}
