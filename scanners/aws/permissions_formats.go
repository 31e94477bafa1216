package aws

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
)

// WritePolicies writes the policies as JSON: an object with one policy document for each name.
func WritePolicies(w io.Writer, policies []Policy) error {
	documents := map[string]policyDocument{}
	for _, p := range policies {
		documents[p.Name] = p.document()
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(documents)
}

// WriteTerraform writes the policies and a role that has them as Terraform code.
func WriteTerraform(w io.Writer, policies []Policy) error {
	var b strings.Builder
	b.WriteString(terraformHead)
	for _, p := range policies {
		label := strings.ReplaceAll(p.Name, "-", "_")
		fmt.Fprintf(&b, "\nresource \"aws_iam_policy\" %q {\n  name        = %q\n  description = %q\n  policy      = jsonencode(%s)\n}\n",
			label, p.Name, p.Description, hclObject(p.document()))
		fmt.Fprintf(&b, "\nresource \"aws_iam_role_policy_attachment\" %q {\n  role       = aws_iam_role.tomscan.name\n  policy_arn = aws_iam_policy.%s.arn\n}\n", label, label)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

const terraformHead = `# The role that tomscan reads with. Who may take it on is yours to say: the ARN and the external id are variables.
variable "trusted_arn" {
  type        = string
  description = "ARN of the user or role that runs tomscan."
}

variable "external_id" {
  type        = string
  description = "Agreed with whoever runs tomscan; any text that is hard to guess."
}

resource "aws_iam_role" "tomscan" {
  name = "tomscan"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { AWS = var.trusted_arn }
      Condition = { StringEquals = { "sts:ExternalId" = var.external_id } }
    }]
  })
}
`

// hclObject writes a policy document as an HCL expression.
func hclObject(d policyDocument) string {
	var b strings.Builder
	fmt.Fprintf(&b, "{\n    Version = %q\n    Statement = [\n", d.Version)
	for _, s := range d.Statement {
		fmt.Fprintf(&b, "      {\n        Sid      = %q\n        Effect   = %q\n        Resource = %q\n        Action = [\n", s.Sid, s.Effect, s.Resource)
		for _, action := range s.Action {
			fmt.Fprintf(&b, "          %q,\n", action)
		}
		b.WriteString("        ]\n      },\n")
	}
	b.WriteString("    ]\n  }")
	return b.String()
}

// WriteCloudFormation writes the policies and a role that has them as a CloudFormation template (JSON), fit for a StackSet.
func WriteCloudFormation(w io.Writer, policies []Policy) error {
	resources, references := map[string]any{}, []any{}
	for _, p := range policies {
		id := logicalID(p.Name)
		resources[id] = map[string]any{"Type": "AWS::IAM::ManagedPolicy", "Properties": map[string]any{
			"ManagedPolicyName": p.Name, "Description": p.Description, "PolicyDocument": p.document()}}
		references = append(references, map[string]any{"Ref": id})
	}
	resources["TomscanRole"] = map[string]any{"Type": "AWS::IAM::Role", "Properties": map[string]any{
		"RoleName": "tomscan", "ManagedPolicyArns": references,
		"AssumeRolePolicyDocument": map[string]any{"Version": "2012-10-17", "Statement": []any{map[string]any{
			"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": map[string]any{"AWS": map[string]any{"Ref": "TrustedArn"}},
			"Condition": map[string]any{"StringEquals": map[string]any{"sts:ExternalId": map[string]any{"Ref": "ExternalId"}}}}}}}}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(map[string]any{
		"AWSTemplateFormatVersion": "2010-09-09", "Description": "The role that tomscan reads with.",
		"Parameters": map[string]any{
			"TrustedArn": map[string]any{"Type": "String", "Description": "ARN of the user or role that runs tomscan."},
			"ExternalId": map[string]any{"Type": "String", "Description": "Agreed with whoever runs tomscan; any text that is hard to guess.", "NoEcho": true},
		},
		"Resources": resources,
	})
}

// logicalID is a name in CamelCase, for CloudFormation knows letters and digits alone.
func logicalID(name string) string {
	var b strings.Builder
	for part := range strings.SplitSeq(name, "-") {
		b.WriteString(strings.ToUpper(part[:1]) + part[1:])
	}
	return b.String()
}
