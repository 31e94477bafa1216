package fakeaws

import "net/http"

// organizationsOperations are those of AWS Organizations, beside ListAccounts. Resources, which the management account has:
//   - "organizations.organization", one without an ID;
//   - "organizations.policy", by id; Doc is its summary, Sub "content" its text, Sub "targets" to what it is attached;
//   - "organizations.unit", by id; Sub "accounts" and "units" are what is in it.
func organizationsOperations() []Operation {
	missing := Error{Status: http.StatusBadRequest, Code: "PolicyNotFoundException", Message: "You specified a policy that doesn't exist."}
	alone := Error{Status: http.StatusBadRequest, Code: "AWSOrganizationsNotInUseException", Message: "Your account is not a member of an organization."}
	sub := func(name string) func(Resource) any { return func(r Resource) any { return r.Sub[name] } }
	return []Operation{
		{
			Name: "organizations.DescribeOrganization", Of: "organizations.organization", Missing: alone,
			Show: func(r Resource) any { return Node{"Organization": r.Doc} },
		},
		{
			Name: "organizations.DescribePolicy", Of: "organizations.policy", By: "PolicyId", Missing: missing,
			Show: func(r Resource) any { return Node{"Policy": Node{"PolicySummary": r.Doc, "Content": r.Sub["content"]}} },
		},
		{
			Name: "organizations.ListAccountsForParent", Of: "organizations.unit", By: "ParentId", At: "Accounts", Show: sub("accounts"),
			TokenIn: "NextToken", TokenOut: "NextToken", SizeIn: "MaxResults", MaxPage: 20,
		},
		{
			Name: "organizations.ListOrganizationalUnitsForParent", Of: "organizations.unit", By: "ParentId", At: "OrganizationalUnits", Show: sub("units"),
			TokenIn: "NextToken", TokenOut: "NextToken", SizeIn: "MaxResults", MaxPage: 20,
		},
		{
			Name: "organizations.ListPolicies", Lists: "organizations.policy", At: "Policies",
			TokenIn: "NextToken", TokenOut: "NextToken", SizeIn: "MaxResults", MaxPage: 20,
			Keep: func(r Request, p Resource) bool { return r.Params.Get("Filter") == p.Doc["Type"] },
		},
		{
			Name: "organizations.ListTargetsForPolicy", Of: "organizations.policy", By: "PolicyId", At: "Targets", Show: sub("targets"), Missing: missing,
			TokenIn: "NextToken", TokenOut: "NextToken", SizeIn: "MaxResults", MaxPage: 20,
		},
	}
}

// organizationsEstate is an organisation that the account manages, with a unit that holds its only other account. One policy
// confines all of it to two regions, one the unit; a bad one leaves most of the world, and is attached to nothing.
func organizationsEstate(account string) []Resource {
	confine := func(regions string) string {
		return `{"Version":"2012-10-17","Statement":{"Effect":"Deny","NotAction":["iam:*","sts:*"],"Resource":"*",` +
			`"Condition":{"StringNotLike":{"aws:RequestedRegion":[` + regions + `]}}}}`
	}
	policy := func(id, text string, targets ...any) Resource {
		arn := "arn:aws:organizations::" + account + ":policy/o-fake/service_control_policy/" + id
		return Resource{Type: "organizations.policy", ID: id, Sub: map[string]any{"content": text, "targets": targets},
			Doc: Node{"Id": id, "Arn": arn, "Name": id, "Type": "SERVICE_CONTROL_POLICY", "AwsManaged": false}}
	}
	member := Node{"Id": "444455556666", "Status": "ACTIVE", "State": "ACTIVE", "Name": "member"}
	return []Resource{
		{Type: "organizations.organization", Doc: Node{"Id": "o-fake", "FeatureSet": "ALL", "MasterAccountId": account}},
		{Type: "organizations.account", ID: account, Doc: Node{"Id": account, "Status": "ACTIVE", "State": "ACTIVE", "Name": "Exempel AB"}},
		{Type: "organizations.account", ID: "444455556666", Doc: member},
		{Type: "organizations.unit", ID: "ou-fake-whole", Sub: map[string]any{"accounts": []any{}, "units": []any{Node{"Id": "ou-fake-inner"}}}},
		{Type: "organizations.unit", ID: "ou-fake-inner", Sub: map[string]any{"accounts": []any{member}, "units": []any{}}},
		{Type: "organizations.policy", ID: "p-FullAWSAccess", Doc: Node{"Id": "p-FullAWSAccess", "Name": "FullAWSAccess",
			"Type": "SERVICE_CONTROL_POLICY", "AwsManaged": true, "Arn": "arn:aws:organizations::aws:policy/service_control_policy/p-FullAWSAccess"}},
		policy("p-good", confine(`"eu-central-1","eu-north-1"`), Node{"TargetId": "r-fake", "Type": "ROOT"}),
		policy("p-goodunit", confine(`"eu-central-1"`), Node{"TargetId": "ou-fake-whole", "Type": "ORGANIZATIONAL_UNIT"}),
		policy("p-bad", confine(`"eu-central-1","us-east-1","ap-*"`)),
		policy("p-nothing", `{"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"organizations:LeaveOrganization","Resource":"*"}}`,
			Node{"TargetId": "r-fake", "Type": "ROOT"}),
	}
}
