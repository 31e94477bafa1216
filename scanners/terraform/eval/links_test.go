package eval

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// linked shows which versioning resources are linked to a bucket, and the orphans' codes.
func linked(r *Root, address string) (all, orphans []string) {
	links := r.Linked(r.Instance(address), "aws_s3_bucket_versioning", "bucket")
	orphans = []string{}
	for _, o := range links.Orphans {
		orphans = append(orphans, o.Code)
	}
	return addresses(links.All), orphans
}

func TestLinked(t *testing.T) {
	const v = "aws_s3_bucket_versioning"
	tests := map[string]struct {
		text   string
		target string
		all    []string
		orphan []string
	}{
		"by id, name known": {`
resource "aws_s3_bucket" "b" { bucket = "x" }
resource "aws_s3_bucket_versioning" "v" { bucket = aws_s3_bucket.b.id }`, "aws_s3_bucket.b", []string{v + ".v"}, nil},
		"by bucket, name unknown": {`
variable "n" {}
resource "aws_s3_bucket" "b" { bucket = var.n }
resource "aws_s3_bucket_versioning" "v" { bucket = aws_s3_bucket.b.bucket }`, "aws_s3_bucket.b", []string{v + ".v"}, nil},
		"no name": {`
resource "aws_s3_bucket" "b" {}
resource "aws_s3_bucket_versioning" "v" { bucket = aws_s3_bucket.b.id }`, "aws_s3_bucket.b", []string{v + ".v"}, nil},
		"by literal": {`
resource "aws_s3_bucket" "b" { bucket = "x" }
resource "aws_s3_bucket_versioning" "v" { bucket = "x" }`, "aws_s3_bucket.b", []string{v + ".v"}, nil},
		"other literal": {`
resource "aws_s3_bucket" "b" { bucket = "x" }
resource "aws_s3_bucket_versioning" "v" { bucket = "y" }`, "aws_s3_bucket.b", []string{}, nil},
		"unknown": {`
variable "n" {}
resource "aws_s3_bucket" "b" { bucket = "x" }
resource "aws_s3_bucket_versioning" "v" { bucket = var.n }`, "aws_s3_bucket.b", []string{}, []string{"variable_without_value"}},
		"refers to another": {`
resource "aws_s3_bucket" "b" { bucket = "x" }
resource "aws_s3_bucket" "c" {}
resource "aws_s3_bucket_versioning" "v" { bucket = aws_s3_bucket.c.id }`, "aws_s3_bucket.b", []string{}, nil},
		"only contains the id": {`
resource "aws_s3_bucket" "b" { }
resource "aws_s3_bucket" "logs" { bucket = "${aws_s3_bucket.b.id}-logs" }
resource "aws_s3_bucket_versioning" "v" { bucket = aws_s3_bucket.logs.id }`, "aws_s3_bucket.b", []string{}, nil},
		"only contains the id, itself": {`
resource "aws_s3_bucket" "b" { }
resource "aws_s3_bucket" "logs" { bucket = "${aws_s3_bucket.b.id}-logs" }
resource "aws_s3_bucket_versioning" "v" { bucket = aws_s3_bucket.logs.id }`, "aws_s3_bucket.logs", []string{v + ".v"}, nil},
		"count pairs": {`
resource "aws_s3_bucket" "b" { count = 2 }
resource "aws_s3_bucket_versioning" "v" { 
  count = 2
  bucket = aws_s3_bucket.b[count.index].id 
}`, "aws_s3_bucket.b[1]", []string{v + ".v[1]"}, nil},
		"for_each pairs": {`
resource "aws_s3_bucket" "b" { for_each = toset(["x", "y"]) }
resource "aws_s3_bucket_versioning" "v" { 
  for_each = aws_s3_bucket.b
  bucket = each.value.id 
}`, `aws_s3_bucket.b["y"]`, []string{v + `.v["y"]`}, nil},
		"placeholders": {`
variable "n" {}
resource "aws_s3_bucket" "b" { count = var.n }
resource "aws_s3_bucket_versioning" "v" { 
  count = var.n
  bucket = aws_s3_bucket.b[count.index].id 
}`, `aws_s3_bucket.b[*]`, []string{v + `.v[*]`}, nil},
		"one": {`
resource "aws_s3_bucket" "b" { count = 1 }
resource "aws_s3_bucket_versioning" "v" { bucket = one(aws_s3_bucket.b[*].id) }`, `aws_s3_bucket.b[0]`, []string{v + `.v`}, nil},
		"coalescelist": {`
resource "aws_s3_bucket" "a" { count = 0 }
resource "aws_s3_bucket" "b" { count = 2 }
resource "aws_s3_bucket_versioning" "v" { 
  count = 2
  bucket = element(coalescelist(aws_s3_bucket.a[*].id, aws_s3_bucket.b[*].id), count.index) 
}`, `aws_s3_bucket.b[0]`, []string{v + `.v[0]`}, nil},
		"compact": {`
resource "aws_s3_bucket" "a" {}
resource "aws_s3_bucket" "b" {}
resource "aws_s3_bucket_versioning" "v" { bucket = compact(["", aws_s3_bucket.a.id, null, aws_s3_bucket.b.id])[1] }`, `aws_s3_bucket.a`, []string{}, nil},
		"one of unknown number": {`
variable "n" { type = bool }
resource "aws_s3_bucket" "b" { count = var.n ? 1 : 0 }
resource "aws_s3_bucket_versioning" "v" { bucket = one(aws_s3_bucket.b[*].id) }`, `aws_s3_bucket.b[*]`, []string{v + `.v`}, nil},
		"join": {`
resource "aws_s3_bucket" "b" { count = 1 }
resource "aws_s3_bucket_versioning" "v" { bucket = join("", aws_s3_bucket.b.*.id) }`, `aws_s3_bucket.b[0]`, []string{v + `.v`}, nil},
		"try": {`
resource "aws_s3_bucket" "b" { count = 1 }
resource "aws_s3_bucket_versioning" "v" { bucket = try(aws_s3_bucket.b[0].id, "") }`, `aws_s3_bucket.b[0]`, []string{v + `.v`}, nil},
		"coalesce": {`
variable "n" { default = null }
resource "aws_s3_bucket" "b" { }
resource "aws_s3_bucket_versioning" "v" { bucket = coalesce(var.n, aws_s3_bucket.b.id, "x") }`, `aws_s3_bucket.b`, []string{v + `.v`}, nil},
		"conditional": {`
variable "c" { default = true }
resource "aws_s3_bucket" "a" {}
resource "aws_s3_bucket" "b" {}
resource "aws_s3_bucket_versioning" "v" { bucket = var.c ? aws_s3_bucket.a.id : aws_s3_bucket.b.id }`, `aws_s3_bucket.b`, []string{}, nil},
		"unknown conditional": {`
variable "c" { type = bool }
resource "aws_s3_bucket" "a" {}
resource "aws_s3_bucket" "b" {}
resource "aws_s3_bucket_versioning" "v" { bucket = var.c ? aws_s3_bucket.a.id : aws_s3_bucket.b.id }`, `aws_s3_bucket.b`, []string{}, []string{"variable_without_value"}},
		"unknown conditional with nothing": {`
variable "c" { type = bool }
resource "aws_s3_bucket" "b" {}
resource "aws_s3_bucket_versioning" "v" { bucket = var.c ? aws_s3_bucket.b.id : null }`, `aws_s3_bucket.b`, []string{v + ".v"}, nil},
		"through another satellite": {`
resource "aws_s3_bucket" "b" {}
resource "aws_s3_bucket_public_access_block" "p" { bucket = aws_s3_bucket.b.id }
resource "aws_s3_bucket_versioning" "v" { bucket = aws_s3_bucket_public_access_block.p.id }`, `aws_s3_bucket.b`, []string{v + ".v"}, nil},
		"through a local map": {`
resource "aws_s3_bucket" "b" {}
locals { buckets = { main = aws_s3_bucket.b } }
resource "aws_s3_bucket_versioning" "v" { 
  for_each = local.buckets
  bucket = each.value.id
}`, `aws_s3_bucket.b`, []string{v + `.v["main"]`}, nil},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			r := one(t, test.text)
			all, orphans := linked(r, test.target)
			if test.orphan == nil {
				test.orphan = []string{}
			}
			if diff := cmp.Diff(test.all, all) + cmp.Diff(test.orphan, orphans); diff != "" {
				t.Error(diff, r.Notes)
			}
		})
	}
}

