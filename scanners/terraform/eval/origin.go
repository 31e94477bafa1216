package eval

import (
	"strings"

	"github.com/zclconf/go-cty/cty"
)

// Origin says where the text of an attribute comes from.
type Origin string

// The origins.
const (
	OriginUnresolved  Origin = "unresolved"   // the code does not tell
	OriginLiteral     Origin = "literal"      // written in the code: the resource, a local, a variable's default, a variables file
	OriginVariable    Origin = "variable"     // a variable that the code gives no value
	OriginGenerated   Origin = "generated"    // a resource that makes it up, such as random_password
	OriginSecretStore Origin = "secret-store" // a secret store's data source or resource
)

// inputMark marks the value of a root variable that came from outside of the code: the environment or the command line.
type inputMark struct{ name string }

// secretStores are the types whose attributes hold or hand out secrets; a trailing * matches any ending.
var secretStores = []string{
	"aws_secretsmanager_*", "aws_ssm_parameter", "aws_ssm_parameters_by_path", "aws_kms_secrets", "vault_*",
	"azurerm_key_vault_secret", "google_secret_manager_secret_version",
}

// generators are the types that make up secrets.
var generators = []string{"random_*", "tls_private_key", "aws_iam_access_key", "htpasswd_password"}

// Origin says where the value comes from. An unset attribute has no origin: OriginUnresolved.
func (a Attr) Origin() Origin {
	if a.IsUnset() {
		return OriginUnresolved
	}
	return OriginOf(a.value)
}

// OriginOf says where a value comes from, such as a part of a document.
func OriginOf(v cty.Value) Origin {
	input, missing := false, false
	for m := range marksOf(v) {
		switch m := m.(type) {
		case Ref:
			if typ := typeOf(m.Address); matchesAny(secretStores, typ) {
				return OriginSecretStore
			}
		case inputMark:
			input = true
		case whyMark:
			missing = missing || m.code == "variable_without_value"
		}
	}
	for _, ref := range RefsOf(v) {
		if matchesAny(generators, typeOf(ref.Address)) {
			return OriginGenerated
		}
	}
	plain, _ := v.UnmarkDeep()
	switch {
	case input || missing:
		return OriginVariable
	case plain.IsWhollyKnown():
		return OriginLiteral
	}
	return OriginUnresolved
}

// typeOf returns the resource type in an address: module.a["x"].data.aws_x.y[0] has aws_x.
func typeOf(address string) string {
	parts := splitAddress(address)
	for len(parts) > 2 && parts[0] == "module" {
		parts = parts[2:]
	}
	if len(parts) > 1 && parts[0] == "data" {
		parts = parts[1:]
	}
	if len(parts) == 0 {
		return ""
	}
	return parts[0]
}

// splitAddress splits an address at its dots, those within brackets excepted.
func splitAddress(address string) []string {
	var parts []string
	start, quoted := 0, false
	for i := 0; i < len(address); i++ {
		switch c := address[i]; {
		case c == '\\' && quoted:
			i++
		case c == '"':
			quoted = !quoted
		case c == '.' && !quoted:
			parts = append(parts, address[start:i])
			start = i + 1
		}
	}
	return append(parts, address[start:])
}

// matchesAny says whether typ is among patterns.
func matchesAny(patterns []string, typ string) bool {
	for _, p := range patterns {
		if prefix, ok := strings.CutSuffix(p, "*"); ok && strings.HasPrefix(typ, prefix) || p == typ {
			return true
		}
	}
	return false
}
