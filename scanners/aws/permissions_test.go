package aws

import (
	"encoding/json"
	"path"
	"slices"
	"strings"
	"testing"
)

func TestPoliciesFitIntoWhatAWSTakes(t *testing.T) {
	for _, p := range Policies() {
		size := len(strings.Join(strings.Fields(p.Document()), ""))
		if size > PolicyLimit || len(p.Actions) == 0 {
			t.Errorf("%s has %d characters and %d actions", p.Name, size, len(p.Actions))
		}
		var document struct{ Statement []struct{ Effect string } }
		if err := json.Unmarshal([]byte(p.Document()), &document); err != nil || len(document.Statement) != 2 || document.Statement[1].Effect != "Deny" {
			t.Errorf("%s: %v %+v", p.Name, err, document)
		}
	}
}

// https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html: 2,048 characters.
func TestTheSessionPolicyFitsIntoWhatAWSTakes(t *testing.T) {
	if size := len(SessionPolicy()); size > 2048 {
		t.Errorf("%d characters", size)
	}
}

func TestPoliciesAllowEveryActionThatIsUsedAndNothingElse(t *testing.T) {
	var allowed []string
	for _, p := range Policies() {
		allowed = append(allowed, p.Actions...)
	}
	slices.Sort(allowed)
	if compact := slices.Compact(slices.Clone(allowed)); len(compact) != len(allowed) {
		t.Error("an action stands in two policies")
	}
	if len(allowed) != len(needed()) {
		t.Errorf("%d actions allowed, %d needed", len(allowed), len(needed()))
	}
	for _, action := range allowed {
		service, verb, ok := strings.Cut(action, ":")
		if !ok || service == "" || verb == "" {
			t.Errorf("%q is no action", action)
		}
		if !startsWithAny(verb, "BatchGet", "Describe", "Generate", "GET", "Get", "List") {
			t.Errorf("%s does not read", action)
		}
		for _, forbidden := range forbiddenActions() {
			if match, _ := path.Match(forbidden, action); match {
				t.Errorf("%s is allowed, and denied as %s", action, forbidden)
			}
		}
	}
}

func TestNoOperationIsCalledThatReadsData(t *testing.T) {
	readsData := []string{"dynamodb.ExecuteStatement", "s3.GetObject", "s3.GetObjectAttributes", "s3.HeadObject", "s3.ListObjects", "s3.ListObjectsV2",
		"s3.ListObjectVersions", "kms.GenerateDataKey", "kms.ReEncrypt", "cognitoidentityprovider.ListUsers"}
	for operation, action := range actions() {
		service, name, _ := strings.Cut(operation, ".")
		if slices.Contains(readsData, operation) {
			t.Errorf("%s is called", operation)
		}
		for _, forbidden := range forbiddenActions() {
			prefix, verb, _ := strings.Cut(forbidden, ":")
			if match, _ := path.Match(forbidden, action); match || verb == name && (prefix == service || strings.HasPrefix(action, prefix+":")) {
				t.Errorf("%s is called, and forbidden as %s", operation, forbidden)
			}
		}
	}
}

func TestFormatsOfPermissions(t *testing.T) {
	var asJSON, cloudFormation, terraform strings.Builder
	for w, write := range map[*strings.Builder]func() error{
		&asJSON:         func() error { return WritePolicies(&asJSON, Policies()) },
		&cloudFormation: func() error { return WriteCloudFormation(&cloudFormation, Policies()) },
		&terraform:      func() error { return WriteTerraform(&terraform, Policies()) },
	} {
		if err := write(); err != nil {
			t.Fatal(err)
		}
		for action := range needed() {
			if !strings.Contains(w.String(), `"`+action+`"`) {
				t.Errorf("%s is missing in\n%s", action, w.String()[:80])
			}
		}
	}
	for _, text := range []string{asJSON.String(), cloudFormation.String()} {
		if !json.Valid([]byte(text)) {
			t.Error("no JSON")
		}
	}
}

func startsWithAny(text string, prefixes ...string) bool {
	return slices.ContainsFunc(prefixes, func(p string) bool { return strings.HasPrefix(text, p) })
}
