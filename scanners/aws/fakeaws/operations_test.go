package fakeaws

import (
	"slices"
	"strings"
	"testing"
)

func TestOperationsAreWhole(t *testing.T) {
	known := map[string]service{}
	for _, s := range services() {
		known[s.Package] = s
	}
	seen := map[string]bool{}
	for _, op := range operations() {
		s, ok := known[packageOf(op.Name)]
		rest := s.Protocol == restJSON || s.Protocol == restXML
		switch {
		case !ok:
			t.Errorf("%s: no such service", op.Name)
		case seen[op.Name]:
			t.Errorf("%s is there twice", op.Name)
		case rest != (op.Path != ""):
			t.Errorf("%s: REST operations have a path, others have none: %q", op.Name, op.Path)
		case op.Lists == "" && op.Of == "" && op.Answer == nil && op.More == nil:
			t.Errorf("%s answers nothing", op.Name)
		case op.Lists != "" && op.At == "":
			t.Errorf("%s lists nowhere", op.Name)
		case (op.TokenIn == "") != (op.TokenOut == ""):
			t.Errorf("%s gives tokens and takes none, or takes and gives none", op.Name)
		case op.Action != "" && !strings.Contains(op.Action, ":"):
			t.Errorf("%s: %q is no IAM action", op.Name, op.Action)
		}
		seen[op.Name] = true
	}
}

func TestServicesAreSortedAndToldApart(t *testing.T) {
	list := services()
	if !slices.IsSortedFunc(list, func(a, b service) int { return strings.Compare(a.Package, b.Package) }) {
		t.Error("services are not sorted")
	}
	plain := map[string]string{}
	for _, s := range list {
		if s.Version == "" && s.PathPrefix == "" {
			if other := plain[s.Signing]; other != "" {
				t.Errorf("%s and %s cannot be told apart", other, s.Package)
			}
			plain[s.Signing] = s.Package
		}
	}
}