func TestLinkedAcrossModules(t *testing.T) {
	texts := map[string]string{
		"main.tf": `
module "bucket" {
  for_each = toset(["x", "y"])
  source   = "./modules/bucket"
  name     = each.key
}
resource "aws_s3_bucket_versioning" "v" {
  for_each = module.bucket
  bucket   = each.value.id
}
resource "aws_s3_bucket_versioning" "w" { bucket = module.bucket["y"].whole.id }
module "maybe" {
  count  = var.n
  source = "./modules/bucket"
  name   = "m"
}
variable "n" {}
resource "aws_s3_bucket_versioning" "m" { bucket = module.maybe[0].id }
resource "aws_s3_bucket_versioning" "s" { bucket = one(module.maybe[*].id) }
`,
		"modules/bucket/main.tf": `
variable "name" {}
resource "aws_s3_bucket" "this" { bucket_prefix = var.name }
output "id" { value = aws_s3_bucket.this.id }
output "whole" { value = aws_s3_bucket.this }
`,
	}
	r := evaluate(t, texts, Options{})
	all, orphans := linked(r, `module.bucket["y"].aws_s3_bucket.this`)
	if diff := cmp.Diff([]string{`aws_s3_bucket_versioning.v["y"]`, "aws_s3_bucket_versioning.w"}, all); diff != "" {
		t.Error(diff, r.Notes)
	}
	if len(orphans) > 0 {
		t.Errorf("orphans %v", orphans)
	}
	all, _ = linked(r, `module.maybe[*].aws_s3_bucket.this`)
	if diff := cmp.Diff([]string{"aws_s3_bucket_versioning.m", "aws_s3_bucket_versioning.s"}, all); diff != "" {
		t.Error(diff, r.Notes)
	}
	if !r.Instance(`module.maybe[*].aws_s3_bucket.this`).Placeholder {
		t.Error("want a placeholder")
	}
}

func TestTargets(t *testing.T) {
	r := one(t, `
variable "more" {}
resource "aws_security_group" "a" {}
resource "aws_security_group" "b" { count = 2 }
resource "test" "list" { groups = concat([aws_security_group.a.id, "sg-1"], aws_security_group.b[*].id) }
resource "test" "set" { groups = toset([aws_security_group.a.id, aws_security_group.b[0].id]) }
resource "test" "unknown" { groups = [aws_security_group.a.id, var.more] }
resource "test" "unset" { }
`)
	tests := map[string]struct {
		all     []string
		orphans int
	}{
		"test.list":    {[]string{"aws_security_group.a", "aws_security_group.b[0]", "aws_security_group.b[1]"}, 1},
		"test.set":     {[]string{"aws_security_group.a", "aws_security_group.b[0]"}, 0},
		"test.unknown": {[]string{"aws_security_group.a"}, 1},
		"test.unset":   {[]string{}, 0},
	}
	for address, test := range tests {
		links := r.Targets(r.Instance(address).Attr("groups"), "aws_security_group")
		if diff := cmp.Diff(test.all, addresses(links.All)); diff != "" || len(links.Orphans) != test.orphans {
			t.Error(address, diff, links.Orphans)
		}
	}
}
