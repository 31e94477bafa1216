package policies

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/tomscan/tomscan/evidence"
)

// settingsValue is what policies see of the settings that they read: {name: {"state", "value", "more"}}, where the value
// is absent unless it is known, and more unless elements may be missing.
func settingsValue(f *evidence.Fact, reads []string) ast.Value {
	pairs := make([][2]*ast.Term, 0, len(reads))
	for _, name := range reads {
		pairs = append(pairs, ast.Item(ast.InternedTerm(name), ast.NewTerm(readingValue(f.Settings[name]))))
	}
	return ast.NewObject(pairs...)
}

func readingValue(r evidence.Reading) ast.Value {
	state := r.State
	if state == "" {
		state = evidence.StateUnresolved
	}
	pairs := [][2]*ast.Term{ast.Item(ast.InternedTerm("state"), ast.InternedTerm(string(state)))}
	if state == evidence.StateKnown {
		pairs = append(pairs, ast.Item(ast.InternedTerm("value"), ast.NewTerm(plainValue(r.Value))))
	}
	if len(r.More) > 0 {
		pairs = append(pairs, ast.Item(ast.InternedTerm("more"), ast.NewTerm(codes(r.More))))
	}
	return ast.NewObject(pairs...)
}

// codes is the list of the reasons' codes, sorted, none twice.
func codes(reasons []evidence.Reason) ast.Value {
	list := make([]string, 0, len(reasons))
	for _, r := range reasons {
		list = append(list, r.Code)
	}
	slices.Sort(list)
	return plainValue(slices.Compact(list))
}

// plainValue turns the value of a setting or a parameter into OPA's form. Typed lists, and the lists of maps that the
// same values become on their way through JSON, give the same.
func plainValue(v any) ast.Value {
	switch v := v.(type) {
	case nil:
		return ast.Null{}
	case bool:
		return ast.Boolean(v)
	case int:
		return ast.Number(strconv.Itoa(v))
	case string:
		return ast.String(v)
	case []string:
		return listValue(v, plainValueOf)
	case []int:
		return listValue(v, plainValueOf)
	case []any:
		return listValue(v, plainValue)
	case map[string]any:
		return mapValue(v)
	case []evidence.Exposure:
		return listValue(v, exposureValue)
	case []evidence.Grant:
		return listValue(v, grantValue)
	}
	value, err := ast.InterfaceToValue(v)
	if err != nil {
		panic(fmt.Sprintf("a setting of type %T: %v", v, err)) // settings are of the types that evidence.Value names
	}
	return value
}

func plainValueOf[T any](v T) ast.Value { return plainValue(v) }

func listValue[T any](list []T, of func(T) ast.Value) ast.Value {
	terms := make([]*ast.Term, 0, len(list))
	for _, e := range list {
		terms = append(terms, ast.NewTerm(of(e)))
	}
	return ast.NewArray(terms...)
}

func mapValue(m map[string]any) ast.Value {
	pairs := make([][2]*ast.Term, 0, len(m))
	for k, e := range m {
		pairs = append(pairs, ast.Item(ast.InternedTerm(k), ast.NewTerm(plainValue(e))))
	}
	slices.SortFunc(pairs, func(a, b [2]*ast.Term) int { return cmp.Compare(a[0].String(), b[0].String()) })
	return ast.NewObject(pairs...)
}

func exposureValue(e evidence.Exposure) ast.Value {
	return mapValue(map[string]any{"family": e.Family, "protocol": e.Protocol, "from": e.From, "to": e.To, "source": e.Source})
}

func grantValue(g evidence.Grant) ast.Value {
	return mapValue(map[string]any{"scope": g.Scope, "action": g.Action, "conditional": g.Conditional})
}

// appendKey appends a text that is the same for two facts exactly when policies that read these settings see the same.
func appendKey(key []byte, f *evidence.Fact, reads []string) []byte {
	for _, name := range reads {
		r := f.Settings[name]
		key = append(key, name...)
		key = append(key, '=')
		key = append(key, r.State...)
		if r.State == evidence.StateKnown {
			key = append(key, ':')
			key = appendValue(key, r.Value)
		}
		for _, why := range r.More {
			key = append(key, '+')
			key = append(key, why.Code...)
		}
		key = append(key, ';')
	}
	return key
}

func appendValue(key []byte, v any) []byte {
	switch v := v.(type) {
	case bool:
		return strconv.AppendBool(key, v)
	case int:
		return strconv.AppendInt(key, int64(v), 10)
	case string:
		return strconv.AppendQuote(key, v)
	case []string:
		for _, e := range v {
			key = append(strconv.AppendQuote(key, e), ',')
		}
		return key
	}
	return append(key, plainValue(v).String()...)
}
