package reports

import (
	"embed"
	"fmt"
	"slices"
	"strings"
)

//go:embed schema/*.schema.json
var schemaFiles embed.FS

// Schemas lists the names of the JSON Schemas there are, sorted.
func Schemas() []string { return []string{"report", "snapshot"} }

// Schema returns the JSON Schema (draft 2020-12) of a document that tomscan writes: report or snapshot. Within a major
// version members are only ever added. It fails for any other name, and names those there are.
func Schema(name string) ([]byte, error) {
	if !slices.Contains(Schemas(), name) {
		return nil, fmt.Errorf("unknown schema %q; there are %s", name, strings.Join(Schemas(), ", "))
	}
	return schemaFiles.ReadFile("schema/" + name + ".schema.json")
}
