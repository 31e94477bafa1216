package eval

import (
	"slices"
	"testing"
	"testing/fstest"
)

// TestElementsOfUnknownLists: what is taken from a list of unknown length refers to the same resource, and a part of
// known length has that many elements.
func TestElementsOfUnknownLists(t *testing.T) {
	code := `
		variable "zones" { type = list(string) }
		resource "aws_subnet" "any" { count = length(var.zones) }
		resource "aws_subnet" "three" { count = length(slice(var.zones, 0, 3)) }
		resource "aws_route_table" "one" { count = 1 }
		resource "aws_route_table_association" "any" {
			count          = length(var.zones)
			subnet_id      = element(aws_subnet.any[*].id, count.index)
			route_table_id = element(aws_route_table.one[*].id, count.index)
		}
	`
	fsys := fstest.MapFS{"main.tf": &fstest.MapFile{Data: []byte(code)}}
	root, err := NewParser(fsys).Evaluate(t.Context(), Options{Dir: "."})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, i := range root.OfType("aws_subnet") {
		got = append(got, i.Address)
	}
	want := []string{"aws_subnet.any[*]", "aws_subnet.three[0]", "aws_subnet.three[1]", "aws_subnet.three[2]"}
	if !slices.Equal(got, want) {
		t.Errorf("subnets %v, want %v", got, want)
	}
	association := root.Instance("aws_route_table_association.any[*]")
	for attribute, want := range map[string]string{"subnet_id": "aws_subnet.any[*]", "route_table_id": "aws_route_table.one[0]"} {
		links := root.Targets(association.Attr(attribute), "aws_route_table", "aws_subnet")
		if len(links.All) != 1 || links.All[0].Address != want || len(links.Orphans) > 0 {
			t.Errorf("%s points at %v (%v), want %s", attribute, links.All, links.Orphans, want)
		}
	}
}
