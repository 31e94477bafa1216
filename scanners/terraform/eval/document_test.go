package eval

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/zclconf/go-cty/cty"
)

// plainJSON returns a document as plain data; an unknown part is "?" and the addresses that it refers to.
func plainJSON(v cty.Value) any {
	refs := RefsOf(v)
	v, _ = v.Unmark()
	switch {
	case !v.IsKnown():
		text := "?"
		for _, ref := range refs {
			text += " " + ref.Address
		}
		return text
	case v.IsNull():
		return nil
	case v.Type() == cty.String:
		return v.AsString()
	case v.Type() == cty.Bool:
		return v.True()
	case v.Type() == cty.Number:
		f, _ := v.AsBigFloat().Float64()
		return f
	case v.Type().IsObjectType() || v.Type().IsMapType():
		out := map[string]any{}
		for it := v.ElementIterator(); it.Next(); {
			key, element := it.Element()
			out[key.AsString()] = plainJSON(element)
		}
		return out
	}
	out := []any{}
	for it := v.ElementIterator(); it.Next(); {
		_, element := it.Element()
		out = append(out, plainJSON(element))
	}
	return out
}

func TestDocuments(t *testing.T) {
	const declarations = `
variable "unset" {}
variable "cond" { type = bool }
resource "aws_s3_bucket" "b" {}
locals {
  statement = { Effect = "Allow", Action = "s3:*", Resource = aws_s3_bucket.b.arn }
  policy = jsonencode({ Statement = [local.statement] })
}
data "aws_iam_policy_document" "base" {
  statement {
    sid = "One"
    actions = ["s3:GetObject"]
    resources = ["${aws_s3_bucket.b.arn}/*"]
    principals { 
      type = "AWS" 
      identifiers = ["*"] 
    }
  }
}
data "aws_iam_policy_document" "over" {
  source_policy_documents = [data.aws_iam_policy_document.base.json]
  statement {
    sid = "One"
    effect = "Deny"
    not_actions = ["iam:*", "sts:*"]
    resources = ["*"]
    principals { 
      type = "*" 
      identifiers = ["*"] 
    }
    condition {
      test = "Bool"
      variable = "aws:SecureTransport"
      values = ["false"]
    }
  }
}
data "aws_iam_policy_document" "dyn" {
  dynamic "statement" {
    for_each = var.unset
    content { actions = [statement.value] }
  }
}
`
	allow := func(resource any) any {
		return map[string]any{"Statement": []any{map[string]any{"Effect": "Allow", "Action": "s3:*", "Resource": resource}}}
	}
	arn := "? aws_s3_bucket.b"
	tests := map[string]struct {
		expr string
		want any
	}{
		"jsonencode":                  {`jsonencode({ Statement = [{ Effect = "Allow", Action = "s3:*", Resource = aws_s3_bucket.b.arn }] })`, allow(arn)},
		"local":                       {`local.policy`, allow(arn)},
		"wrapped":                     {`"${local.policy}"`, allow(arn)},
		"heredoc":                     {"<<EOT\n{\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"s3:*\",\"Resource\":\"${aws_s3_bucket.b.arn}\"}]}\nEOT\n", allow(arn)},
		"heredoc with part":           {"<<EOT\n{\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"s3:*\",\"Resource\":\"${aws_s3_bucket.b.arn}/*\"}]}\nEOT\n", allow(arn)},
		"heredoc of jsonencode":       {"<<EOT\n${local.policy}\nEOT\n", allow(arn)},
		"heredoc with structure":      {"<<EOT\n{\"Statement\": [ ${jsonencode(local.statement)} ]}\nEOT\n", allow(arn)},
		"format":                      {`format("{\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"s3:*\",\"Resource\":\"%s\"}]}", aws_s3_bucket.b.arn)`, allow(arn)},
		"trimspace":                   {`trimspace(local.policy)`, allow(arn)},
		"literal":                     {`"{\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"s3:*\",\"Resource\":\"*\"}]}"`, allow("*")},
		"decoded":                     {`jsonencode(jsondecode(local.policy))`, allow(arn)},
		"replaced by a reference":     {`replace("{\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"s3:*\",\"Resource\":\"_ARN_\"}]}", "_ARN_", aws_s3_bucket.b.arn)`, allow(arn)},
		"replaced in a document":      {`replace(jsonencode({ Statement = [{ Effect = "Allow", Action = "s3:*", Resource = "_ARN_/*" }] }), "_ARN_", aws_s3_bucket.b.arn)`, allow(arn)},
		"replaced by a known text":    {`replace(local.policy, "s3:*", "sqs:*")`, nil},
		"nothing to replace":          {`replace(replace(local.policy, "_ARN_", var.unset), "_ID_", var.unset)`, allow(arn)},
		"replaced expression is none": {`replace(local.policy, "/s3/", var.unset)`, nil},
		"compacted":                   {`join("", compact([local.policy, ""]))`, allow(arn)},
		"md5 is none":                 {`md5(local.policy)`, nil},
		"condition":                   {`var.cond ? local.policy : "{}"`, nil},
		"unknown":                     {`var.unset`, nil},
		"document": {`data.aws_iam_policy_document.base.json`, map[string]any{"Version": "2012-10-17", "Statement": []any{map[string]any{
			"Sid": "One", "Effect": "Allow", "Action": "s3:GetObject", "Resource": arn, "Principal": map[string]any{"AWS": "*"}}}}},
		"overridden document": {`data.aws_iam_policy_document.over.json`, map[string]any{"Version": "2012-10-17", "Statement": []any{map[string]any{
			"Sid": "One", "Effect": "Deny", "NotAction": []any{"iam:*", "sts:*"}, "Resource": "*", "Principal": "*",
			"Condition": map[string]any{"Bool": map[string]any{"aws:SecureTransport": "false"}}}}}},
		"dynamic document": {`data.aws_iam_policy_document.dyn.json`, map[string]any{"Version": "2012-10-17", "Statement": []any{"?"}}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			r := one(t, declarations+"resource \"test\" \"x\" {\n  policy = "+test.expr+"\n}")
			doc, known, why := r.Instance("test.x").Attr("policy").JSON()
			if test.want == nil {
				if known {
					t.Errorf("got %v, want nothing", plainJSON(doc))
				}
				if why.Code == "" {
					t.Error("no reason")
				}
				return
			}
			if !known {
				t.Fatalf("got nothing: %v, notes %v", why, r.Notes)
			}
			if diff := cmp.Diff(test.want, plainJSON(doc)); diff != "" {
				t.Error(diff)
			}
		})
	}
}
