package terraform

import (
	"strings"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/terraform/eval"
)

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
