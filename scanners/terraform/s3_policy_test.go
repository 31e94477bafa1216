package terraform

import (
	"strings"
	"testing"

	"github.com/tomscan/tomscan/evidence"
)

// denyPlain is the statement that refuses requests without TLS, with what it is for and on.
const denyPlain = `{
      Effect    = "Deny"
      Principal = "*"
      Action    = "s3:*"
      Resource  = [RESOURCES]
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }`

func denying(resources string) string { return strings.Replace(denyPlain, "RESOURCES", resources, 1) }

// TestBucketTransport reads policies in every way of writing them, of buckets in every way of naming them.
func TestBucketTransport(t *testing.T) {
	named := "resource \"aws_s3_bucket\" \"b\" {\n  bucket = \"data\"\n}\n"
	unnamed := "resource \"aws_s3_bucket\" \"b\" {}\n"
	policy := func(bucket, text string) string {
		return "resource \"aws_s3_bucket_policy\" \"b\" {\n  bucket = " + bucket + "\n  policy = " + text + "\n}\n"
	}
	encoded := func(statement string) string {
		return "jsonencode({ Version = \"2012-10-17\", Statement = [" + statement + "] })"
	}
	both := `aws_s3_bucket.b.arn, "${aws_s3_bucket.b.arn}/*"`
	denied, allowed := settings{"plain_transport": "denied"}, settings{"plain_transport": "allowed"}
	runCases(t, evidence.ObjectStore{}.Kind(), []readCase{
		bucketCase("no policy", named, settings{"plain_transport": "allowed (default)", "tls_min": "12 (default)"}),
		bucketCase("jsonencode, known name", named+policy("aws_s3_bucket.b.id", encoded(denying(both))), denied),
		bucketCase("jsonencode, generated name", unnamed+policy("aws_s3_bucket.b.id", encoded(denying(both))), denied),
		bucketCase("by literal", named+policy(`"data"`, encoded(denying(`"arn:aws:s3:::data", "arn:aws:s3:::data/*"`))), denied),
		bucketCase("by .bucket", unnamed+policy("aws_s3_bucket.b.bucket", encoded(denying(both))), denied),
		bucketCase("star", unnamed+policy("aws_s3_bucket.b.id", encoded(denying(`"*"`))), denied),
		bucketCase("one pattern for both", unnamed+policy("aws_s3_bucket.b.id", encoded(denying(`"${aws_s3_bucket.b.arn}*"`))), denied),
		bucketCase("objects only", unnamed+policy("aws_s3_bucket.b.id", encoded(denying(`"${aws_s3_bucket.b.arn}/*"`))), allowed),
		bucketCase("bucket only", unnamed+policy("aws_s3_bucket.b.id", encoded(denying(`aws_s3_bucket.b.arn`))), allowed),
		bucketCase("one prefix", unnamed+policy("aws_s3_bucket.b.id", encoded(denying(`aws_s3_bucket.b.arn, "${aws_s3_bucket.b.arn}/a/*"`))), allowed),
		bucketCase("another bucket", unnamed+"resource \"aws_s3_bucket\" \"c\" {}\n"+
			policy("aws_s3_bucket.b.id", encoded(denying(strings.ReplaceAll(both, ".b.", ".c.")))), denied).without(),
		bucketCase("one principal", unnamed+policy("aws_s3_bucket.b.id", strings.Replace(encoded(denying(both)), `Principal = "*"`, `Principal = { AWS = "111122223333" }`, 1)), allowed),
		bucketCase("one action", unnamed+policy("aws_s3_bucket.b.id", strings.Replace(encoded(denying(both)), `"s3:*"`, `"s3:PutObject"`, 1)), allowed),
		bucketCase("all actions", unnamed+policy("aws_s3_bucket.b.id", strings.Replace(encoded(denying(both)), `"s3:*"`, `["*"]`, 1)), denied),
		bucketCase("allows instead", unnamed+policy("aws_s3_bucket.b.id", strings.Replace(encoded(denying(both)), `"Deny"`, `"Allow"`, 1)), allowed),
		bucketCase("false as a boolean in a list", unnamed+policy("aws_s3_bucket.b.id", strings.Replace(encoded(denying(both)), `"false"`, `[false]`, 1)), denied),
		bucketCase("true", unnamed+policy("aws_s3_bucket.b.id", strings.Replace(encoded(denying(both)), `"false"`, `"true"`, 1)), allowed),
		bucketCase("narrowed", unnamed+policy("aws_s3_bucket.b.id", strings.Replace(encoded(denying(both)), `Bool = {`, `StringEquals = { "aws:PrincipalTag/x" = "y" }, Bool = {`, 1)), allowed),
		bucketCase("unknown action", unnamed+"variable \"v\" {}\n"+policy("aws_s3_bucket.b.id", strings.Replace(encoded(denying(both)), `"s3:*"`, `var.v`, 1)),
			settings{"plain_transport": "?variable_without_value"}),
		bucketCase("heredoc", unnamed+policy("aws_s3_bucket.b.id", `<<POLICY
{"Statement": {"Effect": "Deny", "Principal": {"AWS": "*"}, "Action": "s3:*",
 "Resource": ["${aws_s3_bucket.b.arn}", "${aws_s3_bucket.b.arn}/*"],
 "Condition": {"Bool": {"aws:SecureTransport": false}}}}
POLICY`), denied),
		bucketCase("format", named+policy("aws_s3_bucket.b.id", encoded(denying(`format("arn:aws:s3:::%s", aws_s3_bucket.b.id), format("%s/*", aws_s3_bucket.b.arn)`))), denied),
		bucketCase("policy document", unnamed+`data "aws_iam_policy_document" "d" {
  statement {
    effect    = "Deny"
    actions   = ["s3:*"]
    resources = [aws_s3_bucket.b.arn, "${aws_s3_bucket.b.arn}/*"]
    principals {
      type        = "*"
      identifiers = ["*"]
    }
    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = ["false"]
    }
  }
}
`+policy("aws_s3_bucket.b.id", "data.aws_iam_policy_document.d.json"), denied),
		{"by one() of a splat", `resource "aws_s3_bucket" "b" {
  count = 1
}
` + policy("one(aws_s3_bucket.b[*].id)", encoded(denying(strings.ReplaceAll(both, "b.arn", "b[0].arn")))), map[string]settings{"aws_s3_bucket.b[0]": denied}},
		bucketCase("minimum version", named+policy("aws_s3_bucket.b.id", strings.Replace(encoded(denying(both)), `Bool = { "aws:SecureTransport" = "false" }`,
			`NumericLessThan = { "s3:TlsVersion" = "1.3" }`, 1)), settings{"plain_transport": "allowed", "tls_min": "13"}),
		bucketCase("inline", "resource \"aws_s3_bucket\" \"b\" {\n  bucket = \"data\"\n  policy = "+encoded(denying(`"arn:aws:s3:::data", "arn:aws:s3:::data/*"`))+"\n}\n", denied),
	})
}

