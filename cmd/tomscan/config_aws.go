package main

import (
	"strings"

	"github.com/hashicorp/hcl/v2"
)

// awsBlock says which AWS accounts are read and how. Flags win.
type awsBlock struct {
	Profile          string            `hcl:"profile,optional"`
	Regions          []string          `hcl:"regions,optional"`
	OrganizationRole string            `hcl:"organization_role,optional"`
	ExternalID       string            `hcl:"external_id,optional"`
	Endpoint         string            `hcl:"endpoint,optional"`
	CABundle         string            `hcl:"ca_bundle,optional"`
	MaxRate          float64           `hcl:"max_rate,optional"`
	Accounts         []awsAccountBlock `hcl:"account,block"`
	Range            hcl.Range         `hcl:",def_range"`
}

// awsAccountBlock is an account that is read through a role.
type awsAccountBlock struct {
	ID         string    `hcl:"id,label"`
	RoleARN    string    `hcl:"role_arn,optional"`
	ExternalID string    `hcl:"external_id,optional"`
	Range      hcl.Range `hcl:",def_range"`
}

// validateAWS checks what the schema cannot say.
func (c config) validateAWS() hcl.Diagnostics {
	if c.AWS == nil {
		return nil
	}
	var d hcl.Diagnostics
	if c.AWS.MaxRate < 0 {
		d = append(d, problem("Negative rate", "max_rate is a number of calls per second, such as 20.", c.AWS.Range))
	}
	if c.AWS.OrganizationRole != "" && len(c.AWS.Accounts) > 0 {
		d = append(d, problem("Accounts twice", "Name accounts, or a role for all accounts of the organisation, not both.", c.AWS.Range))
	}
	seen := map[string]bool{}
	for _, a := range c.AWS.Accounts {
		switch _, ok := accountOfRole(a.RoleARN); {
		case !isAccountID(a.ID):
			d = append(d, problem("No account id", quote(a.ID)+" is no account id; it has twelve digits.", a.Range))
		case seen[a.ID]:
			d = append(d, problem("Account twice", "Account "+a.ID+" has a block already.", a.Range))
		case a.RoleARN != "" && !ok:
			d = append(d, problem("No role", quote(a.RoleARN)+" is no ARN of a role; it looks like arn:aws:iam::"+a.ID+":role/tomscan.", a.Range))
		}
		seen[a.ID] = true
	}
	return d
}

// accountOfRole is the account that an ARN of a role names.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
func accountOfRole(arn string) (string, bool) {
	parts := strings.Split(arn, ":")
	if len(parts) != 6 || parts[0] != "arn" || parts[2] != "iam" || !isAccountID(parts[4]) {
		return "", false
	}
	path, isRole := strings.CutPrefix(parts[5], "role/")
	return parts[4], isRole && path != "" && !strings.HasSuffix(path, "/")
}

// confineAWS refuses what a configuration that was found, and not named, must not say: where credentials are shown, and
// whom to trust.
func (c config) confineAWS() hcl.Diagnostics {
	if c.AWS == nil || c.AWS.Endpoint == "" && c.AWS.CABundle == "" {
		return nil
	}
	return hcl.Diagnostics{problem("Endpoint of a configuration that was found",
		"endpoint and ca_bundle say to whom your credentials are shown. If you trust the configuration, name it with --config.", c.AWS.Range)}
}

func isAccountID(id string) bool {
	for _, r := range id {
		if r < '0' || r > '9' {
			return false
		}
	}
	return len(id) == 12
}
