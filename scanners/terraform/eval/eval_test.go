package eval

import (
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/evidence"
)

// files returns a file system of texts.
func files(texts map[string]string) fstest.MapFS {
	fsys := fstest.MapFS{}
	for name, text := range texts {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return fsys
}

// evaluate evaluates the root "." of texts.
func evaluate(t *testing.T, texts map[string]string, opts Options) *Root {
	t.Helper()
	root, err := NewParser(files(texts)).Evaluate(t.Context(), opts)
	if err != nil {
		t.Fatal(err)
	}
	return root
}

// one evaluates one file.
func one(t *testing.T, text string) *Root {
	t.Helper()
	return evaluate(t, map[string]string{"main.tf": text}, Options{})
}

// addresses lists the addresses of instances.
func addresses(list []*Instance) []string {
	found := []string{}
	for _, i := range list {
		found = append(found, i.Address)
	}
	return found
}

// codes lists the codes of gaps or notes.
func codes(gaps []evidence.Gap) []string {
	found := []string{}
	for _, g := range gaps {
		found = append(found, g.Code)
	}
	return found
}

// show returns a setting as a short text: its value, or ?code for an unresolved one.
func show(v evidence.Value[string]) string {
	if text, ok := v.Get(); ok {
		return text
	}
	return "?" + v.Why().Code
}

// shown returns the text of attribute a of every instance of type x, by address.
func shown(r *Root, typ, attr string) map[string]string {
	found := map[string]string{}
	for _, i := range r.OfType(typ) {
		found[i.Address] = show(i.Attr(attr).Text(evidence.Known("(unset)")))
	}
	return found
}

func TestExpressions(t *testing.T) {
	const declarations = `
variable "unset" {}
variable "unset_bool" { type = bool }
variable "name" { default = "app" }
variable "flags" { default = { a = true, b = "x" } }
locals {
  joined = "${var.name}-${local.suffix}"
  suffix = "prod"
  partly = "${var.unset}-logs"
  list   = [for s in ["a", "b"] : upper(s)]
}
resource "aws_s3_bucket" "b" { bucket = local.joined }
resource "aws_s3_bucket" "counted" {
  count  = 2
  bucket = "c${count.index}"
}
resource "random_id" "r" {}
data "aws_ami" "a" {}
`
	tests := map[string]struct{ expr, want string }{
		"literal":                    {`"x"`, "x"},
		"local":                      {`local.joined`, "app-prod"},
		"unset variable":             {`var.unset`, "?variable_without_value"},
		"unset variable in template": {`local.partly`, "?variable_without_value"},
		"object":                     {`var.flags.b`, "x"},
		"for":                        {`join(",", local.list)`, "A,B"},
		"resource attribute":         {`aws_s3_bucket.b.bucket`, "app-prod"},
		"resource id":                {`aws_s3_bucket.b.id`, "app-prod"},
		"computed attribute":         {`random_id.r.hex`, "?computed_attribute"},
		"splat":                      {`join(",", aws_s3_bucket.counted[*].id)`, "c0,c1"},
		"index":                      {`aws_s3_bucket.counted[1].bucket`, "c1"},
		"data source":                {`data.aws_ami.a.id`, "?data_source"},
		"timestamp":                  {`timestamp()`, "?function_reads_time"},
		"workspace":                  {`terraform.workspace`, "?workspace_not_given"},
		"provider function":          {`provider::aws::arn_parse("x").account`, "?provider_function"},
		"unknown condition":          {`var.unset_bool ? "a" : "b"`, "?variable_without_value"},
		"unknown condition, same":    {`var.unset_bool ? "a" : "a"`, "a"},
		"known condition":            {`var.flags.a ? "yes" : var.unset`, "yes"},
		"undeclared":                 {`var.nothing`, "?undeclared_reference"},
		"failing":                    {`element([], 0)`, "?function_failed"},
		"try":                        {`try(var.flags.zzz, "fallback")`, "fallback"},
		"try resource":               {`try(aws_s3_bucket.counted[5].id, "none")`, "none"},
		"can":                        {`can(var.flags.zzz) ? "yes" : "no"`, "no"},
		"null":                       {`null`, "(unset)"},
		"number":                     {`1 + 2`, "3"},
		"one":                        {`one(aws_s3_bucket.counted[*].id)`, "?function_failed"},
		"for over unknown":           {`join(",", [for x in var.unset : x])`, "?variable_without_value"},
		"core function":              {`core::upper("x")`, "X"},
		"heredoc":                    {"<<EOT\nhello ${var.name}\nEOT\n", "hello app\n"},
		"path":                       {`path.module`, "."},
		"path cwd":                   {`path.cwd`, "?function_reads_machine"},
		"unknown function":           {`frobnicate(1)`, "?unknown_function"},
		"for directive":              {`"%{for s in local.list}<${s}>%{endfor}"`, "<A><B>"},
		"expanded arguments":         {`format("%s-%s", local.list...)`, "A-B"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			r := one(t, declarations+`resource "test" "x" { 
  a = `+test.expr+`
}`)
			got := shown(r, "test", "a")["test.x"]
			if got != test.want {
				t.Errorf("got %s, want %s\nnotes: %v", got, test.want, r.Notes)
			}
		})
	}
}

func TestCycles(t *testing.T) {
	r := one(t, `
locals {
  a = local.b
  b = local.a
}
resource "test" "x" { a = local.a }
resource "test" "y" { a = test.y.a }
`)
	want := map[string]string{"test.x": "?reference_cycle", "test.y": "?reference_cycle"}
	if diff := cmp.Diff(want, shown(r, "test", "a")); diff != "" {
		t.Error(diff)
	}
}