// without is the case of a policy that names another bucket: it denies nothing on this one.
func (c readCase) without() readCase {
	c.want = map[string]settings{bucketAddress: {"plain_transport": "allowed"}, "aws_s3_bucket.c": {}}
	return c
}

// TestBucketAcrossModule follows a bucket through the output of a module.
func TestBucketAcrossModule(t *testing.T) {
	snapshot := collect(t, Options{}, map[string]string{
		"main.tf": `provider "aws" {
  region = "eu-north-1"
}
module "store" {
  source = "./store"
}
resource "aws_s3_bucket_policy" "b" {
  bucket = module.store.id
  policy = jsonencode({ Statement = [` + denying(`module.store.arn, "${module.store.arn}/*"`) + `] })
}`,
		"store/main.tf": `resource "aws_s3_bucket" "b" {}
output "id" { value = aws_s3_bucket.b.id }
output "arn" { value = aws_s3_bucket.b.arn }`,
	})
	f := factAt(t, snapshot, "module.store.aws_s3_bucket.b")
	if got := short(f.Settings["plain_transport"]); got != "denied" {
		t.Errorf("plain_transport: got %s, want denied", got)
	}
	if got, want := len(f.Addresses), 2; got != want {
		t.Errorf("addresses: got %v, want the bucket and its policy", f.Addresses)
	}
}
