package policies

import (
	"embed"
	"fmt"
)

//go:embed starting/annex.*.hcl
var startingAnnexes embed.FS

// StartingAnnex returns a commented annex file to start from, with the headings that agreements in this language
// usually have. The error lists the languages.
func StartingAnnex(language string) ([]byte, error) {
	code, ok := Language(language)
	if !ok {
		return nil, fmt.Errorf("no starting annex in %q: the languages are %v", clip(language), Languages())
	}
	return startingAnnexes.ReadFile("starting/annex." + code + ".hcl")
}
