package terraform

import (
	"strings"
	"testing"

	"github.com/tomscan/tomscan/evidence"
)

const bucketAddress = "aws_s3_bucket.b"

func bucketCase(name, code string, want settings) readCase {
	return readCase{name, code, map[string]settings{bucketAddress: want}}
}

// TestBucketBesideDirectoryBucket shows that what configures a directory bucket of unknown name leaves others alone.
func TestBucketBesideDirectoryBucket(t *testing.T) {
	runCases(t, "object_store", []readCase{{"policy of a directory bucket", `
		variable "zone" {}
		resource "aws_s3_directory_bucket" "d" {
			bucket = "d--${var.zone}--x-s3"
		}
		resource "aws_s3_bucket_policy" "d" {
			bucket = aws_s3_directory_bucket.d.bucket
			policy = var.zone
		}
		resource "aws_s3_bucket" "b" {
			bucket = "b"
		}`, map[string]settings{"aws_s3_bucket.b": {"plain_transport": "allowed (default)"}}}})
}

func TestBucketEncryption(t *testing.T) {
	const bucket = "resource \"aws_s3_bucket\" \"b\" {\n  bucket = \"data\"\n}\n"
	sse := func(apply string) string {
		return bucket + `resource "aws_s3_bucket_server_side_encryption_configuration" "b" {
  bucket = aws_s3_bucket.b.id
  rule {
    apply_server_side_encryption_by_default {
      ` + apply + `
    }
  }
}
`
	}
	runCases(t, evidence.ObjectStore{}.Kind(), []readCase{
		bucketCase("unset", bucket, settings{"encryption": "provider-owned (default)", "name": "data", "region": "eu-north-1"}),
		bucketCase("aes", sse(`sse_algorithm = "AES256"`), settings{"encryption": "provider-owned"}),
		bucketCase("kms without a key", sse(`sse_algorithm = "aws:kms"`), settings{"encryption": "provider-managed"}),
		bucketCase("kms with an alias of aws", sse("sse_algorithm = \"aws:kms:dsse\"\nkms_master_key_id = \"alias/aws/s3\""), settings{"encryption": "provider-managed"}),
		bucketCase("kms with a key", sse("sse_algorithm = \"aws:kms\"\nkms_master_key_id = aws_kms_key.k.arn")+`resource "aws_kms_key" "k" {}`,
			settings{"encryption": "customer-managed"}),
		bucketCase("kms with an unknown key", sse("sse_algorithm = \"aws:kms\"\nkms_master_key_id = var.key")+`variable "key" { type = string }`,
			settings{"encryption": "?variable_without_value"}),
		bucketCase("unknown algorithm", sse("sse_algorithm = var.a")+`variable "a" { type = string }`, settings{"encryption": "?variable_without_value"}),
		bucketCase("inline", `resource "aws_s3_bucket" "b" {
  server_side_encryption_configuration {
    rule {
      apply_server_side_encryption_by_default {
        sse_algorithm = "aws:kms"
      }
    }
  }
}`, settings{"encryption": "provider-managed", "name": "?name_generated"}),
		bucketCase("orphan", bucket+`
variable "which" { type = string }
resource "aws_s3_bucket_server_side_encryption_configuration" "x" {
  bucket = var.which
  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "aws:kms"
    }
  }
}`, settings{"encryption": "?variable_without_value"}),
	})
}

func TestBucketPlaceholder(t *testing.T) {
	code := `
variable "names" { type = set(string) }
resource "aws_s3_bucket" "b" {
  for_each = var.names
}
resource "aws_s3_bucket_versioning" "b" {
  for_each = var.names
  bucket   = aws_s3_bucket.b[each.key].id
  versioning_configuration { status = "Enabled" }
}`
	runCases(t, evidence.ObjectStore{}.Kind(), []readCase{{"for_each is not known", code,
		map[string]settings{"aws_s3_bucket.b[*]": {"versioning": "enabled", "encryption": "provider-owned (default)"}}}})
}

