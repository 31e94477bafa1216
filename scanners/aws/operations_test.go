package aws

import (
	"slices"
	"strings"
	"testing"
)

func TestOperationsAreSortedAndEachSaysWhatItIsFor(t *testing.T) {
	all := Operations()
	for i, o := range all {
		if i > 0 && all[i-1].Name >= o.Name {
			t.Errorf("%s stands after %s", o.Name, all[i-1].Name)
		}
		if len(o.Lists)+len(o.Fills) == 0 && o.Frame == "" {
			t.Errorf("%s is for nothing", o.Name)
		}
		if service, name, _ := strings.Cut(o.Name, "."); service == "" || name == "" {
			t.Errorf("%q is no operation", o.Name)
		}
	}
}

func TestAnOperationOfSeveralReadersStandsOnceWithAllThatItTells(t *testing.T) {
	all := Operations()
	at := slices.IndexFunc(all, func(o Operation) bool { return o.Name == "kms.DescribeKey" })
	if at < 0 {
		t.Fatal("no kms.DescribeKey")
	}
	o := all[at]
	if !slices.Contains(o.Readers, "kms") || !slices.Contains(o.Readers, "s3") || !slices.Contains(o.Fills, "object_store.encryption") {
		t.Errorf("%+v", o)
	}
}
