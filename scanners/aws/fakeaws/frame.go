package fakeaws

import (
	"net/http"
	"strings"
	"time"
)

// frameOperations are those that a client needs before it can ask for anything: who am I, which regions are there.
func frameOperations() []Operation {
	return []Operation{
		{Name: "account.ListRegions", Path: "POST /listRegions", Answer: listRegions},
		{Name: "ec2.DescribeRegions", Answer: describeRegions},
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
	var regions []any
	for _, name := range r.Owner().Regions {
		regions = append(regions, Node{"regionName": name, "optInStatus": "opt-in-not-required", "regionEndpoint": "ec2." + name + ".amazonaws.com"})
	}
	if r.Params.Get("AllRegions") == "true" {
		for _, name := range r.Owner().Disabled {
			regions = append(regions, Node{"regionName": name, "optInStatus": "not-opted-in", "regionEndpoint": "ec2." + name + ".amazonaws.com"})
		}
	}
	return Answer{Body: Node{"regionInfo": List{Name: "item", Items: regions}}}
}

// listRegions is https://docs.aws.amazon.com/accounts/latest/reference/API_ListRegions.html.
func listRegions(r Request) Answer {
	wanted := r.Params.All("RegionOptStatusContains")
	regions := []any{}
	add := func(names []string, status string) {
		for _, name := range names {
			if len(wanted) == 0 || strings.Contains(" "+strings.Join(wanted, " ")+" ", " "+status+" ") {
				regions = append(regions, Node{"RegionName": name, "RegionOptStatus": status})
			}
		}
	}
	add(r.Owner().Regions, "ENABLED_BY_DEFAULT")
	add(r.Owner().Disabled, "DISABLED")
	return Answer{Body: Node{"Regions": regions}}
}