func TestBucketVersioningLoggingLock(t *testing.T) {
	const bucket = "resource \"aws_s3_bucket\" \"b\" {\n  bucket = \"data\"\n}\n"
	runCases(t, evidence.ObjectStore{}.Kind(), []readCase{
		bucketCase("unset", bucket, settings{"versioning": "disabled (default)", "access_logging": "false (default)", "object_lock": "false (default)",
			"holds_logs": "false", "copies": "[]"}),
		bucketCase("set", bucket+`
resource "aws_s3_bucket_versioning" "b" {
  bucket = aws_s3_bucket.b.bucket
  versioning_configuration { status = "Suspended" }
}
resource "aws_s3_bucket_logging" "b" {
  bucket        = "data"
  target_bucket = aws_s3_bucket.b.id
  target_prefix = "log/"
}
resource "aws_s3_bucket_object_lock_configuration" "b" { bucket = aws_s3_bucket.b.id }`,
			settings{"versioning": "suspended", "access_logging": "true", "object_lock": "true", "holds_logs": "true"}),
		bucketCase("object lock versions", "resource \"aws_s3_bucket\" \"b\" {\n  object_lock_enabled = true\n}", settings{"versioning": "enabled", "object_lock": "true"}),
		bucketCase("inline", `resource "aws_s3_bucket" "b" {
  versioning { enabled = true }
  logging { target_bucket = "other" }
}`, settings{"versioning": "enabled", "access_logging": "true"}),
		bucketCase("a satellite of unknown number", bucket+`
variable "on" { type = bool }
resource "aws_s3_bucket_versioning" "b" {
  count  = var.on ? 1 : 0
  bucket = aws_s3_bucket.b.id
  versioning_configuration { status = "Enabled" }
}`, settings{"versioning": "?count_not_known"}),
	})
}

func TestBucketHoldsLogs(t *testing.T) {
	const bucket = "resource \"aws_s3_bucket\" \"b\" {\n  bucket = \"data\"\n}\n"
	for name, source := range map[string]string{
		"trail":         "resource \"aws_cloudtrail\" \"t\" {\n  name = \"t\"\n  s3_bucket_name = aws_s3_bucket.b.id\n}",
		"load balancer": "resource \"aws_lb\" \"l\" {\n  access_logs {\n    bucket = \"data\"\n  }\n}",
		"distribution":  "resource \"aws_cloudfront_distribution\" \"d\" {\n  logging_config {\n    bucket = \"data.s3.amazonaws.com\"\n  }\n}",
		"flow log":      "resource \"aws_flow_log\" \"f\" {\n  log_destination = \"${aws_s3_bucket.b.arn}/flow\"\n}",
	} {
		runCases(t, evidence.ObjectStore{}.Kind(), []readCase{bucketCase(name, bucket+source, settings{"holds_logs": "true"})})
	}
}

func TestBucketLifecycle(t *testing.T) {
	rule := func(body string) string {
		return `resource "aws_s3_bucket" "b" {}
resource "aws_s3_bucket_versioning" "b" {
  bucket = aws_s3_bucket.b.id
  versioning_configuration { status = "Enabled" }
}
resource "aws_s3_bucket_lifecycle_configuration" "b" {
  bucket = aws_s3_bucket.b.id
  rule {
    id     = "r"
    ` + body + `
  }
}`
	}
	runCases(t, evidence.ObjectStore{}.Kind(), []readCase{
		bucketCase("none", "resource \"aws_s3_bucket\" \"b\" {}", settings{"retention_days": "never (default)", "noncurrent_days": "0 (default)"}),
		bucketCase("all objects", rule("status = \"Enabled\"\nexpiration { days = 90 }\nfilter {}\nnoncurrent_version_expiration { noncurrent_days = 30 }"),
			settings{"retention_days": "90", "noncurrent_days": "30"}),
		bucketCase("no noncurrent expiry", rule("status = \"Enabled\"\nfilter { prefix = \"\" }\nexpiration { days = 90 }"),
			settings{"retention_days": "90", "noncurrent_days": "never"}),
		bucketCase("prefix", rule("status = \"Enabled\"\nfilter { prefix = \"tmp/\" }\nexpiration { days = 1 }"), settings{"retention_days": "never"}),
		bucketCase("tag", rule("status = \"Enabled\"\nfilter {\n tag {\n key = \"a\"\n value = \"b\"\n }\n}\nexpiration { days = 1 }"), settings{"retention_days": "never"}),
		bucketCase("disabled", rule("status = \"Disabled\"\nexpiration { days = 1 }"), settings{"retention_days": "never"}),
		bucketCase("delete markers only", rule("status = \"Enabled\"\nexpiration { expired_object_delete_marker = true }"), settings{"retention_days": "never"}),
		bucketCase("keeps newer versions", rule("status = \"Enabled\"\nnoncurrent_version_expiration {\n noncurrent_days = 5\n newer_noncurrent_versions = 3\n}"),
			settings{"noncurrent_days": "never"}),
		bucketCase("by date", rule("status = \"Enabled\"\nexpiration { date = \"2027-01-01T00:00:00Z\" }"), settings{"retention_days": "?depends_on_date"}),
		bucketCase("unknown days", rule("status = \"Enabled\"\nexpiration { days = var.d }")+"\nvariable \"d\" { type = number }", settings{"retention_days": "?variable_without_value"}),
		bucketCase("inline", "resource \"aws_s3_bucket\" \"b\" {\n lifecycle_rule {\n enabled = true\n expiration { days = 7 }\n }\n}", settings{"retention_days": "7", "noncurrent_days": "0 (default)"}),
	})
}

