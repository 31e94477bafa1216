package aws

import (
	"slices"
	"strings"

	"github.com/tomscan/tomscan/evidence"
)

// positions are the calls that tell the settings of a reader's facts, by its table. They are made once, and all facts
// share them: nobody may change one.
type positions struct {
	told   map[settingName][]evidence.Position // by operations that fill the setting
	listed map[evidence.Kind][]evidence.Position
}

// settingName is a setting as the tables write it, kind.setting.
type settingName struct{ kind, name string }

// positionsOf makes the positions of a reader.
func positionsOf(r reader) positions {
	p := positions{told: map[settingName][]evidence.Position{}, listed: map[evidence.Kind][]evidence.Position{}}
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

// of are the calls that tell a setting: those that fill it, otherwise those that find the fact.
func (p positions) of(kind evidence.Kind, setting string) []evidence.Position {
	if at, ok := p.told[settingName{string(kind), setting}]; ok {
		return at
	}
	return p.listed[kind]
}
