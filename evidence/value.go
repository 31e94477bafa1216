package evidence

// State says how far a source decides a setting.
type State string

// The states of a value. The zero State is unresolved.
const (
	StateUnresolved State = "unresolved" // the source does not decide it
	StateKnown      State = "known"      // the source decides it, or the vendor's default does
	StateDenied     State = "denied"     // the source refused to tell
)

// Never is a number of days that never ends: a log group without retention, a bucket without expiry. It compares like
// any other number of days: it is above every maximum and above every minimum.
const Never = 1<<31 - 1

// Reason is a code with arguments. Its text, in the reader's language, comes from reports/words; codes are never renamed.
type Reason struct {
	Code string            `json:"code"`
	Args map[string]string `json:"args,omitempty"`
}

// Because makes a Reason of a code and its arguments, given as key, value, key, value.
func Because(code string, keyValues ...string) Reason {
	r := Reason{Code: code}
	for i := 0; i+1 < len(keyValues); i += 2 {
		if r.Args == nil {
			r.Args = map[string]string{}
		}
		r.Args[keyValues[i]] = keyValues[i+1]
	}
	return r
}

// Value is one setting of a resource as a source tells it: known, unresolved with the reason, or denied with the reason.
// T is bool, int, string, []string or a slice of a struct of this package. The zero Value is unresolved.
type Value[T any] struct {
	state State
	value T
	why   Reason
	more  []Reason
	doc   string
	at    []Position
}

// Known is a setting that the source decides.
func Known[T any](v T) Value[T] { return Value[T]{state: StateKnown, value: v} }

// Default is a setting that was left unset and that the vendor therefore decides; doc links to where the vendor says so.
func Default[T any](v T, doc string) Value[T] {
	return Value[T]{state: StateKnown, value: v, doc: doc}
}

// Unresolved is a setting that the source does not decide, with what would decide it.
func Unresolved[T any](why Reason) Value[T] { return Value[T]{state: StateUnresolved, why: why} }

// Denied is a setting that the source refused to tell, with the missing permission.
func Denied[T any](why Reason) Value[T] { return Value[T]{state: StateDenied, why: why} }

// At returns v with the positions that decide it (file ranges, or API calls).
func (v Value[T]) At(p ...Position) Value[T] {
	v.at = append(v.at[:len(v.at):len(v.at)], p...)
	return v
}

// Incomplete returns the list v with the reasons why further elements may exist that the source did not show. What is
// seen can still fail; a check that needs all elements cannot pass. A number that is incomplete is as large as it can be:
// what the source did not show can only make it smaller.
func (v Value[T]) Incomplete(why ...Reason) Value[T] {
	v.more = append(v.more[:len(v.more):len(v.more)], why...)
	return v
}

// Get returns the value and whether it is known.
func (v Value[T]) Get() (T, bool) { return v.value, v.state == StateKnown }

// State returns the state; the zero Value is unresolved.
func (v Value[T]) State() State {
	if v.state == "" {
		return StateUnresolved
	}
	return v.state
}

// Why returns the reason of an unresolved or denied value.
func (v Value[T]) Why() Reason { return v.why }

// More returns the reasons why a known list may lack elements.
func (v Value[T]) More() []Reason { return v.more }

// Defaulted says whether the value was left unset and the vendor's default applies.
func (v Value[T]) Defaulted() bool { return v.doc != "" }

// Positions returns where the value was decided.
func (v Value[T]) Positions() []Position { return v.at }

// Reading returns the untyped face of v. A nil slice becomes an empty one, so that JSON shows [] and never null.
func (v Value[T]) Reading() Reading {
	r := Reading{State: v.State(), Doc: v.doc, More: v.more, At: v.at}
	if r.State == StateKnown {
		r.Value = emptyNotNil(v.value)
		return r
	}
	why := v.why
	if why.Code == "" {
		why = Because("not_read")
	}
	r.Why = &why
	return r
}

// Reading is a Value without its type: its face in JSON and in Rego. Value is present exactly when State is known.
type Reading struct {
	State State      `json:"state"`
	Value any        `json:"value,omitempty"`
	Why   *Reason    `json:"why,omitempty"`
	More  []Reason   `json:"more,omitempty"`
	Doc   string     `json:"default,omitempty"` // link to the vendor's documentation of the default that applies
	At    []Position `json:"at,omitempty"`
}