func TestBucketPublic(t *testing.T) {
	const bucket = "resource \"aws_s3_bucket\" \"b\" {\n  bucket = \"data\"\n}\n"
	acl := func(canned string) string {
		return "resource \"aws_s3_bucket_acl\" \"b\" {\n  bucket = aws_s3_bucket.b.id\n  acl = " + canned + "\n}\n"
	}
	block := func(acls, ignore, policy, restrict string) string {
		return "resource \"aws_s3_bucket_public_access_block\" \"b\" {\n  bucket = aws_s3_bucket.b.id\n  block_public_acls = " + acls +
			"\n  ignore_public_acls = " + ignore + "\n  block_public_policy = " + policy + "\n  restrict_public_buckets = " + restrict + "\n}\n"
	}
	policy := func(statement string) string {
		return "resource \"aws_s3_bucket_policy\" \"b\" {\n  bucket = aws_s3_bucket.b.id\n  policy = jsonencode({ Statement = [" + statement + "] })\n}\n"
	}
	const open = `{ Effect = "Allow", Principal = "*", Action = "s3:GetObject", Resource = "${aws_s3_bucket.b.arn}/*" }`
	limited := func(operator, key, value string) string {
		return strings.Replace(open, " }", `, Condition = { `+operator+` = { "`+key+`" = `+value+` } } }`, 1)
	}
	const variable = "variable \"v\" { type = string }\n"
	runCases(t, evidence.ObjectStore{}.Kind(), []readCase{
		bucketCase("nothing said", bucket, settings{"public": "false", "public_access_blocked": "true (default)"}),
		bucketCase("private", bucket+acl(`"private"`), settings{"public": "false"}),
		bucketCase("public acl", bucket+acl(`"public-read"`), settings{"public": "true", "public_access_blocked": "false"}),
		bucketCase("authenticated", bucket+acl(`"authenticated-read"`), settings{"public": "true"}),
		bucketCase("unknown acl", bucket+acl("var.v")+variable, settings{"public": "?variable_without_value", "public_access_blocked": "?variable_without_value"}),
		bucketCase("unknown acl, blocked", bucket+acl("var.v")+variable+block("true", "true", "true", "true"), settings{"public": "false", "public_access_blocked": "true"}),
		bucketCase("public acl, ignored", bucket+acl(`"public-read"`)+block("false", "true", "false", "false"), settings{"public": "false", "public_access_blocked": "false"}),
		bucketCase("public acl, only policies blocked", bucket+acl(`"public-read"`)+block("false", "false", "true", "true"), settings{"public": "true"}),
		bucketCase("public acl, block not known", bucket+acl(`"public-read"`)+variable+block("false", "var.v", "true", "true"),
			settings{"public": "?variable_without_value", "public_access_blocked": "false"}),
		bucketCase("public acl, acls off", bucket+acl(`"public-read"`)+
			"resource \"aws_s3_bucket_ownership_controls\" \"b\" {\n bucket = aws_s3_bucket.b.id\n rule {\n object_ownership = \"BucketOwnerEnforced\"\n }\n}\n",
			settings{"public": "false"}),
		bucketCase("grant", `resource "aws_s3_bucket" "b" {
  grant {
    type        = "Group"
    permissions = ["READ"]
    uri         = "http://acs.amazonaws.com/groups/global/AllUsers"
  }
}`, settings{"public": "true"}),
		bucketCase("open policy", bucket+policy(open), settings{"public": "true"}),
		bucketCase("open policy, restricted", bucket+policy(open)+block("false", "false", "false", "true"), settings{"public": "false"}),
		bucketCase("open policy, wrong block", bucket+policy(open)+block("true", "true", "false", "false"), settings{"public": "true"}),
		bucketCase("from one network", bucket+policy(limited("StringEquals", "aws:SourceVpce", `"vpce-1"`)), settings{"public": "false"}),
		bucketCase("from everywhere", bucket+policy(limited("IpAddress", "aws:SourceIp", `["10.0.0.0/8", "0.0.0.0/0"]`)), settings{"public": "true"}),
		bucketCase("with TLS only", bucket+policy(limited("Bool", "aws:SecureTransport", `"true"`)), settings{"public": "true"}),
		bucketCase("from somewhere unknown", bucket+variable+policy(limited("IpAddress", "aws:SourceIp", `var.v`)), settings{"public": "?variable_without_value"}),
		bucketCase("one account", bucket+policy(strings.Replace(open, `"*"`, `{ AWS = "arn:aws:iam::111122223333:root" }`, 1)), settings{"public": "false"}),
		bucketCase("a service", bucket+policy(strings.Replace(open, `"*"`, `{ Service = "*" }`, 1)), settings{"public": "false"}),
		bucketCase("unknown policy", bucket+variable+"resource \"aws_s3_bucket_policy\" \"b\" {\n bucket = aws_s3_bucket.b.id\n policy = var.v\n}\n",
			settings{"public": "?variable_without_value", "plain_transport": "?variable_without_value"}),
		bucketCase("account block", bucket+acl(`"public-read"`)+`resource "aws_s3_account_public_access_block" "a" {
  block_public_acls       = true
  ignore_public_acls      = true
  block_public_policy     = true
  restrict_public_buckets = true
}`, settings{"public": "false", "public_access_blocked": "true"}),
	})
}

