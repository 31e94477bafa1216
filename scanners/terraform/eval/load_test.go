package eval

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/evidence"
)

func TestJSONSyntax(t *testing.T) {
	r := evaluate(t, map[string]string{"main.tf.json": `{
  "//": "comment",
  "variable": {"v": {"type": "list(string)", "default": ["a", "b"]}},
  "locals": {"l": "${upper(var.v[0])}"},
  "provider": {"aws": [{"region": "eu-north-1"}, {"alias": "us", "region": "us-east-1"}]},
  "resource": {
    "aws_x": {
      "a": {"provider": "aws.us", "a": "${local.l}-x", "rule": {"port": 1}, "rules": [{"port": 1}, {"port": 2}],
            "dynamic": {"open": {"for_each": ["p", "q"], "content": {"port": "${open.value}"}}}},
      "b": [{"a": "literal", "count": 2}]
    }
  },
  "module": {"m": {"source": "./m", "name": "n"}},
  "output": {"o": {"value": 1}}
}`, "m/m.tf": `
variable "name" {}
resource "aws_x" "m" { a = var.name }`}, Options{})
	want := map[string]string{"aws_x.a": "A-x", "aws_x.b[0]": "literal", "aws_x.b[1]": "literal", "module.m.aws_x.m": "n"}
	if diff := cmp.Diff(want, shown(r, "aws_x", "a")); diff != "" {
		t.Error(diff, r.Notes, r.Gaps)
	}
	a := r.Instance("aws_x.a")
	var got []string
	for _, name := range []string{"rule", "rules", "open"} {
		for _, b := range a.Blocks(name).All {
			got = append(got, name+show(b.Attr("port").Text(evidence.Value[string]{})))
		}
	}
	if diff := cmp.Diff([]string{"rule1", "rules1", "rules2", "openp", "openq"}, got); diff != "" {
		t.Error(diff)
	}
	if got := show(a.Provider.Region); got != "us-east-1" {
		t.Error(got)
	}
	if at := a.Attr("a").At(); at.StartLine != 8 || at.File != "main.tf.json" {
		t.Errorf("%+v", at)
	}
}

func TestOverrides(t *testing.T) {
	r := evaluate(t, map[string]string{
		"main.tf": `
variable "v" { default = "base" }
locals { l = "base" }
resource "test" "x" {
  a = "base"
  b = var.v
  c = local.l
  rule { n = "1" }
  rule { n = "2" }
  other { n = "3" }
}`,
		"override.tf":   `variable "v" { default = "over" }`,
		"x_override.tf": "locals { l = \"over\" }\nresource \"test\" \"x\" {\n a = \"over\"\n rule { n = \"4\" }\n}",
	}, Options{})
	x := r.Instance("test.x")
	var got []string
	for _, name := range []string{"a", "b", "c"} {
		got = append(got, show(x.Attr(name).Text(evidence.Value[string]{})))
	}
	for _, name := range []string{"rule", "other"} {
		for _, b := range x.Blocks(name).All {
			got = append(got, name+show(b.Attr("n").Text(evidence.Value[string]{})))
		}
	}
	if diff := cmp.Diff([]string{"over", "over", "over", "rule4", "other3"}, got); diff != "" {
		t.Error(diff)
	}
}

func TestBrokenFiles(t *testing.T) {
	r := evaluate(t, map[string]string{
		"a.tf":             "resource \"test\" \"before\" { a = \"1\" }\nresource \"test\" \"broken\" {\n  a = = \"s3cr3t\"\n}\nresource \"test\" \"after\" { a = \"3\" }\n",
		"b.tf":             `resource "test" "other" { a = "4" }`,
		"c.tf.json":        `{"resource": `,
		"deep.tf":          "locals { x = " + strings.Repeat("[", 100_000) + strings.Repeat("]", 100_000) + "}",
		"operators.tf":     "locals { y = " + strings.Repeat("!", 100_000) + "true }",
		"lines.tf":         "locals { z = (" + strings.Repeat("!\n", 100_000) + "true) }",
		"unknown.tf":       `frobnicate "x" {}`,
		"terraform.tfvars": `a = = 1`,
	}, Options{})
	if diff := cmp.Diff(map[string]string{"test.before": "1", "test.other": "4"}, shown(r, "test", "a")); diff != "" {
		t.Error(diff)
	}
	var got []string
	for _, g := range r.Gaps {
		got = append(got, g.Code+" "+g.Args["file"]+" "+g.Args["line"]+g.Args["cause"])
		for _, arg := range g.Args {
			if strings.Contains(arg, "s3cr3t") {
				t.Error("a gap shows source text")
			}
		}
	}
	want := []string{"syntax_error a.tf 3", "syntax_error c.tf.json 1", "file_unreadable deep.tf too_nested", "file_unreadable lines.tf too_nested",
		"file_unreadable operators.tf too_nested", "syntax_error terraform.tfvars 1"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"unsupported_block"}, codes(r.Notes)); diff != "" {
		t.Error(diff)
	}
}

