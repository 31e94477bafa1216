package terraform

import (
	"slices"
	"strconv"
	"strings"

	"github.com/tomscan/tomscan/evidence"
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
			return q.byDefault(engine, evidence.Known(versionOfFamily(got)), name.At()), nil
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
		if slices.Contains(tlsParameters(engine), strings.ToLower(name)) {
			return evidence.Map(parameter.Attr("value").Text(evidence.Value[string]{}), isOn)
		}
	}
	open = append(open, parameters.More...)
	if len(open) > 0 {
		return evidence.Unresolved[bool](open[0]).At(group.At(evidence.RoleDecides))
	}
	family := evidence.Map(group.Attr("family").Text(evidence.Known("")), versionOfFamily)
	return q.byDefault(engine, family, group.At(evidence.RoleDefaults))
}

// tlsParameters are the names of the parameter that refuses plain connections.
func tlsParameters(engine string) []string {
	switch {
	case engine == "docdb":
		return []string{"tls"}
	case engine == "neptune":
		return []string{"neptune_enforce_ssl"}
	case engine == "redshift":
		return []string{"require_ssl"}
	case strings.Contains(engine, "mysql"), strings.Contains(engine, "mariadb"), engine == "aurora":
		return []string{"require_secure_transport"}
	}
	return []string{"rds.force_ssl"}
}

// isOn reads the value of a parameter: engines write on, enabled, 1 and true alike.
func isOn(value string) bool {
	switch strings.ToLower(value) {
	case "1", "on", "true", "enabled", "fips-140-3", "tls1.2+", "tls1.3+":
		return true
	}
	return false
}

// byDefault is what the engine does without the parameter.
func (q tlsQuestion) byDefault(engine string, version evidence.Value[string], at evidence.Position) evidence.Value[bool] {
	rule, ok := tlsDefaultOf(engine)
	if !ok {
		return evidence.Unresolved[bool](evidence.Because("engine_not_understood", "engine", engine)).At(at)
	}
	if rule.since == nil {
		return evidence.Default(rule.always, rule.doc).At(at)
	}
	got, known := version.Get()
	if !known {
		return evidence.NotKnown[bool](version).At(at)
	}
	number, ok := parseVersion(got)
	if !ok {
		return evidence.Unresolved[bool](evidence.Because("engine_version_not_known", "engine", engine)).At(at)
	}
	return evidence.Default(slices.Compare(number, rule.since) >= 0, rule.doc).At(at)
}

// tlsDefault is what an engine does with connections without TLS: it refuses them from a version on, or always, or never.
type tlsDefault struct {
	since  []int
	always bool
	doc    string
}

func tlsDefaultOf(engine string) (tlsDefault, bool) {
	const user, aurora = "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/", "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/"
	switch {
	case engine == "postgres":
		return tlsDefault{since: []int{15}, doc: user + "PostgreSQL.Concepts.General.SSL.html"}, true
	case engine == "aurora-postgresql":
		return tlsDefault{since: []int{17}, doc: aurora + "AuroraPostgreSQL.Security.html"}, true
	case engine == "mariadb":
		return tlsDefault{since: []int{11, 8}, doc: user + "mariadb-ssl-connections.require-ssl.html"}, true
	case engine == "mysql":
		return tlsDefault{doc: user + "mysql-ssl-connections.require-ssl.html"}, true
	case engine == "aurora-mysql":
		return tlsDefault{since: []int{8, 4}, doc: aurora + "AuroraMySQL.Compare-v3-v84.html"}, true
	case engine == "aurora":
		return tlsDefault{doc: aurora + "AuroraMySQL.Security.html"}, true
	case strings.HasPrefix(engine, "sqlserver"):
		return tlsDefault{doc: user + "SQLServer.Concepts.General.SSL.Using.html"}, true
	case engine == "docdb":
		return tlsDefault{always: true, doc: "https://docs.aws.amazon.com/documentdb/latest/developerguide/security.encryption.ssl.html"}, true
	case engine == "neptune":
		return tlsDefault{always: true, doc: "https://docs.aws.amazon.com/neptune/latest/userguide/security-ssl.html"}, true
	case engine == "redshift":
		return tlsDefault{since: []int{2}, doc: "https://docs.aws.amazon.com/redshift/latest/mgmt/connecting-ssl-support.html"}, true
	}
	return tlsDefault{}, false
}

// versionOfFamily cuts the version from the family of a parameter group or from the name of a default group:
// aurora-postgresql16, mariadb11.8, default.mysql8.0, sqlserver-se-15.0.
func versionOfFamily(family string) string {
	at := strings.LastIndexFunc(family, func(c rune) bool { return (c < '0' || c > '9') && c != '.' })
	return strings.Trim(family[at+1:], ".")
}

// parseVersion reads the first two numbers of a version.
func parseVersion(version string) ([]int, bool) {
	var numbers []int
	for _, part := range strings.SplitN(version, ".", 3) {
		n, err := strconv.Atoi(part)
		if err != nil || len(numbers) == 2 {
			break
		}
		numbers = append(numbers, n)
	}
	return numbers, len(numbers) > 0
}
