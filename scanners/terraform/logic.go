package terraform

import (
	"strings"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/terraform/eval"
)

// anyTrue is true when one of the values is, unresolved when none is but one is not known, and false otherwise. It
// carries the positions of what decided.
func anyTrue(values ...evidence.Value[bool]) evidence.Value[bool] { return decide(true, values) }

// allTrue is false when one of the values is, unresolved when none is but one is not known, and true otherwise.
func allTrue(values ...evidence.Value[bool]) evidence.Value[bool] { return decide(false, values) }

// decide looks for a value that settles the question alone.
func decide(settles bool, values []evidence.Value[bool]) evidence.Value[bool] {
	var open *evidence.Value[bool]
	var at []evidence.Position
	for i, v := range values {
		got, known := v.Get()
		if known && got == settles {
			return v
		}
		if !known && open == nil {
			open = &values[i]
		}
		at = append(at, v.Positions()...)
	}
	if open != nil {
		return *open
	}
	if len(values) == 1 {
		return values[0]
	}
	return evidence.Known(!settles).At(at...)
}

// mapped is v turned into another type; what is not known stays so, with its reason and positions. A default stays one.
func mapped[T, U any](v evidence.Value[T], turn func(T) U) evidence.Value[U] {
	got, known := v.Get()
	if !known {
		return notKnown[U](v)
	}
	return sameOrigin(v, evidence.Known(turn(got)), turn(got))
}

func sameOrigin[T, U any](v evidence.Value[T], known evidence.Value[U], got U) evidence.Value[U] {
	if doc := v.Reading().Doc; doc != "" {
		known = evidence.Default(got, doc)
	}
	return known.At(v.Positions()...)
}

// notKnown is an unresolved value of another type with the reason and the positions of v.
func notKnown[U, T any](v evidence.Value[T]) evidence.Value[U] {
	why := v.Why()
	if why.Code == "" {
		why = evidence.Because("not_read")
	}
	return evidence.Unresolved[U](why).At(v.Positions()...)
}

// isKnown says whether v is known and equal to want.
func isKnown[T comparable](v evidence.Value[T], want T) bool {
	got, known := v.Get()
	return known && got == want
}

// enum reads an attribute with a fixed set of words and turns them into those of the setting. A word that is not in the
// table leaves the setting unresolved. Case does not count.
func enum(a eval.Attr, table map[string]string, unset evidence.Value[string]) evidence.Value[string] {
	if a.IsUnset() {
		return unset
	}
	v := a.Text(unset)
	got, known := v.Get()
	if !known {
		return v
	}
	if word, ok := table[strings.ToLower(got)]; ok {
		return evidence.Known(word).At(v.Positions()...)
	}
	return evidence.Unresolved[string](evidence.Because("value_not_understood")).At(v.Positions()...)
}
