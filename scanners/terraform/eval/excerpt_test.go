package eval

import (
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/hashicorp/hcl/v2/hclwrite"
	"github.com/zclconf/go-cty/cty"
)

func TestExcerpts(t *testing.T) {
	tests := map[string]struct{ text, want string }{
		"bool":                  {`storage_encrypted = false # hunter2 is the password`, `storage_encrypted = false`},
		"enum":                  {`sse_algorithm = "aws:kms"`, `sse_algorithm = "aws:kms"`},
		"policy":                {`ssl_policy = "ELBSecurityPolicy-TLS13-1-2-2021-06"`, `ssl_policy = "ELBSecurityPolicy-TLS13-1-2-2021-06"`},
		"cidr":                  {`cidr_blocks = ["0.0.0.0/0", "::/0"]`, `cidr_blocks = ["0.0.0.0/0", "::/0"]`},
		"arn":                   {`kms_key_id = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"`, `kms_key_id = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"`},
		"reference":             {`password = var.password`, `password = var.password`},
		"password":              {`password = "hunter2"`, `password = "***"`},
		"numeric password":      {`password = 12345`, `password = ***`},
		"interpolated password": {`password = "x${var.a}"`, `password = "***"`},
		"template":              {`resources = ["${aws_s3_bucket.b.arn}/*"]`, `resources = ["${aws_s3_bucket.b.arn}/*"]`},
		"sentence":              {`description = "call me on 555 0100"`, `description = "***"`},
		"access key":            {`name = "AKIAIOSFODNN7EXAMPLE"`, `name = "***"`},
		"random":                {`name = "wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY"`, `name = "***"`},
		"uuid":                  {`name = "123e4567-e89b-12d3-a456-426614174000"`, `name = "***"`},
		"url":                   {`endpoint = "https://user:pw@host"`, `endpoint = "***"`},
		"environment":           {"variables = {\n  DB = \"abc\"\n}", "variables = {\n  DB = \"***\"\n}"},
		"map":                   {"tags = {\n  Name = \"app\"\n  api_token = \"abc\"\n}", "tags = {\n  Name = \"app\"\n  api_token = \"***\" …"},
		"heredoc":               {"user = <<EOT\nline one\nline two\nEOT\n", "user = <<EOT\n*** …"},
		"block comment":         {"a = /* secret\nmore */ 1", "a =\n 1"},
		"long":                  {`cidr_blocks = ["` + strings.Repeat(`10.0.0.0/8", "`, 40) + `"]`, ""},
		"nested quotes":         {`name = "${lookup(var.m, "sesame-open")}"`, `name = "***"`},
		"for":                   {`names = [for k in var.l : k]`, `names = [for k in var.l : k]`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			s := &source{path: "x.tf", text: []byte(test.text)}
			got := s.excerpt(span{0, int32(len(test.text))})
			if test.want == "" {
				if len([]rune(got)) > excerptWidth {
					t.Errorf("%d characters", len([]rune(got)))
				}
				return
			}
			if got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
	}
}

func TestExcerptOfVariablesFile(t *testing.T) {
	text := `db_password = "hunter2"`
	s := &source{path: "x.tfvars", text: []byte(text), values: true}
	if got := s.excerpt(span{0, int32(len(text))}); got != "db_password = ***" {
		t.Error(got)
	}
}

// FuzzExcerpt checks that no text of a sensitive attribute is shown.
func FuzzExcerpt(f *testing.F) {
	f.Add("hunter2", "a = \"x\"\n")
	f.Add("x\\\"y", "#\n")
	f.Add("${", "")
	f.Fuzz(func(t *testing.T, secret, after string) {
		if len(secret) < 4 || strings.ContainsAny(secret, "$%{}*.") {
			return
		}
		text := "password = " + string(hclwrite.TokensForValue(cty.StringVal(secret)).Bytes()) + "\n" + after
		file, diags := hclsyntax.ParseConfig([]byte(text), "x.tf", hcl.InitialPos)
		if diags.HasErrors() || file == nil {
			return
		}
		s := &source{path: "x.tf", text: []byte(text)}
		got := s.excerpt(span{0, int32(strings.IndexByte(text, '\n'))})
		if got != `password = "***"` {
			t.Errorf("got %q of %q", got, text)
		}
	})
}
