package policies

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/tomscan/tomscan/evidence"
)

// ParameterType is the type of a measure's parameter.
type ParameterType string

// The types of parameters.
const (
	TypeBool       ParameterType = "bool"
	TypeInt        ParameterType = "int"
	TypeString     ParameterType = "string"
	TypeEnum       ParameterType = "enum"
	TypeList       ParameterType = "list"
	TypeTLSVersion ParameterType = "tls_version"
	TypeDuration   ParameterType = "duration"
)

// ParameterSpec describes one threshold that a measure can be promised with. A nil Default means that there is no
// sensible one; an empty default list promises nothing.
type ParameterSpec struct {
	Name    string        `yaml:"name"`
	Type    ParameterType `yaml:"type"`
	Of      string        `yaml:"of"`    // int for a list of whole numbers
	Unit    string        `yaml:"unit"`  // what policies count in
	Bound   Bound         `yaml:"bound"` // of durations, versions and numbers
	Default any           `yaml:"default"`
	Values  []string      `yaml:"values"` // what an enum, or the elements of a list, can be
	Note    string        `yaml:"note"`
}

// largestInt bounds whole numbers in an annex.
const largestInt = 1_000_000_000

// want normalises a literal (nil, bool, int, string or []any) to what policies see, and to the text that readers see.
// The want is nil where nothing is promised. Wants are bool, int, string, []string or []int; lists are sorted and have
// no element twice.
func (p ParameterSpec) want(literal any) (want any, text string, err error) {
	if literal == nil {
		return nil, "", nil
	}
	switch p.Type {
	case TypeBool:
		return p.wantBool(literal)
	case TypeInt:
		return p.wantInt(literal)
	case TypeList:
		return p.wantList(literal)
	}
	s, ok := literal.(string)
	if !ok {
		return nil, "", p.wrongType(literal)
	}
	want, err = p.wantText(s)
	return want, s, err
}

func (p ParameterSpec) wantBool(literal any) (any, string, error) {
	b, ok := literal.(bool)
	if !ok {
		return nil, "", p.wrongType(literal)
	}
	return b, strconv.FormatBool(b), nil
}

func (p ParameterSpec) wantInt(literal any) (any, string, error) {
	n, ok := literal.(int)
	if !ok {
		return nil, "", p.wrongType(literal)
	}
	if n < 0 || n > largestInt {
		return nil, "", fmt.Errorf("%s must lie between 0 and %d", p.Name, largestInt)
	}
	return n, strconv.Itoa(n), nil
}

func (p ParameterSpec) wantText(s string) (any, error) {
	switch p.Type {
	case TypeDuration:
		d, err := ParseDuration(s)
		if err != nil {
			return nil, err
		}
		return d.In(p.Unit, p.Bound)
	case TypeTLSVersion:
		return tlsRank(s)
	case TypeEnum:
		return s, p.allow(s)
	}
	if strings.TrimSpace(s) == "" {
		return nil, fmt.Errorf("%s is empty: leave it out or say what is promised", p.Name)
	}
	return s, nil
}

func (p ParameterSpec) wantList(literal any) (any, string, error) {
	list, ok := literal.([]any)
	if !ok {
		return nil, "", p.wrongType(literal)
	}
	if len(list) == 0 && p.defaultEmpty() {
		return nil, "", nil
	}
	if p.Of == "int" {
		return p.wantInts(list)
	}
	elements := make([]string, 0, len(list))
	for _, e := range list {
		s, ok := e.(string)
		if !ok {
			return nil, "", fmt.Errorf("the elements of %s must be texts in quotes, not %s", p.Name, describe(e))
		}
		if err := p.allow(s); err != nil {
			return nil, "", err
		}
		elements = append(elements, s)
	}
	text := listText(elements)
	slices.Sort(elements)
	return slices.Compact(elements), text, nil
}

func (p ParameterSpec) wantInts(list []any) (any, string, error) {
	numbers, texts := make([]int, 0, len(list)), make([]string, 0, len(list))
	for _, e := range list {
		n, ok := e.(int)
		if !ok {
			return nil, "", fmt.Errorf("the elements of %s must be whole numbers without quotes, not %s", p.Name, describe(e))
		}
		if n < 0 || n > largestInt {
			return nil, "", fmt.Errorf("the elements of %s must lie between 0 and %d", p.Name, largestInt)
		}
		numbers, texts = append(numbers, n), append(texts, strconv.Itoa(n))
	}
	slices.Sort(numbers)
	return slices.Compact(numbers), listText(texts), nil
}

// defaultEmpty says whether nothing is promised by an empty list.
func (p ParameterSpec) defaultEmpty() bool {
	list, ok := p.Default.([]any)
	return p.Default == nil || ok && len(list) == 0
}

func listText(elements []string) string {
	if len(elements) == 0 {
		return "[]"
	}
	return strings.Join(elements, ", ")
}

// allow reports a value that is none of p's.
func (p ParameterSpec) allow(s string) error {
	if len(p.Values) == 0 && strings.TrimSpace(s) == "" {
		return fmt.Errorf("%s has an empty element", p.Name)
	}
	if len(p.Values) == 0 || slices.Contains(p.Values, s) {
		return nil
	}
	return fmt.Errorf("%q is not a value of %s: %s", clip(s), p.Name, oneOf(s, p.Values))
}

// tlsRank returns evidence's rank of a TLS version.
func tlsRank(version string) (any, error) {
	switch version {
	case "1.0":
		return evidence.RankTLS10, nil
	case "1.1":
		return evidence.RankTLS11, nil
	case "1.2":
		return evidence.RankTLS12, nil
	case "1.3":
		return evidence.RankTLS13, nil
	}
	return nil, fmt.Errorf("%q is not a TLS version: write \"1.0\", \"1.1\", \"1.2\" or \"1.3\"", clip(version))
}

// wrongType says what p must be and what it is.
func (p ParameterSpec) wrongType(literal any) error {
	_, isNumber := literal.(int)
	switch {
	case p.Type == TypeDuration && isNumber:
		return fmt.Errorf("a number has no unit: write it in quotes with %s, such as %q", durationUnits, fmt.Sprint(literal, "d"))
	case p.Type == TypeList && p.Of == "int":
		return fmt.Errorf("%s must be a list of whole numbers, such as [80, 443], not %s", p.Name, describe(literal))
	}
	return fmt.Errorf("%s must be %s, not %s", p.Name, p.expected(), describe(literal))
}

func (p ParameterSpec) expected() string {
	switch p.Type {
	case TypeBool:
		return "true or false, without quotes"
	case TypeInt:
		return "a whole number, without quotes"
	case TypeList:
		return "a list of texts, such as [\"" + firstOr(p.Values, "a") + "\"]"
	case TypeDuration:
		return "a duration in quotes, such as \"90d\""
	case TypeTLSVersion:
		return "a TLS version in quotes, such as \"1.2\""
	}
	return "text in quotes"
}

func firstOr(list []string, other string) string {
	if len(list) > 0 {
		return list[0]
	}
	return other
}

// describe names the sort of a literal.
func describe(literal any) string {
	switch v := literal.(type) {
	case nil:
		return "null"
	case bool:
		return strconv.FormatBool(v)
	case int:
		return "the number " + strconv.Itoa(v)
	case string:
		return fmt.Sprintf("the text %q", clip(v))
	case []any:
		return "a list"
	case map[string]any:
		return "an object"
	}
	return "a number that is not whole, or too large"
}
