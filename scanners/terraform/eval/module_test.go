package eval

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/evidence"
)

func TestVariablePrecedence(t *testing.T) {
	texts := map[string]string{
		"main.tf": `
variable "v" {}
variable "n" { type = number }
variable "l" { type = list(string) }
variable "o" { type = object({ a = string, b = optional(bool, true) }) }
resource "test" "x" {
  a = var.v
  n = var.n
  l = join(",", var.l)
  o = var.o.b
}`,
		"terraform.tfvars":      `v = "terraform"`,
		"terraform.tfvars.json": `{"v": "json", "o": {"a": "x"}}`,
		"b.auto.tfvars":         `v = "auto-b"`,
		"a.auto.tfvars.json":    `{"v": "auto-a"}`,
		"given.tfvars":          `v = "given"`,
	}
	drop := func(names ...string) map[string]string {
		out := map[string]string{}
		for name, text := range texts {
			out[name] = text
		}
		for _, name := range names {
			out[name] = ""
			if name == "terraform.tfvars.json" || name == "a.auto.tfvars.json" {
				out[name] = "{}"
			}
		}
		return out
	}
	env := map[string]string{"TF_VAR_v": "env", "TF_VAR_n": "5", "TF_VAR_l": `["p", "q"]`}
	tests := map[string]struct {
		texts map[string]string
		opts  Options
		want  string
	}{
		"var":       {texts, Options{Environ: env, VarFiles: []string{"given.tfvars"}, Vars: []string{"v=first", "v=last=x"}}, "last=x"},
		"var file":  {texts, Options{Environ: env, VarFiles: []string{"given.tfvars"}}, "given"},
		"outside":   {texts, Options{VarFiles: []string{"/etc/x"}, Files: map[string][]byte{"/etc/x": []byte(`v = "out"`)}}, "out"},
		"auto":      {texts, Options{Environ: env}, "auto-b"},
		"json":      {drop("b.auto.tfvars", "a.auto.tfvars.json"), Options{Environ: env}, "json"},
		"terraform": {drop("b.auto.tfvars", "a.auto.tfvars.json", "terraform.tfvars.json"), Options{Environ: env}, "terraform"},
		"env":       {drop("b.auto.tfvars", "a.auto.tfvars.json", "terraform.tfvars.json", "terraform.tfvars"), Options{Environ: env}, "env"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			r := evaluate(t, test.texts, test.opts)
			if got := shown(r, "test", "a")["test.x"]; got != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
		})
	}
	r := evaluate(t, texts, Options{Environ: env})
	x := r.Instance("test.x")
	got := []string{show(x.Attr("n").Text(evidence.Value[string]{})), show(x.Attr("l").Text(evidence.Value[string]{})), show(x.Attr("o").Text(evidence.Value[string]{}))}
	if diff := cmp.Diff([]string{"5", "p,q", "true"}, got); diff != "" {
		t.Error(diff)
	}
}

func TestModules(t *testing.T) {
	texts := map[string]string{
		"envs/prod/main.tf": `
module "a" {
  source = "../../modules/a"
  for_each = { x = "one", y = "two" }
  name = each.value
}
module "registry" {
  source = "terraform-aws-modules/vpc/aws"
}
module "gone" { source = "../../modules/gone" }
module "outside" { source = "../../../x" }
module "cached" { source = "example/cached/aws" }
resource "test" "out" { a = module.a["y"].deep }
resource "test" "gone" { a = module.registry.vpc_id }
`,
		"envs/prod/.terraform/modules/modules.json": `{"Modules":[{"Key":"cached","Source":"example/cached/aws","Dir":".terraform/modules/cached"}]}`,
		"envs/prod/.terraform/modules/cached/m.tf":  `resource "test" "c" { a = path.module }`,
		"modules/a/main.tf": `
variable "name" { type = string }
variable "missing" {}
variable "nullable" { 
  default = "d"
  nullable = false 
}
module "b" {
  source = "../b"
  name = "${var.name}!"
}
resource "test" "m" { a = var.missing }
output "deep" { value = module.b.out }
`,
		"modules/b/main.tf": `
variable "name" {}
resource "test" "b" { 
  count = 2 
  a = "${var.name}${count.index}" 
}
output "out" { value = test.b[1].a }
module "loop" { source = "../a" }
`,
	}
	r, err := NewParser(files(texts)).Evaluate(t.Context(), Options{Dir: "envs/prod"})
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{
		`module.a["x"].module.b.test.b[0]`: "one!0",
		`module.a["x"].module.b.test.b[1]`: "one!1",
		`module.a["x"].test.m`:             "?variable_without_value",
		`module.a["y"].module.b.test.b[0]`: "two!0",
		`module.a["y"].module.b.test.b[1]`: "two!1",
		`module.a["y"].test.m`:             "?variable_without_value",
		"module.cached.test.c":             ".terraform/modules/cached",
		"test.gone":                        "?module_not_on_disk",
		"test.out":                         "two!1",
	}
	if diff := cmp.Diff(want, shown(r, "test", "a")); diff != "" {
		t.Error(diff, r.Notes)
	}
	if diff := cmp.Diff([]string{"module_not_on_disk", "module_not_on_disk", "module_outside_boundary", "module_calls_itself", "module_calls_itself"}, codes(r.Gaps)); diff != "" {
		t.Error(diff)
	}
}

