package eval

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/tomscan/tomscan/evidence"
)

// FuzzEvaluate looks for configurations that crash the evaluator, that take it more than its bounds, or for which two
// evaluations differ.
func FuzzEvaluate(f *testing.F) {
	for _, seed := range []string{
		"variable \"v\" { default = { a = [1, \"x\"] } }\nlocals { l = [for k, v in var.v.a : \"${k}-${v}\" if k > 0] }\nresource \"test\" \"x\" {\n count = length(local.l)\n a = local.l[count.index]\n}",
		"resource \"aws_s3_bucket\" \"b\" {\n for_each = toset([\"a\", \"b\"])\n bucket = each.key\n}\nresource \"aws_s3_bucket_versioning\" \"v\" {\n for_each = aws_s3_bucket.b\n bucket = each.value.id\n}",
		"module \"m\" {\n source = \"./m\"\n count = 2\n name = \"x${count.index}\"\n}\nresource \"test\" \"x\" { a = module.m[*].out }",
		"data \"aws_iam_policy_document\" \"d\" {\n statement {\n actions = [\"*\"]\n principals {\n type = \"*\"\n identifiers = [\"*\"]\n }\n }\n}\nresource \"test\" \"x\" { policy = data.aws_iam_policy_document.d.json }",
		"resource \"test\" \"x\" {\n dynamic \"b\" {\n for_each = range(3)\n iterator = it\n content { v = it.value }\n }\n policy = <<EOT\n{\"a\": \"${test.y.arn}\"}\nEOT\n}\nresource \"test\" \"y\" {}",
		"locals {\n a = \"${local.b}${local.b}\"\n b = \"${local.c}${local.c}\"\n c = \"xxxxxxxxxxxxxxxxxxxxxxxx\"\n}\nresource \"test\" \"x\" { a = local.a }",
		"provider \"aws\" {\n region = local.r\n}\nlocals { r = data.aws_region.c.name }\ndata \"aws_region\" \"c\" {}\nresource \"aws_x\" \"y\" { a = local.r }",
		"# tomscan:accept TOM-A-1 until=2026-01-01 reason=\"x\"\nresource \"a\" \"b\" {}",
		"resource \"test\" \"x\" { a = try(jsondecode(\"{}\"), yamldecode(\"a\"), templatestring(\"$${x}\", {x = 1}), cidrsubnet(\"10.0.0.0/8\", 8, 1)) }",
		"moved {\n from = a.b\n to = c.d[\"x\"]\n}\nterraform {\n backend \"s3\" {}\n required_providers { aws = { source = \"x/y/aws\" } }\n}",
	} {
		f.Add(seed, false)
	}
	f.Add(`{"resource": {"a": {"b": {"x": "${upper("y")}", "dynamic": {"d": {"for_each": [1], "content": {"v": "${d.value}"}}}}}}}`, true)
	f.Fuzz(func(t *testing.T, text string, asJSON bool) {
		name := "main.tf"
		if asJSON {
			name = "main.tf.json"
		}
		texts := map[string]string{name: text, "m/m.tf": "variable \"name\" {}\nresource \"test\" \"m\" { a = var.name }\noutput \"out\" { value = test.m.id }"}
		if first, second := digestOf(t, texts), digestOf(t, texts); first != second {
			t.Errorf("two evaluations differ:\n%s\n%s", first, second)
		}
	})
}

// digestOf evaluates texts and reads everything that a reader could.
func digestOf(t *testing.T, texts map[string]string) string {
	p := NewParser(files(texts))
	if _, err := p.FindRoots(t.Context(), []string{"."}, nil); err != nil {
		t.Fatal(err)
	}
	r, err := p.Evaluate(t.Context(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	var out []any
	for _, i := range r.Instances {
		out = append(out, i.Address, i.Provider.Region.Reading(), i.Provider.Account.Reading(), r.Names(i))
		out = append(out, digestBlock(r, i.Block, 0)...)
		out = append(out, addresses(r.Linked(i, "aws_s3_bucket_versioning", "bucket").All))
	}
	encoded, err := json.Marshal([]any{out, r.Gaps, r.Notes, r.Moved, r.Literals})
	if err != nil {
		t.Fatal(err)
	}
	return string(encoded)
}

func digestBlock(r *Root, b *Block, depth int) []any {
	var out []any
	for _, name := range sortedKeys(b.attrs) {
		a := b.Attr(name)
		_, known, why := a.JSON()
		out = append(out, name, a.Bool(evidence.Value[bool]{}).Reading(), a.Text(evidence.Value[string]{}).Reading(),
			a.Int(evidence.Value[int]{}).Reading(), a.Texts(evidence.Value[[]string]{}).Reading(), a.Refs(), a.Why(), a.At(),
			known, why, a.Origin(), addresses(r.Targets(a, "aws_s3_bucket", "test").All))
		if depth < 3 {
			for _, nested := range b.Blocks(name).All {
				out = append(out, digestBlock(r, nested, depth+1)...)
			}
		}
	}
	for _, name := range sortedKeys(b.blocks) {
		for _, nested := range b.Blocks(name).All {
			out = append(out, digestBlock(r, nested, depth+1)...)
		}
	}
	return append(out, b.At(evidence.RoleDefaults))
}

// FuzzVariables reads variables files and values.
func FuzzVariables(f *testing.F) {
	f.Add("v = \"x\"\nl = [1, 2]\n", "x", false)
	f.Add(`{"v": "x", "l": ["a"], "o": {"a": {"b": null}}}`, `["a"]`, true)
	f.Add("o = { a = \"x\" }", `{a = {b = true}}`, false)
	f.Fuzz(func(t *testing.T, text, value string, asJSON bool) {
		name := "terraform.tfvars"
		if asJSON {
			name = "terraform.tfvars.json"
		}
		texts := map[string]string{name: text, "main.tf": `
variable "v" {}
variable "l" { type = list(string) }
variable "o" { type = object({ a = optional(object({ b = optional(bool, true) }), {}) }) }
variable "m" { type = map(set(number)) }
resource "test" "x" {
  v = var.v
  l = var.l
  o = var.o.a.b
  m = var.m
}`}
		for _, opts := range []Options{{Vars: []string{"v=" + value, "l=" + value, "m=" + value}}, {Environ: map[string]string{"TF_VAR_o": value}}} {
			r, err := NewParser(files(texts)).Evaluate(t.Context(), opts)
			if err != nil {
				t.Fatal(err)
			}
			digestBlock(r, r.Instance("test.x").Block, 0)
		}
	})
}

// FuzzAccept reads inline accepts.
func FuzzAccept(f *testing.F) {
	f.Add(`TOM-A-1 until=2026-01-01 owner=ann ticket=T-1 reason="some words"`)
	f.Add(`TOM-A-1 reason="open`)
	f.Fuzz(func(t *testing.T, text string) {
		a, ok := parseAccept("# " + acceptWord + " " + text)
		if !ok {
			return
		}
		if a.Check == "" || len(a.Fields) > 4 {
			t.Errorf("%+v", a)
		}
		for key, value := range a.Fields {
			if !strings.Contains(text, value) || !isAcceptField(key) {
				t.Errorf("%q = %q of %q", key, value, text)
			}
		}
	})
}
