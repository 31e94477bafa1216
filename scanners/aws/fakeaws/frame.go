package fakeaws

import (
	"net/http"
	"slices"
	"strings"
	"time"
)

// frameOperations are those that a client needs before it can ask for anything: who am I, which regions are there.
func frameOperations() []Operation {
	return []Operation{
		{
			Name: "account.ListRegions", Path: "POST /listRegions", Answer: listRegions, At: "Regions",
			TokenIn: "NextToken", TokenOut: "NextToken", SizeIn: "MaxResults", MaxPage: 50,
		},
		{Name: "ec2.DescribeRegions", Answer: describeRegions, At: "regionInfo"},
		{
			Name: "organizations.ListAccounts", Answer: listAccounts, At: "Accounts",
			TokenIn: "NextToken", TokenOut: "NextToken", SizeIn: "MaxResults", MaxPage: 20,
		},
		{Name: "sts.AssumeRole", By: "RoleArn", Answer: assumeRole},
		{Name: "sts.GetCallerIdentity", Answer: callerIdentity},
	}
}

// callerIdentity is https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html.
func callerIdentity(r Request) Answer {
	return Answer{Body: Node{
		"Account": r.Account,
		"Arn":     "arn:" + r.Owner().Partition + ":sts::" + r.Account + ":assumed-role/tomscan/x",
		"UserId":  "AROAFAKE:x",
	}}
}

// assumeRole gives keys for the account of the role's ARN, when there is such an account.
func assumeRole(r Request) Answer {
	arn := r.Params.Get("RoleArn")
	parts := strings.SplitN(arn, ":", 6)
	if len(parts) < 6 || r.server.index.accounts[parts[4]].ID == "" {
		return Answer{Error: Error{Status: http.StatusForbidden, Code: "AccessDenied",
			Message: "User: arn:<partition>:sts::<account>:assumed-role/tomscan/x is not authorized to perform: sts:AssumeRole on resource: <resource>"}}
	}
	role := parts[5][strings.LastIndex(parts[5], "/")+1:]
	return Answer{Body: Node{
		"AssumedRoleUser": Node{
			"Arn":           "arn:" + parts[1] + ":sts::" + parts[4] + ":assumed-role/" + role + "/" + r.Params.Get("RoleSessionName"),
			"AssumedRoleId": "AROAFAKE:" + r.Params.Get("RoleSessionName"),
		},
		"Credentials": Node{
			"AccessKeyId":     AccessKey(parts[4]),
			"SecretAccessKey": Secret,
			"SessionToken":    "fake-session",
			"Expiration":      time.Date(2099, 1, 1, 0, 0, 0, 0, time.UTC),
		},
	}}
}

// describeRegions is https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeRegions.html: without AllRegions, those
// that are enabled.
func describeRegions(r Request) Answer {
	regions := []any{}
	add := func(names []string, status func(string) string) {
		for _, name := range names {
			regions = append(regions, Node{"regionName": name, "optInStatus": status(name), "regionEndpoint": "ec2." + name + ".amazonaws.com"})
		}
	}
	add(r.Owner().Regions, func(name string) string { return either(name, "opt-in-not-required", "opted-in") })
	if r.Params.Get("AllRegions") == "true" {
		add(r.Owner().Disabled, func(string) string { return "not-opted-in" })
	}
	return Answer{Items: regions}
}

// listRegions is https://docs.aws.amazon.com/accounts/latest/reference/API_ListRegions.html.
func listRegions(r Request) Answer {
	wanted := r.Params.All("RegionOptStatusContains")
	regions := []any{}
	add := func(name, status string) {
		if len(wanted) == 0 || slices.Contains(wanted, status) {
			regions = append(regions, Node{"RegionName": name, "RegionOptStatus": status})
		}
	}
	for _, name := range r.Owner().Regions {
		add(name, either(name, "ENABLED_BY_DEFAULT", "ENABLED"))
	}
	for _, name := range r.Owner().Disabled {
		add(name, "DISABLED")
	}
	return Answer{Items: regions}
}

// either is the one word for regions that every account has and the other for those that it must opt into.
func either(region, always, opted string) string {
	if slices.Contains(defaultRegions(), region) {
		return always
	}
	return opted
}

// listAccounts is https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListAccounts.html: the estate's accounts, unless
// the caller has resources of the type "organizations.account". An estate of one account is no organisation.
func listAccounts(r Request) Answer {
	items := []any{}
	for _, member := range r.Resources("organizations.account") {
		items = append(items, member.Doc)
	}
	if len(items) > 0 {
		return Answer{Items: items}
	}
	if len(r.Accounts()) < 2 {
		return Answer{Error: Error{Status: http.StatusBadRequest, Code: "AWSOrganizationsNotInUseException",
			Message: "Your account is not a member of an organization."}}
	}
	for _, account := range r.Accounts() {
		items = append(items, Node{"Id": account.ID, "Name": account.Name, "Status": "ACTIVE", "State": "ACTIVE",
			"Arn": "arn:" + account.Partition + ":organizations::" + r.Account + ":account/o-fake/" + account.ID})
	}
	return Answer{Items: items}
}
