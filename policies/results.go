package policies

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"sync"

	"github.com/tomscan/tomscan/evidence"
)

// resultID is stable between runs.
func resultID(check, subject, promise string) string { return check + "|" + subject + "|" + promise }

// result makes a result of what a policy says of one fact.
func (p *promise) result(by *policy, f *evidence.Fact, o outcome) (*evidence.Result, error) {
	r := &evidence.Result{
		ID: resultID(by.check.ID, f.ID, p.ID), Check: by.check.ID, Measure: p.Measure, Promise: p.ID, Fact: f.ID,
		Placeholder: f.Placeholder, Level: f.Source.Level, Severity: by.check.Severity,
	}
	verdict, ok := o.verdict()
	if !ok {
		return nil, &EngineError{Check: r.Check, Subject: r.Fact, Err: errBoth}
	}
	r.Verdict, r.Reasons = verdict, []evidence.Reason{}
	switch verdict {
	case evidence.NotApplicable:
		r.Reasons = sparedReasons(by, f)
	case evidence.Fail:
		r.Reasons, r.At = p.failReasons(f, o.fail)
	case evidence.Unknown:
		r.Reasons, r.At = p.unknownReasons(by, f)
	}
	return r, nil
}

// sparedReasons says by which settings a fact does not concern a policy.
func sparedReasons(by *policy, f *evidence.Fact) []evidence.Reason {
	var reasons []evidence.Reason
	for _, name := range by.spares {
		if actual := rendered(f.Kind, name, f.Settings[name]); actual != "" {
			reasons = append(reasons, evidence.Because("not_concerned", "setting", name, "actual", actual))
		}
	}
	return sortReasons(reasons)
}

// failReasons says why a fact fails, and where the settings that the reasons name were decided.
func (p *promise) failReasons(f *evidence.Fact, fails []map[string]any) ([]evidence.Reason, []evidence.Position) {
	reasons := make([]evidence.Reason, 0, len(fails))
	var at []evidence.Position
	for _, fail := range fails {
		r := p.failReason(fail)
		if name := r.Args["setting"]; name != "" {
			if actual := rendered(f.Kind, name, f.Settings[name]); actual != "" {
				r.Args["actual"] = actual
			}
			at = append(at, f.Settings[name].At...)
		}
		reasons = append(reasons, r)
	}
	return sortReasons(reasons), positions(at, f.At)
}

// failReason turns an object of a fail rule into a reason: its setting, the promised parameter with its text, and every
// other plain member as an argument.
func (p *promise) failReason(fail map[string]any) evidence.Reason {
	r := evidence.Reason{Args: map[string]string{}}
	for key, v := range fail {
		switch key {
		case "code":
			r.Code, _ = v.(string)
		case "facts":
		case "want":
			name, _ := v.(string)
			r.Args["parameter"], r.Args["want"] = name, p.textOf(name)
		default:
			r.Args[key] = argument(v)
		}
	}
	if len(r.Args) == 0 {
		r.Args = nil
	}
	return r
}

// textOf is a parameter as the annex writes it.
func (p *promise) textOf(parameter string) string {
	for _, q := range p.Parameters {
		if q.Name == parameter {
			return q.Text
		}
	}
	return ""
}

// argument writes a plain value of a reason.
func argument(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case bool:
		return strconv.FormatBool(v)
	case json.Number:
		return v.String()
	}
	data, err := json.Marshal(v)
	if err != nil {
		return fmt.Sprint(v)
	}
	return string(data)
}

// unknownReasons says what keeps the policy from deciding: every setting that it reads and that is unresolved, denied or
// incomplete, and every parameter without a value.
func (p *promise) unknownReasons(by *policy, f *evidence.Fact) ([]evidence.Reason, []evidence.Position) {
	var reasons []evidence.Reason
	var at []evidence.Position
	for _, name := range by.check.Reads {
		found := openReasons(name, f.Settings[name])
		if len(found) > 0 {
			reasons, at = append(reasons, found...), append(at, f.Settings[name].At...)
		}
	}
	if len(reasons) == 0 {
		reasons = p.absentReasons(by)
	}
	return sortReasons(reasons), positions(at, f.At)
}

// absentReasons names the parameters that a policy reads and the promise has no value for.
func (p *promise) absentReasons(by *policy) []evidence.Reason {
	var reasons []evidence.Reason
	for _, name := range by.check.Wants {
		if _, ok := p.Wants[name]; !ok {
			reasons = append(reasons, evidence.Because("parameter_without_value", "parameter", name))
		}
	}
	if len(reasons) == 0 {
		reasons = append(reasons, evidence.Because("not_decided"))
	}
	return reasons
}

// openReasons says why a setting is not known, or not wholly, each with the setting's name.
func openReasons(name string, r evidence.Reading) []evidence.Reason {
	var open []evidence.Reason
	switch {
	case r.State == evidence.StateKnown:
		open = r.More
	case r.Why != nil:
		open = []evidence.Reason{*r.Why}
	default:
		open = []evidence.Reason{evidence.Because("not_read")}
	}
	named := make([]evidence.Reason, 0, len(open))
	for _, why := range open {
		args := map[string]string{"setting": name}
		for k, v := range why.Args {
			args[k] = v
		}
		named = append(named, evidence.Reason{Code: why.Code, Args: args})
	}
	return named
}

// positions sorts at and drops what stands twice. Without any it is where the fact itself stands; where at does not say
// who passed the setting on, the calls that lead to the fact do.
func positions(at, fact []evidence.Position) []evidence.Position {
	at = slices.Clone(at)
	passed := slices.ContainsFunc(at, isCall)
	for _, p := range fact {
		if len(at) == 0 || isCall(p) && !passed {
			at = append(at, p)
		}
	}
	slices.SortStableFunc(at, func(a, b evidence.Position) int {
		return cmp.Or(cmp.Compare(roleRank(a.Role), roleRank(b.Role)), a.Compare(b))
	})
	return slices.CompactFunc(at, func(a, b evidence.Position) bool { return a.Compare(b) == 0 })
}

func isCall(p evidence.Position) bool { return p.Role == evidence.RoleCalls }

// roleRank puts what decides first.
func roleRank(r evidence.Role) int {
	return slices.Index([]evidence.Role{evidence.RoleDecides, evidence.RoleDefaults, evidence.RoleCalls}, r)
}

// units of numeric settings by kind and name, read once.
var units = sync.OnceValue(func() map[evidence.Kind]map[string]string {
	all := map[evidence.Kind]map[string]string{}
	for _, k := range evidence.Kinds() {
		all[k] = map[string]string{}
		for _, f := range evidence.Fields(k) {
			all[k][f.Name] = f.Unit
		}
	}
	return all
})