func TestIgnoredBlocks(t *testing.T) {
	r := one(t, `
moved {
  from = test.old["a"]
  to   = module.m.test.new
}
import {
  to = test.x
  id = "i"
}
check "c" {
  assert {
    condition     = false
    error_message = "x"
  }
}
removed {
  from = test.gone
  lifecycle { destroy = false }
}
resource "test" "x" {
  lifecycle {
    precondition {
      condition     = nonsense.x
      error_message = ""
    }
  }
  provisioner "local-exec" { command = self.a }
}
resource "test" "x" {}
`)
	if diff := cmp.Diff([]string{"test.x"}, addresses(r.Instances)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"duplicate_declaration"}, codes(r.Notes)); diff != "" {
		t.Error(diff)
	}
	if len(r.Moved) != 1 || r.Moved[0].From != `test.old["a"]` || r.Moved[0].To != "module.m.test.new" {
		t.Errorf("%+v", r.Moved)
	}
}

func TestAccepts(t *testing.T) {
	r := evaluate(t, map[string]string{"main.tf": `
# tomscan:accept TOM-A-001 until=2026-12-31 owner=ann ticket=X-1 reason="a reason, with spaces"
# tomscan:accept TOM-A-002 until=2026-12-31
resource "test" "x" {
  a = 1 // tomscan:accept TOM-A-003 owner=bob
  block { /* tomscan:accept TOM-A-004 */ }
}

# tomscan:accept TOM-A-005

resource "test" "y" {}
# tomscan:accept nonsense
# tomscan:accept TOM-A-006 color=red
resource "test" "z" { a = "# tomscan:accept TOM-A-007" }
# tomscan:accept TOM-A-008
module "m" { source = "./m" }
`, "m/m.tf": `resource "test" "m" {}`}, Options{})
	got := map[string][]string{}
	for _, i := range r.Instances {
		for _, a := range i.Accepts {
			got[i.Address] = append(got[i.Address], a.Check)
		}
	}
	want := map[string][]string{"test.x": {"TOM-A-001", "TOM-A-002", "TOM-A-003", "TOM-A-004"}, "module.m.test.m": {"TOM-A-008"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"accept_unattached", "accept_malformed", "accept_malformed"}, codes(r.Notes)); diff != "" {
		t.Error(diff)
	}
	first := r.Instance("test.x").Accepts[0]
	if first.Fields["reason"] != "a reason, with spaces" || first.Fields["until"] != "2026-12-31" || first.At.StartLine != 2 {
		t.Errorf("%+v", first)
	}
}

