package policies

import (
	"maps"
	"reflect"
	"slices"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/tomscan/tomscan/evidence"
)

// foreign is a text that no policy knows. What it promises is honestly unknown to them.
const foreign = "something-else"

// wants is a set of wants to try.
type wants struct {
	values  map[string]any
	foreign bool // one of them is foreign
}

// wantedInputs lists the sets of wants to try: every combination of the values that the parameters which the policy reads
// can take, none for a parameter without a default.
func (p *policy) wantedInputs(m Measure) []wants {
	inputs := []wants{{values: map[string]any{}}}
	for _, name := range p.check.Wants {
		spec, ok := m.Parameter(name)
		if !ok {
			continue
		}
		var more []wants
		for _, input := range inputs {
			for _, v := range wantDomain(spec) {
				with := wants{values: maps.Clone(input.values), foreign: input.foreign || isForeign(v)}
				if v != nil {
					with.values[name] = v
				}
				more = append(more, with)
			}
		}
		inputs = more
	}
	return inputs
}

func isForeign(v any) bool {
	list, _ := v.([]string)
	return v == foreign || slices.Contains(list, foreign)
}

// wantDomain lists values of a parameter; nil is that it has none.
func wantDomain(spec ParameterSpec) []any {
	standard, _, _ := spec.want(spec.Default) // parseCatalogue has tried it
	values := []any{standard}
	switch spec.Type {
	case TypeBool:
		return []any{true, false}
	case TypeEnum:
		values = nil
		for _, v := range spec.Values {
			values = append(values, v)
		}
		return values
	case TypeTLSVersion:
		return []any{evidence.RankTLS10, evidence.RankTLS11, evidence.RankTLS12, evidence.RankTLS13}
	case TypeInt, TypeDuration:
		values = append(values, 1, 30)
	case TypeString:
		values = append(values, foreign)
	case TypeList:
		values = append(values, listDomain(spec)...)
	}
	return values
}

func listDomain(spec ParameterSpec) []any {
	if spec.Of == "int" {
		return []any{[]int{}, []int{22}, []int{443}}
	}
	var values []any
	for _, v := range spec.Values {
		values = append(values, []string{v})
	}
	if !spec.defaultEmpty() {
		values = append(values, []string{})
	}
	switch spec.Name {
	case "countries":
		return append(values, []string{"SE"})
	case "aws_regions":
		return append(values, []string{"eu-north-1"})
	}
	if len(spec.Values) == 0 {
		values = append(values, []string{foreign})
	}
	return values
}

// promisedNumbers are the numbers among all wants to try, sorted.
func promisedNumbers(all []wants) []int {
	set := map[int]bool{}
	for _, w := range all {
		for _, v := range w.values {
			if n, ok := v.(int); ok {
				set[n] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(set))
}

// domainOf lists the values to try of a setting: all of an enumeration, both truth values, the boundaries of numbers and
// what lies beside the numbers that are promised, lists of none, one and two.
func domainOf(k evidence.Kind, setting string, promised []int, src *source) []evidence.Reading {
	fields := evidence.Fields(k)
	i := slices.IndexFunc(fields, func(f evidence.Field) bool { return f.Name == setting })
	if i < 0 {
		return []evidence.Reading{{State: evidence.StateUnresolved}}
	}
	var readings []evidence.Reading
	for _, v := range valuesOf(fields[i], promised, src) {
		readings = append(readings, evidence.Reading{State: evidence.StateKnown, Value: v})
	}
	return readings
}

func valuesOf(f evidence.Field, promised []int, src *source) []any {
	switch f.Type {
	case reflect.TypeFor[bool]():
		return []any{true, false}
	case reflect.TypeFor[string]():
		return anyOf(texts(f, src))
	case reflect.TypeFor[int]():
		return numbers(f, promised)
	case reflect.TypeFor[[]string]():
		return lists(texts(f, src))
	case reflect.TypeFor[[]evidence.Exposure]():
		return lists(exposures())
	case reflect.TypeFor[[]evidence.Grant]():
		return lists(grants())
	}
	return nil
}

// texts are the values of an enumeration; or regions; or the texts that the policy names, and another one.
func texts(f evidence.Field, src *source) []string {
	switch {
	case len(f.Values) > 0:
		return f.Values
	case f.Name == "region":
		return []string{"eu-north-1", "us-east-1", "eu-west-2", "eu-west-1"}
	case f.Name == "copies":
		return []string{"eu-north-1", "us-east-1", "eu-west-1"}
	}
	named := []string{foreign}
	ast.WalkTerms(src.module, func(t *ast.Term) bool {
		if s, ok := t.Value.(ast.String); ok {
			named = append(named, string(s))
		}
		return false
	})
	slices.Sort(named)
	named = slices.Compact(named)
	return named
}

func numbers(f evidence.Field, promised []int) []any {
	if f.Unit == "tls rank" {
		return []any{evidence.RankPlain, evidence.RankTLS10, evidence.RankTLS11, evidence.RankTLS12, evidence.RankTLS13}
	}
	set := map[int]bool{0: true, 1: true, evidence.Never: true}
	for _, n := range promised {
		set[max(0, n-1)], set[n], set[n+1] = true, true, true
	}
	return anyOf(slices.Sorted(maps.Keys(set)))
}

func anyOf[T any](list []T) []any {
	values := make([]any, 0, len(list))
	for _, v := range list {
		values = append(values, v)
	}
	return values
}

// lists are the empty list, the lists of one element, and those of two that stand beside each other.
func lists[T any](elements []T) []any {
	values := []any{[]T{}}
	for i, e := range elements {
		values = append(values, []T{e})
		if i > 0 {
			values = append(values, []T{elements[i-1], e})
		}
	}
	return values
}

func exposures() []evidence.Exposure {
	var list []evidence.Exposure
	for _, ports := range [][2]int{{443, 443}, {22, 22}, {3389, 3389}, {80, 81}, {0, 65535}} {
		list = append(list, evidence.Exposure{Family: "ipv4", Protocol: "tcp", From: ports[0], To: ports[1], Source: "0.0.0.0/0"})
	}
	return append(list,
		evidence.Exposure{Family: "ipv6", Protocol: "tcp", From: 22, To: 22, Source: "::/0"},
		evidence.Exposure{Family: "ipv4", Protocol: "udp", From: 53, To: 53, Source: "0.0.0.0/0"},
		evidence.Exposure{Family: "ipv4", Protocol: "icmp", From: 0, To: 65535, Source: "0.0.0.0/0"},
		evidence.Exposure{Family: "ipv4", Protocol: "all", From: 0, To: 65535, Source: "0.0.0.0/0"},
		evidence.Exposure{Family: "ipv4", Protocol: "47", From: 0, To: 65535, Source: "0.0.0.0/0"},
	)
}

func grants() []evidence.Grant {
	var list []evidence.Grant
	for _, scope := range []string{"everything", "service", "actions", "resources"} {
		for _, conditional := range []bool{true, false} {
			list = append(list, evidence.Grant{Scope: scope, Action: "s3:*", Conditional: conditional})
		}
	}
	return list
}
