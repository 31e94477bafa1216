package terraform

import (
	"slices"
	"strings"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/awsrules"
	"github.com/tomscan/tomscan/scanners/terraform/eval"
)

// tlsQuestion asks whether a database refuses connections without TLS. That is a parameter of its parameter group, or
// the default of its engine and version.
type tlsQuestion struct {
	root      *eval.Root
	instance  *eval.Instance
	engine    evidence.Value[string]
	version   eval.Attr
	groups    []eval.Attr // arguments that name a parameter group
	groupType string
}

// required answers the question; the parameter group is nil when none of this root decides.
func (q tlsQuestion) required() (evidence.Value[bool], *eval.Instance) {
	engine, known := q.engine.Get()
	if !known {
		return evidence.NotKnown[bool](q.engine), nil
	}
	for _, name := range q.groups {
		if name.IsUnset() {
			continue
		}
		links := targets(q.root, name, q.groupType)
		for _, group := range links.All {
			return q.inGroup(engine, group), group
		}
		text := name.Text(evidence.Value[string]{})
		if got, known := text.Get(); known && strings.HasPrefix(got, "default.") {
			return q.byDefault(engine, evidence.Known(awsrules.VersionOfFamily(got)), name.At()), nil
		}
		return evidence.Unresolved[bool](firstOr(links.Orphans, "not_declared_here", "attribute", "parameter_group")).At(name.At()), nil
	}
	return q.byDefault(engine, q.version.Text(evidence.Known("")), q.instance.At(evidence.RoleDefaults)), nil
}

// inGroup looks the parameter up in a group; a group that does not set it has the default of its family.
func (q tlsQuestion) inGroup(engine string, group *eval.Instance) evidence.Value[bool] {
	parameters := group.Blocks("parameter")
	var open []evidence.Reason
	for _, parameter := range parameters.All {
		name, known := parameter.Attr("name").Text(evidence.Known("")).Get()
		if !known {
			open = append(open, parameter.Attr("name").Why())
			continue
		}
		if slices.Contains(awsrules.TLSParameters(engine), strings.ToLower(name)) {
			return evidence.Map(parameter.Attr("value").Text(evidence.Value[string]{}), awsrules.IsOn)
		}
	}
	open = append(open, parameters.More...)
	if len(open) > 0 {
		return evidence.Unresolved[bool](open[0]).At(group.At(evidence.RoleDecides))
	}
	family := evidence.Map(group.Attr("family").Text(evidence.Known("")), awsrules.VersionOfFamily)
	return q.byDefault(engine, family, group.At(evidence.RoleDefaults))
}

// byDefault is what the engine does without the parameter.
func (q tlsQuestion) byDefault(engine string, version evidence.Value[string], at evidence.Position) evidence.Value[bool] {
	return awsrules.TLSByDefault(engine, version).At(at)
}