func TestFindRoots(t *testing.T) {
	fsys := files(map[string]string{
		"main.tf":                        `module "a" { source = "./modules/a" }`,
		"modules/a/main.tf":              `module "b" { source = "../b" }`,
		"modules/b/main.tf":              ``,
		"modules/unused/main.tf":         ``,
		"envs/prod/main.tf":              `module "a" { source = "../../modules/a" }`,
		"envs/backend/main.tf":           "terraform {\n backend \"s3\" {}\n}",
		"envs/vars/main.tf":              ``,
		"envs/vars/x.tfvars":             ``,
		"envs/init/main.tf":              ``,
		"envs/init/.terraform/x":         ``,
		"envs/caller/main.tf":            "module \"v\" {\n source = \"../vars\"\n}\nmodule \"i\" {\n source = \"../init\"\n}\nmodule \"b\" {\n source = \"../backend\"\n}",
		"examples/one/main.tf":           `module "x" { source = "../.." }`,
		".terraform/modules/m/m.tf":      ``,
		"node_modules/x/m.tf":            ``,
		"docs/readme.md":                 ``,
		"modules/a/tests/fixture/m.tf":   ``,
		"modules/a/.hidden/directory.tf": ``,
	})
	roots := func(paths, declared []string) map[string]string {
		found, err := NewParser(fsys).FindRoots(t.Context(), paths, declared)
		if err != nil {
			t.Fatal(err)
		}
		got := map[string]string{}
		for _, r := range found {
			got[r.Dir] = r.Why[0].Code
		}
		return got
	}
	want := map[string]string{".": "root_is_initialised", "envs/backend": "root_has_backend", "envs/caller": "root_not_called",
		"envs/init": "root_is_initialised", "envs/prod": "root_not_called", "envs/vars": "root_has_variables_file",
		"modules/unused": "root_not_called"}
	if diff := cmp.Diff(want, roots([]string{"."}, nil)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(map[string]string{"examples/one": "root_not_called"}, roots([]string{"examples"}, nil)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(map[string]string{"modules/a": "root_not_called", "modules/a/tests/fixture": "root_declared"}, roots([]string{"modules/a"}, []string{"modules/a/tests/fixture"})); diff != "" {
		t.Error(diff)
	}
}

func TestLiteralsAndOrigins(t *testing.T) {
	r := evaluate(t, map[string]string{"main.tf": `
variable "db_password" { default = "hunter2" }
variable "api_token" { default = "" }
variable "declared" { 
  default = "x" 
  sensitive = true 
}
variable "secret_name" { default = "n" }
variable "auth_token" {}
variable "given_password" {}
locals { l = "${var.db_password}!" }
resource "random_password" "r" { length = 20 }
data "aws_secretsmanager_secret_version" "s" { secret_id = "x" }
resource "test" "literal" { a = "x" }
resource "test" "local" { a = local.l }
resource "test" "generated" { a = random_password.r.result }
resource "test" "store" { a = jsondecode(data.aws_secretsmanager_secret_version.s.secret_string)["password"] }
resource "test" "missing" { a = var.given_password }
resource "test" "file" { a = var.auth_token }
resource "test" "unset" {}
resource "test" "unknown" { a = timestamp() }
`, "terraform.tfvars": `auth_token = "abc"`}, Options{})
	var names []string
	for _, l := range r.Literals {
		names = append(names, l.Name)
	}
	if diff := cmp.Diff([]string{"db_password", "declared", "auth_token"}, names); diff != "" {
		t.Error(diff)
	}
	got := map[string]Origin{}
	for _, i := range r.OfType("test") {
		got[i.Name] = i.Attr("a").Origin()
	}
	want := map[string]Origin{"literal": OriginLiteral, "local": OriginLiteral, "generated": OriginGenerated, "store": OriginSecretStore,
		"missing": OriginVariable, "file": OriginLiteral, "unset": OriginUnresolved, "unknown": OriginUnresolved}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	r = evaluate(t, map[string]string{"main.tf": "variable \"p\" {}\nresource \"test\" \"x\" { a = var.p }"}, Options{Vars: []string{"p=x"}})
	if got := r.Instance("test.x").Attr("a").Origin(); got != OriginVariable {
		t.Error(got)
	}
}

// TestNamesOfSecretsAreNoSecrets has variables that are called like secrets and tell where one is kept, or how it is made.
func TestNamesOfSecretsAreNoSecrets(t *testing.T) {
	r := evaluate(t, map[string]string{"main.tf": `
variable "chamber_name_token" { default = "spotinst_token" }
variable "client_token_validity_units" { default = { access_token = "minutes" } }
variable "kube_secret" {
  description = "Name of the secret in Kubernetes"
  default     = "tailscale"
}
variable "secrets_directory" { default = "./resources" }
variable "secrets_source_stage" { default = "auto" }
variable "ssm_key_password" { default = "admin/db_password" }
variable "webhook_secret" { default = "/github/webhook" }

variable "client_secret" {
  description = "The secret of the client"
  default     = "tailscale"
}
variable "api_token_base64" { default = "aGVsbG8" }
variable "password_of_root" { default = "Hunter2hunter2" }
variable "users_passwords" { default = { root = "hunter2" } }
`}, Options{})
	var names []string
	for _, l := range r.Literals {
		names = append(names, l.Name)
	}
	if diff := cmp.Diff([]string{"client_secret", "api_token_base64", "password_of_root", "users_passwords"}, names); diff != "" {
		t.Error(diff)
	}
}
