package fakeaws

import (
	"encoding/base64"
	"net/http"
	"net/url"
	"strings"
)

// iamOperations are those of IAM. Resources:
//   - "iam.account", one without an ID, for what the account has once;
//   - "iam.user", by name, for lists of users;
//   - "iam.identity", by ARN: a user, group, role or policy as its Doc, under the name of its list ("UserDetailList",
//     "GroupDetailList", "RoleDetailList", "Policies") in Sub "list".
//
// The credential report is made when it was asked for twice. IAMReport and IAMPolicy help to write resources.
func iamOperations() []Operation {
	return []Operation{
		{Name: "iam.GenerateCredentialReport", Answer: generateReport},
		{
			Name: "iam.GetAccountAuthorizationDetails", Answer: authorizationDetails,
			TokenIn: "Marker", TokenOut: "Marker", SizeIn: "MaxItems", MaxPage: 1000,
		},
		{
			Name: "iam.GetAccountPasswordPolicy", Of: "iam.account",
			Absent: noPasswordPolicy(), Missing: noPasswordPolicy(),
		},
		// The summary of an account that has nothing is a map of nothing here; put Entries{"Users": 1} under "SummaryMap".
		{Name: "iam.GetAccountSummary", Of: "iam.account"},
		{Name: "iam.GetCredentialReport", Answer: getReport},
		{
			Name: "iam.ListUsers", Lists: "iam.user", At: "Users", TokenIn: "Marker", TokenOut: "Marker", Truncated: "IsTruncated",
			SizeIn: "MaxItems", MaxPage: 1000,
		},
	}
}

func noPasswordPolicy() Error {
	return Error{Status: http.StatusNotFound, Code: "NoSuchEntity", Message: "The Password Policy with domain name <account> cannot be found."}
}

// reportsAsked is how often a report was asked for with success.
func reportsAsked(r Request) int {
	asked := 0
	for _, c := range r.server.Calls() {
		if c.Operation == "iam.GenerateCredentialReport" && c.Account == r.Account && c.Status == http.StatusOK {
			asked++
		}
	}
	return asked
}

// generateReport is https://docs.aws.amazon.com/IAM/latest/APIReference/API_GenerateCredentialReport.html.
func generateReport(r Request) Answer {
	if reportsAsked(r) == 0 {
		return Answer{Body: Node{"State": "STARTED", "Description": "No report exists. Starting a new report generation task"}}
	}
	return Answer{Body: Node{"State": "COMPLETE"}}
}

// getReport is https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetCredentialReport.html: the report of the account,
// once it was made.
func getReport(r Request) Answer {
	account, _ := r.Resource("iam.account", "")
	report, ok := account.Sub["iam.GetCredentialReport"]
	switch {
	case !ok, reportsAsked(r) == 0:
		return Answer{Error: Error{Status: http.StatusGone, Code: "ReportNotPresent", Message: "There is no credential report"}}
	case reportsAsked(r) == 1:
		return Answer{Error: Error{Status: http.StatusNotFound, Code: "ReportInProgress", Message: "Credential report is still being generated"}}
	}
	body, _ := report.(Node)
	return Answer{Body: body}
}

// IAMReport is the answer with a credential report of these rows, the first the names of the columns.
func IAMReport(rows ...string) Node {
	text := strings.Join(rows, "\n")
	return Node{"Content": base64.StdEncoding.EncodeToString([]byte(text)), "ReportFormat": "text/csv", "GeneratedTime": "2026-11-21T11:00:00Z"}
}

// IAMPolicy is a policy as IAM sends it, encoded.
func IAMPolicy(json string) string { return url.PathEscape(json) }

// identityLists are the lists of what an account's identities and policies are.
func identityLists() []string {
	return []string{"GroupDetailList", "Policies", "RoleDetailList", "UserDetailList"}
}

// authorizationDetails is https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html: one page
// of users, groups, roles and policies, each in a list of its own.
func authorizationDetails(r Request) Answer {
	op := r.server.router.operations[r.Operation]
	all := r.Resources("iam.identity")
	at, err := op.page(r.Params)
	if !err.None() {
		return Answer{Error: err}
	}
	end := min(at.offset+at.size, len(all))
	lists := map[string][]any{}
	for _, resource := range all[min(at.offset, end):end] {
		name, _ := resource.Sub["list"].(string)
		lists[name] = append(lists[name], resource.Doc)
	}
	body := Node{"IsTruncated": end < len(all)}
	for _, name := range identityLists() {
		body[name] = List{Name: "member", Items: lists[name]}
	}
	if end < len(all) {
		body["Marker"] = op.token(at, end)
	}
	return Answer{Body: body}
}
