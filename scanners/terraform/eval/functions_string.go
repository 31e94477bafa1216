package eval

import (
	"strings"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"
	"github.com/zclconf/go-cty/cty/function"
	"github.com/zclconf/go-cty/cty/function/stdlib"
)

// stringFunctions lists the functions over texts, sorted by name.
func stringFunctions() []entry {
	return []entry{
		{"chomp", passes, stdlib.ChompFunc},
		{"endswith", changes, textTest(strings.HasSuffix)},
		{"format", passes, formatFunction()},
		{"formatlist", changes, bounded(stdlib.FormatListFunc, formatFits)},
		{"indent", changes, bounded(stdlib.IndentFunc, indentFits)},
		{"join", passes, joinFunction()},
		{"lower", changes, stdlib.LowerFunc},
		{"regex", changes, stdlib.RegexFunc},
		{"regexall", changes, stdlib.RegexAllFunc},
		{"replace", passes, replaceFunction()},
		{"split", changes, stdlib.SplitFunc},
		{"startswith", changes, textTest(strings.HasPrefix)},
		{"strcontains", changes, textTest(strings.Contains)},
		{"strrev", changes, stdlib.ReverseFunc},
		{"substr", changes, stdlib.SubstrFunc},
		{"title", changes, stdlib.TitleFunc},
		{"trim", changes, stdlib.TrimFunc},
		{"trimprefix", changes, stdlib.TrimPrefixFunc},
		{"trimspace", passes, stdlib.TrimSpaceFunc},
		{"trimsuffix", changes, stdlib.TrimSuffixFunc},
		{"upper", changes, stdlib.UpperFunc},
	}
}

// textTest returns a function that tests a text for a part.
func textTest(test func(text, part string) bool) function.Function {
	return function.New(&function.Spec{
		Params: []function.Parameter{{Name: "text", Type: cty.String}, {Name: "part", Type: cty.String}},
		Type:   function.StaticReturnType(cty.Bool),
		Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
			return cty.BoolVal(test(args[0].AsString(), args[1].AsString())), nil
		},
	})
}

// joinFunction returns join. A list of one element, or of one that is not empty around "" separators, is that element:
// `join("", aws_s3_bucket.b[*].id)`.
func joinFunction() function.Function {
	rest := anyParam("lists")
	params := []function.Parameter{{Name: "separator", Type: cty.String, AllowUnknown: true, AllowMarked: true}}
	return dynamicFunction(params, &rest, func(args []cty.Value) (cty.Value, error) {
		if len(args) == 2 {
			if list, marks := args[1].Unmark(); list.IsKnown() && !list.IsNull() && list.CanIterateElements() && list.LengthInt() == 1 {
				it := list.ElementIterator()
				it.Next()
				if _, only := it.Element(); only.Type() == cty.String || only.Type() == cty.DynamicPseudoType {
					return joinedOne(only, marks)
				}
			} else if !list.IsKnown() && hasWholeRef(marks) {
				return cty.UnknownVal(cty.String).WithMarks(withoutDocuments(marks)).Mark(emptyMark{}), nil
			}
		}
		plain, marks := unmarked(args)
		if joinedLength(plain) > maxText {
			return cty.NilVal, errTooLarge
		}
		for i := 1; i < len(plain); i++ {
			list, err := convert.Convert(plain[i], cty.List(cty.String))
			if err != nil {
				return cty.NilVal, err
			}
			plain[i] = list
		}
		v, err := stdlib.JoinFunc.Call(plain)
		if err != nil {
			return cty.NilVal, err
		}
		return v.WithMarks(marks), nil
	})
}

func joinedOne(only cty.Value, marks cty.ValueMarks) (cty.Value, error) {
	if plain, own := only.Unmark(); !plain.IsKnown() {
		return cty.UnknownVal(cty.String).WithMarks(own, marks), nil
	} else if plain.IsNull() {
		return cty.NilVal, errNullElement
	}
	return only.WithMarks(marks), nil
}

func hasWholeRef(marks cty.ValueMarks) bool {
	for m := range marks {
		if ref, ok := m.(Ref); ok && !ref.Part {
			return true
		}
	}
	return false
}

// joinedLength returns how long the separators of a join become.
func joinedLength(args []cty.Value) int {
	n := 0
	for _, list := range args[1:] {
		n += lengthOf(list)
	}
	return n * textLength(args[0])
}

// indentFits says whether the indented text stays within the bounds.
func indentFits(args []cty.Value) bool {
	spaces, _ := args[0].AsBigFloat().Int64()
	lines := strings.Count(args[1].AsString(), "\n") + 1
	return spaces >= 0 && spaces <= 10_000 && int(spaces)*lines <= maxText
}
