package eval

import (
	"slices"
	"strings"

	"github.com/zclconf/go-cty/cty"
)

// Names returns the literal names by which i is known: its own naming attributes, and the identifiers that follow from
// them.
func (r *Root) Names(i *Instance) []string { return slices.Clone(r.namesOf(i)) }

func (r *Root) namesOf(i *Instance) []string {
	r.index.mu.Lock()
	defer r.index.mu.Unlock()
	if names, ok := r.index.names[i]; ok {
		return names
	}
	var names []string
	for _, attr := range i.names() {
		if !ownName(i.Type, attr) {
			continue
		}
		if v := i.Attr(attr).Value(); v.Type() == cty.String && v.IsKnown() && !v.IsNull() && v.AsString() != "" {
			names = append(names, v.AsString())
		}
	}
	slices.Sort(names)
	r.index.names[i] = slices.Compact(names)
	return r.index.names[i]
}

// ownName says whether an attribute of a resource type names the resource itself: bucket, name, identifier, or the
// type's own word as in function_name of aws_lambda_function.
func ownName(typ, attr string) bool {
	switch attr {
	case "id", "arn", "name", "bucket", "identifier":
		return true
	}
	for _, suffix := range []string{"_arn", "_id", "_identifier", "_name"} {
		if stem, ok := strings.CutSuffix(attr, suffix); ok {
			return strings.Contains(typ, stem)
		}
	}
	return false
}
