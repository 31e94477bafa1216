package awsrules

import (
	"slices"
	"strconv"
	"strings"

	"github.com/tomscan/tomscan/evidence"
)

// TLSParameters are the names of the parameter that refuses plain connections.
func TLSParameters(engine string) []string {
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

// IsOn reads the value of a parameter: engines write on, enabled, 1 and true alike.
func IsOn(value string) bool {
	switch strings.ToLower(value) {
	case "1", "on", "true", "enabled", "fips-140-3", "tls1.2+", "tls1.3+":
		return true
	}
	return false
}

// TLSByDefault says whether an engine of a version refuses connections without TLS where no parameter says so. A version
// is written as the vendor does, 15.4 or 8.0.mysql_aurora.3.05.2.
func TLSByDefault(engine string, version evidence.Value[string]) evidence.Value[bool] {
	rule, ok := tlsDefaultOf(engine)
	if !ok {
		return evidence.Unresolved[bool](evidence.Because("engine_not_understood", "engine", engine))
	}
	if rule.since == nil {
		return evidence.Default(rule.always, rule.doc)
	}
	got, known := version.Get()
	if !known {
		return evidence.NotKnown[bool](version)
	}
	number, ok := parseVersion(got)
	if !ok {
		return evidence.Unresolved[bool](evidence.Because("engine_version_not_known", "engine", engine))
	}
	return evidence.Default(slices.Compare(number, rule.since) >= 0, rule.doc)
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

// VersionOfFamily cuts the version from the family of a parameter group or from the name of a default group:
// aurora-postgresql16, mariadb11.8, default.mysql8.0, sqlserver-se-15.0.
func VersionOfFamily(family string) string {
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
