package aws

import (
	"slices"
	"strings"
	"sync"

	"github.com/tomscan/tomscan/evidence"
)

// positions are the calls that tell the settings of a reader's facts, by its table. They are made once, and all facts
// share them: nobody may change one.
type positions struct {
	told   map[settingName][]evidence.Position // by operations that fill the setting
	listed map[evidence.Kind][]evidence.Position
	fewer  *sync.Map // of settings that some of the operations were not asked for, by fewerKey
}

// fewerKey is a setting, with the operations that were not asked for it.
type fewerKey struct {
	settingName
	unasked string
}

// settingName is a setting as the tables write it, kind.setting.
type settingName struct{ kind, name string }

// positionsOf makes the positions of a reader.
func positionsOf(r reader) positions {
	p := positions{told: map[settingName][]evidence.Position{}, listed: map[evidence.Kind][]evidence.Position{}, fewer: &sync.Map{}}
	for _, o := range r.operations {
		at := evidence.Position{Call: o.fullName(r.service), Role: evidence.RoleDecides}
		for _, full := range o.fills {
			kind, setting, _ := strings.Cut(full, ".")
			name := settingName{kind, setting}
			p.told[name] = append(p.told[name], at)
		}
		for _, kind := range o.lists {
			p.listed[kind] = append(p.listed[kind], at)
		}
	}
	for name, at := range p.told {
		p.told[name] = slices.Clip(at)
	}
	for kind, at := range p.listed {
		p.listed[kind] = slices.Clip(at)
	}
	return p
}

// of are the calls that tell a setting: those that fill it, otherwise those that find the fact. Operations that were not
// asked for this fact, by their full names, have not told anything.
func (p positions) of(kind evidence.Kind, setting string, unasked ...string) []evidence.Position {
	name := settingName{string(kind), setting}
	at, ok := p.told[name]
	if !ok {
		return p.listed[kind]
	}
	if !slices.ContainsFunc(at, func(q evidence.Position) bool { return slices.Contains(unasked, q.Call) }) {
		return at
	}
	key := fewerKey{name, strings.Join(unasked, " ")}
	if known, ok := p.fewer.Load(key); ok {
		return known.([]evidence.Position)
	}
	left := slices.DeleteFunc(slices.Clone(at), func(q evidence.Position) bool { return slices.Contains(unasked, q.Call) })
	known, _ := p.fewer.LoadOrStore(key, slices.Clip(left))
	return known.([]evidence.Position)
}
