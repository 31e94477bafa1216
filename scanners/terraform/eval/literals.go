package eval

import (
	"strings"

	"github.com/zclconf/go-cty/cty"
)

// variableLiterals records the defaults of variables that look or are declared sensitive, and the credentials that
// providers are given in the code.
func (r *run) variableLiterals(conf *config) {
	for _, name := range sortedKeys(conf.variables) {
		v := conf.variables[name]
		a := v.block.body.get("default")
		if a == nil {
			continue
		}
		if value, ok := constantOf(a.expr.hcl); ok && v.holdsSecret(value) {
			r.out.Literals = append(r.out.Literals, Literal{Name: name, At: a.at.bare()})
		}
	}
	r.providerLiterals(conf)
}

// providerLiterals records the credentials that are written into provider blocks, as provider.aws.secret_key.
func (r *run) providerLiterals(conf *config) {
	for _, name := range sortedKeys(conf.providers) {
		for _, argument := range []string{"access_key", "api_key", "password", "secret_key", "token"} {
			a := conf.providers[name].body.get(argument)
			if a == nil {
				continue
			}
			if value, ok := constantOf(a.expr.hcl); ok && holdsText(value) {
				r.out.Literals = append(r.out.Literals, Literal{Name: "provider." + name + "." + argument, At: a.at.bare()})
			}
		}
	}
}

// fileLiteral records the assignment of a variable that looks or is declared sensitive in a variables file.
func (r *run) fileLiteral(v *variable, value cty.Value, at place) {
	if v.holdsSecret(value) {
		r.out.Literals = append(r.out.Literals, Literal{Name: v.name, At: at.bare()})
	}
}

// holdsSecret says whether a value of the variable is a secret: the variable is declared sensitive, or it is called like
// a secret and neither its description nor the value says that it only tells where one is kept.
func (v *variable) holdsSecret(value cty.Value) bool {
	switch {
	case v.typ.ty == cty.Bool || v.typ.ty == cty.Number || !holdsText(value):
		return false
	case v.sensitive:
		return true
	case !secretName(v.name):
		return false
	case isSecretItself(v.name) && !v.tellsPlace():
		return anyText(value, func(text string) bool { return text != "" && !isPath(text) })
	}
	return anyText(value, looksRandom)
}

// tellsPlace says whether the description speaks of a name or a path.
func (v *variable) tellsPlace() bool {
	a := v.block.body.get("description")
	if a == nil {
		return false
	}
	text, ok := constantOf(a.expr.hcl)
	return ok && anyText(text, func(text string) bool {
		text = strings.ToLower(text)
		for _, words := range []string{"arn of", "key to save", "name for", "name of", "name store", "path"} {
			if strings.Contains(text, words) {
				return true
			}
		}
		return false
	})
}

// holdsText says whether there is a non-empty text in a value.
func holdsText(v cty.Value) bool { return anyText(v, func(text string) bool { return text != "" }) }

// anyText says whether is holds for a text in a value, however deep.
func anyText(v cty.Value, is func(string) bool) bool {
	v, _ = v.UnmarkDeep()
	switch {
	case !v.IsKnown() || v.IsNull():
		return false
	case v.Type() == cty.String:
		return is(v.AsString())
	case v.CanIterateElements():
		for it := v.ElementIterator(); it.Next(); {
			if _, element := it.Element(); anyText(element, is) {
				return true
			}
		}
	}
	return false
}

// secretName says whether a name is of a secret itself, rather than of where one is kept.
func secretName(name string) bool {
	name = strings.ToLower(name)
	for _, suffix := range []string{"_arn", "_id", "_name", "_names", "_path", "_prefix", "_length", "_enabled", "_policy",
		"_rotation", "_type", "_version", "_ttl", "_days", "_age", "_file", "_alias", "_arns", "_ids"} {
		if strings.HasSuffix(name, suffix) && name != "secret_access_key_id" {
			return false
		}
	}
	for _, word := range secretWords() {
		if strings.Contains(name, word) {
			return true
		}
	}
	return false
}

// secretWords lists the words that names of secrets have in them.
func secretWords() []string {
	return []string{
		"access_key", "accesskey", "api_key", "apikey", "auth_key", "authkey", "client_key", "connection_string", "credential",
		"encryption_key", "license_key", "passphrase", "passwd", "password", "private_key", "privatekey", "pwd", "secret",
		"shared_key", "signing_key", "token",
	}
}
