package eval

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/evidence"
)

func TestPartlyKnownValues(t *testing.T) {
	r := one(t, `
variable "kms" {
  type = object({ arn = string, on = optional(bool, true) })
}
variable "list" { type = list(string) }
variable "objects" {
  type    = list(object({ name = string, enc = optional(bool) }))
  default = [{ name = "x" }, { name = "y", enc = true }]
}
resource "aws_s3_bucket" "m" { for_each = { a = 1 } }
resource "aws_eks_cluster" "c" {
  name = "c"
  vpc_config { public = true }
}
resource "test" "a" {
  unknown_member  = var.kms.on
  unknown_element = var.list[0]
  optional        = var.objects[0].enc
  optional_set    = var.objects[1].enc
  filtered        = join(",", [for k in var.objects : k.name if k.enc != null])
  nested_computed = aws_eks_cluster.c.vpc_config[0].cluster_security_group_id
  deep_computed   = aws_eks_cluster.c.identity[0].oidc[0].issuer
  nested_written  = aws_eks_cluster.c.vpc_config[0].public
  keys            = join(",", keys(aws_s3_bucket.m))
  reference_count = length(aws_s3_bucket.m)
  id_not_null     = aws_eks_cluster.c.arn != null
  equality        = aws_eks_cluster.c.arn == "x"
  or              = true || var.kms.on
}`)
	got := map[string]string{}
	for name := range r.Instance("test.a").attrs {
		got[name] = show(r.Instance("test.a").Attr(name).Text(evidence.Known("(unset)")))
	}
	want := map[string]string{
		"unknown_member": "?variable_without_value", "unknown_element": "?variable_without_value", "optional": "(unset)",
		"optional_set": "true", "filtered": "y", "nested_computed": "?computed_attribute", "deep_computed": "?computed_attribute",
		"nested_written": "true", "keys": "a", "reference_count": "1", "id_not_null": "true", "equality": "?computed_attribute", "or": "true",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff, r.Notes)
	}
}

func TestAttr(t *testing.T) {
	r := one(t, `
variable "v" {}
resource "test" "x" {
  yes     = "true"
  number  = "7"
  half    = 1.5
  word    = "x"
  list    = ["a", var.v, null, 1]
  unknown = var.v
  empty   = null
  map     = { a = 1 }
}`)
	x := r.Instance("test.x")
	bools := map[string]evidence.Value[bool]{}
	for _, name := range []string{"yes", "word", "unknown", "empty", "missing"} {
		bools[name] = x.Attr(name).Bool(evidence.Known(false))
	}
	code := func(v evidence.Value[bool]) any {
		if b, ok := v.Get(); ok {
			return b
		}
		return v.Why().Code
	}
	got := map[string]any{}
	for name, v := range bools {
		got[name] = code(v)
	}
	want := map[string]any{"yes": true, "word": "wrong_type", "unknown": "variable_without_value", "empty": false, "missing": false}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if n, ok := x.Attr("number").Int(evidence.Value[int]{}).Get(); !ok || n != 7 {
		t.Error(n, ok)
	}
	if _, ok := x.Attr("half").Int(evidence.Value[int]{}).Get(); ok {
		t.Error("1.5 is no whole number")
	}
	list := x.Attr("list").Texts(evidence.Value[[]string]{})
	texts, _ := list.Get()
	if diff := cmp.Diff([]string{"a", "1"}, texts); diff != "" || len(list.More()) != 1 {
		t.Error(diff, list.More())
	}
	if why := x.Attr("word").Texts(evidence.Value[[]string]{}).Why().Code; why != "wrong_type" {
		t.Error(why)
	}
	if !x.Attr("unknown").IsSet() || x.Attr("empty").IsSet() || !x.Attr("missing").IsUnset() {
		t.Error("set and unset are mixed up")
	}
	at := x.Attr("yes").At()
	wantAt := evidence.Position{File: "main.tf", StartLine: 4, StartCol: 3, EndLine: 4, EndCol: 19, Role: evidence.RoleDecides, Excerpt: `yes     = "true"`}
	if diff := cmp.Diff(wantAt, at); diff != "" {
		t.Error(diff)
	}
	if at := x.Attr("missing").At(); at.StartLine != 3 || at.Role != evidence.RoleDefaults {
		t.Errorf("%+v", at)
	}
	var none *Block
	if none.Attr("x").IsSet() || none.Block("x") != nil || none.At(evidence.RoleDecides).File != "" {
		t.Error("a nil block has something")
	}
}
