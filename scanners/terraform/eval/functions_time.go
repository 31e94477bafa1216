package eval

import (
	"errors"
	"time"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
)

// timecmpFunction returns timecmp: -1, 0 or 1 as one time is before, at or after another.
func timecmpFunction() function.Function {
	return function.New(&function.Spec{
		Params: []function.Parameter{{Name: "a", Type: cty.String}, {Name: "b", Type: cty.String}},
		Type:   function.StaticReturnType(cty.Number),
		Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
			a, err := time.Parse(time.RFC3339, args[0].AsString())
			b, errB := time.Parse(time.RFC3339, args[1].AsString())
			if err != nil || errB != nil {
				return cty.NilVal, errors.New("not a timestamp as in RFC 3339")
			}
			return cty.NumberIntVal(int64(a.Compare(b))), nil
		},
	})
}