// TestAccountBlock covers the block of a whole account, in the root that sets it and in others.
func TestAccountBlock(t *testing.T) {
	const bucket = "resource \"aws_s3_bucket\" \"b\" {\n  acl = \"public-read\"\n}\n"
	block := func(account string) string {
		return `resource "aws_s3_account_public_access_block" "a" {
  ` + account + `
  block_public_acls       = true
  ignore_public_acls      = true
  block_public_policy     = true
  restrict_public_buckets = true
}
data "aws_caller_identity" "me" {}
`
	}
	declared := func(other string) []RootConfig {
		return []RootConfig{{Dir: "app", Account: "111122223333"}, {Dir: "base", Account: other}}
	}
	for _, c := range []struct {
		name, app, base string
		roots           []RootConfig
		public, blocked string
	}{
		{"nowhere", bucket, "", nil, "true", "false"},
		{"same root", bucket + block(""), "", nil, "false", "true"},
		{"same root, own account by a data source", bucket + block("account_id = data.aws_caller_identity.me.account_id"), "", nil, "false", "true"},
		{"same root, another account", bucket + block(`account_id = "444455556666"`), "", declared(""), "true", "false"},
		{"another root of the same account, another region", bucket, "provider \"aws\" {\n  region = \"us-east-1\"\n}\n" + block(""), declared("111122223333"), "false", "true"},
		{"another root of another account", bucket, block(""), declared("444455556666"), "true", "false"},
		{"another root, accounts not declared", bucket, block(""), nil, "?account_not_declared", "?account_not_declared"},
	} {
		files := map[string]string{"app/main.tf": c.app}
		if c.base != "" {
			files["base/main.tf"] = c.base
		}
		roots := c.roots
		if c.base == "" && len(roots) > 1 {
			roots = roots[:1]
		}
		f := factAt(t, collect(t, Options{Roots: roots}, files), "aws_s3_bucket.b")
		if got := short(f.Settings["public"]); got != c.public {
			t.Errorf("%s: public: got %s, want %s", c.name, got, c.public)
		}
		if got := short(f.Settings["public_access_blocked"]); got != c.blocked {
			t.Errorf("%s: public_access_blocked: got %s, want %s", c.name, got, c.blocked)
		}
	}
}

func TestBucketReplication(t *testing.T) {
	runCases(t, evidence.ObjectStore{}.Kind(), []readCase{{"in and out of the code", `
provider "aws" {
  alias  = "ie"
  region = "eu-west-1"
}
resource "aws_s3_bucket" "b" {}
resource "aws_s3_bucket" "copy" {
  provider = aws.ie
}
resource "aws_s3_bucket_replication_configuration" "r" {
  bucket = aws_s3_bucket.b.id
  role   = "r"
  rule {
    status = "Enabled"
    destination { bucket = aws_s3_bucket.copy.arn }
  }
  rule {
    status = "Enabled"
    destination { bucket = "arn:aws:s3:::elsewhere" }
  }
  rule {
    status = "Disabled"
    destination { bucket = "arn:aws:s3:::never" }
  }
}`, map[string]settings{"aws_s3_bucket.b": {"copies": "[eu-west-1] +copy_region_not_known"}, "aws_s3_bucket.copy": {"region": "eu-west-1", "copies": "[]"}}}})
}