func TestPlaceholders(t *testing.T) {
	r := evaluate(t, map[string]string{"main.tf": `
variable "on" { type = bool }
variable "names" { type = set(string) }
resource "test" "conditional" { 
  count = var.on ? 1 : 0 
  a = "fixed"
}
resource "test" "each" { 
  for_each = var.names 
  a = each.key
}
resource "test" "none" { 
  count = 0 
  a = "x"
}
resource "test" "list" { 
  for_each = ["a"]
  a = "x"
}
resource "test" "many" { 
  count = 1000000000
  a = count.index
}
module "m" {
  source = "./m"
  count = var.on ? 1 : 0
}
`, "m/main.tf": `resource "test" "inner" { a = "in" }`}, Options{})
	want := map[string]string{
		"test.conditional[*]":    "fixed",
		"test.each[*]":           "?variable_without_value",
		"test.list[*]":           "x",
		"test.many[*]":           "?too_many_instances",
		"module.m[*].test.inner": "in",
	}
	if diff := cmp.Diff(want, shown(r, "test", "a")); diff != "" {
		t.Error(diff)
	}
	for _, i := range r.Instances {
		if !i.Placeholder {
			t.Errorf("%s is no placeholder", i.Address)
		}
	}
	if diff := cmp.Diff([]string{"too_many_instances"}, codes(r.Gaps)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"for_each_not_a_map_or_set"}, codes(r.Notes)); diff != "" {
		t.Error(diff)
	}
}

func TestDynamicBlocks(t *testing.T) {
	r := one(t, `
variable "ports" { default = [80, 443] }
variable "unset" {}
resource "test" "x" {
  dynamic "rule" {
    for_each = var.ports
    iterator = p
    content {
      port = p.value
      dynamic "inner" {
        for_each = toset(["a", "b"])
        content { v = "${p.key}-${inner.value}" }
      }
    }
  }
  rule { port = 22 }
  dynamic "open" {
    for_each = var.unset
    content { port = open.value }
  }
  listed = [{ a = 1 }, { a = 2 }]
}`)
	x := r.Instance("test.x")
	var got []string
	for _, b := range x.Blocks("rule").All {
		got = append(got, show(b.Attr("port").Text(evidence.Value[string]{})))
		for _, inner := range b.Blocks("inner").All {
			got = append(got, show(inner.Attr("v").Text(evidence.Value[string]{})))
		}
	}
	for _, b := range x.Blocks("listed").All {
		got = append(got, show(b.Attr("a").Text(evidence.Value[string]{})))
	}
	if diff := cmp.Diff([]string{"80", "0-a", "0-b", "443", "1-a", "1-b", "22", "1", "2"}, got); diff != "" {
		t.Error(diff)
	}
	open := x.Blocks("open")
	if len(open.All) != 0 || len(open.More) != 1 || open.More[0].Code != "variable_without_value" || open.More[0].Args["at"] != "main.tf:18" {
		t.Errorf("%+v", open)
	}
	if b := x.Block.Block("open"); b == nil || b.Attr("port").Why().Code != "variable_without_value" {
		t.Error("want an unresolved block")
	}
	if x.Block.Block("nothing") != nil {
		t.Error("want no block")
	}
}

