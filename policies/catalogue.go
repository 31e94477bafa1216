package policies

import (
	"bytes"
	"crypto/sha256"
	_ "embed" // the catalogue is part of the program
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"sync"

	"go.yaml.in/yaml/v3"

	"github.com/tomscan/tomscan/evidence"
)

//go:embed catalogue.yaml
var catalogueYAML []byte

// Catalogue is the list of measures that an annex can promise. It is read-only.
type Catalogue struct {
	Version  int               `yaml:"version"`
	Title    map[string]string `yaml:"title"` // by language
	Groups   []Group           `yaml:"groups"`
	SCCItems map[int]string    `yaml:"scc_annex_ii_items"` // short titles of the places 1 to 18
	Measures []Measure         `yaml:"measures"`
	SHA256   string            `yaml:"-"` // of the catalogue's file
}

// Group is a heading under which measures stand when the catalogue itself is the yardstick.
type Group struct {
	ID   string            `yaml:"id"`
	Name map[string]string `yaml:"name"` // by language
}

// Measure is one technical or organisational measure. Its id is never renamed or reused.
type Measure struct {
	ID          string            `yaml:"id"`
	Group       string            `yaml:"group"`
	Nature      string            `yaml:"nature"` // technical or organisational
	Name        map[string]string `yaml:"name"`   // by language
	Explanation string            `yaml:"explanation"`
	Aliases     []string          `yaml:"aliases"`
	GDPR32      []string          `yaml:"gdpr_32_1"`     // closest letter of GDPR Art. 32(1)
	GDPRAlso    []string          `yaml:"gdpr_also"`     // where the duty itself stands
	SCC         []int             `yaml:"scc_annex_ii"`  // places in the list of Annex II to (EU) 2021/914, 1 to 18
	ISO27001    []string          `yaml:"iso27001_2022"` // controls of Annex A of ISO/IEC 27001:2022
	Collectors  []string          `yaml:"collectors"`    // what can say anything about it
	Parameters  []ParameterSpec   `yaml:"parameters"`
}

// LoadCatalogue returns the catalogue that is part of the program. It is parsed once; a fault in it is a fault in the
// program and panics.
func LoadCatalogue() Catalogue { return embedded() }

var embedded = sync.OnceValue(func() Catalogue {
	c, err := parseCatalogue(catalogueYAML)
	if err != nil {
		panic(fmt.Sprintf("catalogue.yaml: %v", err))
	}
	return c
})

func parseCatalogue(src []byte) (Catalogue, error) {
	var c Catalogue
	dec := yaml.NewDecoder(bytes.NewReader(src))
	dec.KnownFields(true)
	if err := dec.Decode(&c); err != nil {
		return Catalogue{}, err
	}
	sum := sha256.Sum256(src)
	c.SHA256 = hex.EncodeToString(sum[:])
	for _, m := range c.Measures {
		for _, p := range m.Parameters {
			if _, _, err := p.want(p.Default); err != nil {
				return Catalogue{}, fmt.Errorf("%s: default of %s: %w", m.ID, p.Name, err)
			}
		}
	}
	return c, nil
}

// Languages lists the languages in which the catalogue names its measures, sorted.
func Languages() []string { return []string{"da", "de", "en", "no", "sv"} }

// Language returns the catalogue's code of a language: nb and nn are no. It says false for a language that the
// catalogue does not have.
func Language(code string) (string, bool) {
	code = strings.ToLower(code)
	if code == "nb" || code == "nn" {
		code = "no"
	}
	return code, slices.Contains(Languages(), code)
}

// Measure returns the measure with this id.
func (c Catalogue) Measure(id string) (Measure, bool) {
	i := slices.IndexFunc(c.Measures, func(m Measure) bool { return m.ID == id })
	if i < 0 {
		return Measure{}, false
	}
	return c.Measures[i], true
}

// Resolve returns the measure with this id or alias.
func (c Catalogue) Resolve(name string) (Measure, bool) {
	if m, ok := c.Measure(name); ok {
		return m, true
	}
	i := slices.IndexFunc(c.Measures, func(m Measure) bool { return slices.Contains(m.Aliases, name) })
	if i < 0 {
		return Measure{}, false
	}
	return c.Measures[i], true
}

// IDs lists the ids of all measures, sorted.
func (c Catalogue) IDs() []string {
	ids := make([]string, 0, len(c.Measures))
	for _, m := range c.Measures {
		ids = append(ids, m.ID)
	}
	slices.Sort(ids)
	return ids
}

// names lists ids and aliases, ids first.
func (c Catalogue) names() []string {
	names := c.IDs()
	for _, m := range c.Measures {
		names = append(names, m.Aliases...)
	}
	return names
}

// Parameter returns the specification of the parameter with this name.
func (m Measure) Parameter(name string) (ParameterSpec, bool) {
	i := slices.IndexFunc(m.Parameters, func(p ParameterSpec) bool { return p.Name == name })
	if i < 0 {
		return ParameterSpec{}, false
	}
	return m.Parameters[i], true
}

// crosswalk is where other texts ask for a measure, nil for one that is not in the catalogue.
func crosswalk(id string) *evidence.Crosswalk {
	m, ok := LoadCatalogue().Measure(id)
	if !ok {
		return nil
	}
	return &evidence.Crosswalk{GDPR32: m.GDPR32, GDPRAlso: m.GDPRAlso, SCC: m.SCC, ISO27001: m.ISO27001}
}
