package policies

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"reflect"
	"slices"
	"strings"

	"github.com/tomscan/tomscan/evidence"
)

// scopeParameter is the parameter that says which sorts of things are promised. It is accepted on every promise.
const scopeParameter = "scope"

// written is a parameter as an annex promises it.
type written struct {
	want any // normalised
	text string
}

// newPromise returns m promised with these parameters, and with the catalogue's defaults for the others.
func newPromise(m Measure, promised map[string]written) evidence.Promise {
	p := evidence.Promise{Measure: m.ID, Wants: map[string]any{}, Parameters: []evidence.Parameter{}}
	for _, spec := range m.parameters(promised) {
		w, ok := promised[spec.Name]
		if !ok {
			w = m.defaultOf(spec, promised)
		}
		if w.want == nil {
			continue
		}
		p.Wants[spec.Name] = w.want
		p.Parameters = append(p.Parameters, evidence.Parameter{Name: spec.Name, Text: w.text, Promised: ok})
	}
	p.Scope, _ = p.Wants[scopeParameter].([]string)
	p.ID = m.ID
	return p
}

// parameters are m's, and the scope where it is promised though the catalogue has none for m.
func (m Measure) parameters(promised map[string]written) []ParameterSpec {
	_, own := m.Parameter(scopeParameter)
	if _, ok := promised[scopeParameter]; ok && !own {
		return append(slices.Clip(m.Parameters), ParameterSpec{Name: scopeParameter, Type: TypeList})
	}
	return m.Parameters
}

// defaultOf is the catalogue's default of a parameter that is not promised. A default that contradicts what is promised,
// such as a maximum of two years beside a promised minimum of three, does not apply.
func (m Measure) defaultOf(spec ParameterSpec, promised map[string]written) written {
	want, text, err := spec.want(spec.Default)
	if err != nil { // parseCatalogue has tried every default
		return written{}
	}
	if low, high, ok := pair(spec, written{want: want}, promised); ok && low > high {
		return written{}
	}
	return written{want: want, text: text}
}

// pair returns the minimum and the maximum that w, the value of spec, and its promised counterpart make.
func pair(spec ParameterSpec, w written, promised map[string]written) (low, high int, ok bool) {
	if stem, isMin := strings.CutSuffix(spec.Name, "_min"); isMin {
		return ints(w.want, promised[stem+"_max"].want)
	}
	if stem, isMax := strings.CutSuffix(spec.Name, "_max"); isMax {
		return ints(promised[stem+"_min"].want, w.want)
	}
	return 0, 0, false
}

func ints(a, b any) (int, int, bool) {
	low, okLow := a.(int)
	high, okHigh := b.(int)
	return low, high, okLow && okHigh
}

// promiseID is the measure, with @ and eight hexadecimal digits where what is effectively promised differs from the
// catalogue. The digest is taken over the differences alone, so that a parameter that a later catalogue adds leaves
// the ids of old promises as they are.
func promiseID(m Measure, p evidence.Promise) string {
	base := newPromise(m, nil).Wants
	differences := map[string]any{}
	for name, want := range p.Wants {
		if !reflect.DeepEqual(base[name], want) {
			differences[name] = want
		}
	}
	for name := range base {
		if _, ok := p.Wants[name]; !ok {
			differences[name] = nil
		}
	}
	for name, value := range map[string]string{"declared": p.Declared, "provider": p.Provider, "environments": strings.Join(p.Environments, ",")} {
		if value != "" {
			differences["promise."+name] = value
		}
	}
	if len(differences) == 0 {
		return m.ID
	}
	canonical, err := json.Marshal(differences) // sorts the keys
	if err != nil {
		panic("promise of " + m.ID + ": " + err.Error()) // wants are bools, numbers, texts and lists of them
	}
	sum := sha256.Sum256(canonical)
	return m.ID + "@" + hex.EncodeToString(sum[:4])
}
