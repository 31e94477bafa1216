package aws

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
)

// PolicyLimit is how many characters a managed policy may have, without white space.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
const PolicyLimit = 6144

// Policy is one managed policy that lets the collector read and nothing else.
type Policy struct {
	Name        string
	Description string
	Actions     []string // allowed, sorted
	Denied      []string // denied whatever else allows them, sorted
}

// Policies are the three managed policies with all permissions that the readers need, made of the readers' own tables. Each
// denies reading of data.
func Policies() []Policy {
	parts := []Policy{
		{Name: "tomscan-data", Description: "Reads settings of storage, databases, keys, logs, messages and backups."},
		{Name: "tomscan-identity", Description: "Reads accounts, identities and audit settings."},
		{Name: "tomscan-network", Description: "Reads settings of networks, machines, containers and endpoints."},
	}
	for _, action := range slices.Sorted(maps.Keys(needed())) {
		at := partOf(action)
		parts[at].Actions = append(parts[at].Actions, action)
	}
	for i := range parts {
		parts[i].Denied = forbiddenActions()
	}
	return parts
}

// needed are the permissions of all operations. To assume a role is allowed to the hub alone, on the roles that it has.
func needed() map[string]bool {
	all := map[string]bool{}
	for _, action := range actions() {
		if action != "" && action != "sts:AssumeRole" {
			all[action] = true
		}
	}
	return all
}

// partOf is the place in Policies of the policy that an action belongs to, by its service.
func partOf(action string) int {
	service, _, _ := strings.Cut(action, ":")
	switch service {
	case "account", "cloudtrail", "cognito-idp", "config", "guardduty", "iam", "organizations":
		return 1
	case "acm", "apigateway", "cloudfront", "ec2", "ecr", "ecs", "eks", "elasticloadbalancing", "lambda", "ssm", "wafv2":
		return 2
	}
	return 0
}

// Document is the policy as IAM takes it, indented JSON.
func (p Policy) Document() string {
	text, err := json.MarshalIndent(p.document(), "", "  ")
	if err != nil {
		panic("policy " + p.Name + ": " + err.Error()) // plain texts
	}
	return string(text)
}

func (p Policy) document() policyDocument {
	return policyDocument{Version: "2012-10-17", Statement: []policyStatement{
		{Sid: "ReadSettings", Effect: "Allow", Action: p.Actions, Resource: "*"},
		{Sid: "NeverReadData", Effect: "Deny", Action: p.Denied, Resource: "*"},
	}}
}