func TestProviders(t *testing.T) {
	texts := map[string]string{
		"main.tf": `
provider "aws" { 
  region = "eu-north-1" 
  allowed_account_ids = ["111122223333"]
}
provider "aws" { 
  alias = "us" 
  region = "us-east-1"
  assume_role { role_arn = "arn:aws:iam::444455556666:role/x" }
}
provider "aws" { alias = "unset" }
provider "aws" { 
  alias = "var"
  region = var.region 
}
variable "region" {}
resource "aws_a" "default" {}
resource "aws_a" "us" { provider = aws.us }
resource "aws_a" "unset" { provider = aws.unset }
resource "aws_a" "var" { provider = aws.var }
resource "aws_a" "own" { region = "eu-west-1" }
data "aws_region" "r" { provider = aws.us }
data "aws_caller_identity" "c" { }
data "aws_partition" "p" { }
resource "aws_a" "data" { a = "${data.aws_partition.p.partition}:${data.aws_region.r.name}:${data.aws_caller_identity.c.account_id}" }
module "m" { 
  source = "./m" 
  providers = { 
    aws = aws.us 
    aws.second = aws 
  }
}
module "n" { source = "./m" }
`,
		"m/main.tf": `
terraform { 
  required_providers { 
    aws = { 
      source = "hashicorp/aws" 
      configuration_aliases = [aws.second] 
    } 
  } 
}
resource "aws_a" "first" {}
resource "aws_a" "second" { provider = aws.second }
`,
	}
	r := evaluate(t, texts, Options{})
	got := map[string]string{}
	for _, i := range r.OfType("aws_a") {
		got[i.Address] = show(i.Provider.Region) + " " + show(i.Provider.Account)
	}
	want := map[string]string{
		"aws_a.default":         "eu-north-1 111122223333",
		"aws_a.us":              "us-east-1 444455556666",
		"aws_a.unset":           "?provider_region_unset ?provider_account_unset",
		"aws_a.var":             "?variable_without_value ?provider_account_unset",
		"aws_a.own":             "eu-west-1 111122223333",
		"aws_a.data":            "eu-north-1 111122223333",
		"module.m.aws_a.first":  "us-east-1 444455556666",
		"module.m.aws_a.second": "eu-north-1 111122223333",
		"module.n.aws_a.first":  "eu-north-1 111122223333",
		"module.n.aws_a.second": "?provider_region_unset ?provider_account_unset",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if got := shown(r, "aws_a", "a")["aws_a.data"]; got != "aws:us-east-1:111122223333" {
		t.Error(got)
	}
	r = evaluate(t, texts, Options{Environ: map[string]string{"AWS_REGION": "eu-central-1"}})
	if got := show(r.Instance("aws_a.unset").Provider.Region); got != "eu-central-1" {
		t.Error(got)
	}
}

// TestValuesShowWhoPassedThem has one argument that a module sets itself, one that its caller sets, one that a variables
// file sets, and one that the default of the root's variable sets.
func TestValuesShowWhoPassedThem(t *testing.T) {
	r := evaluate(t, map[string]string{
		"main.tf": `variable "days" { default = 7 }
variable "port" {}
module "outer" {
  source = "./outer"
  name   = "db"
  days   = var.days
  port   = var.port
}`,
		"terraform.tfvars": "port = 5432",
		"outer/main.tf": `variable "name" {}
variable "days" {}
variable "port" {}
variable "size" { default = 10 }
module "inner" {
  source = "../inner"
  name   = var.name
  days   = var.days
  port   = var.port
  size   = var.size
}`,
		"inner/main.tf": `variable "name" {}
variable "days" {}
variable "port" {}
variable "size" {}
resource "test" "x" {
  name = var.name
  days = var.days
  port = var.port
  size = var.size
}`}, Options{})
	x := r.Instance("module.outer.module.inner.test.x")
	want := map[string][]string{
		"name": {"inner/main.tf:6 decides", "main.tf:5 calls"},
		"days": {"inner/main.tf:7 decides", "main.tf:1 calls"},
		"port": {"inner/main.tf:8 decides", "terraform.tfvars:1 calls"},
		"size": {"inner/main.tf:9 decides"},
	}
	got := map[string][]string{}
	for name := range want {
		for _, p := range x.Attr(name).Text(evidence.Value[string]{}).Positions() {
			got[name] = append(got[name], fmt.Sprintf("%s:%d %s", p.File, p.StartLine, p.Role))
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
