package aws

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/scanners/aws/fakeaws"
)

func TestUserPools(t *testing.T) {
	settings := []string{"region", "mfa", "password_min_length", "password_complex", "guess_protection"}
	denied := map[string]any{"region": "eu-central-1", "mfa": "(read_denied)", "password_min_length": "(read_denied)", "password_complex": "(read_denied)", "guess_protection": "(read_denied)"}
	good := map[string]any{"region": "eu-central-1", "mfa": "required", "password_min_length": 14, "password_complex": true, "guess_protection": "enforced"}
	bad := map[string]any{"region": "eu-central-1", "mfa": "off", "password_min_length": 6, "password_complex": false, "guess_protection": "off"}
	for _, c := range []struct {
		name      string
		breaks    []fakeaws.Rule
		good, bad map[string]any
	}{
		{"set and unset", nil, good, bad},
		{"denied", []fakeaws.Rule{{Operation: "cognitoidentityprovider.DescribeUserPool", Resource: "eu-central-1_good", Error: fakeaws.Denied("")}}, denied, bad},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := collect(t, fakeaws.Standard(), []string{"cognitoidentityprovider"}, c.breaks...)
			if diff := cmp.Diff(c.good, plain(factOf(t, s, "user_pool", "_good"), settings...)); diff != "" {
				t.Errorf("good (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(c.bad, plain(factOf(t, s, "user_pool", "_bad"), settings...)); diff != "" {
				t.Errorf("bad (-want +got):\n%s", diff)
			}
		})
	}
}

func TestUserPoolsThatVanishOrAreDenied(t *testing.T) {
	s := collect(t, fakeaws.Standard(), []string{"cognitoidentityprovider"},
		fakeaws.Rule{Operation: "cognitoidentityprovider.DescribeUserPool", Resource: "eu-central-1_bad", Error: fakeaws.Error{Status: 400, Code: "ResourceNotFoundException"}},
		fakeaws.Rule{Operation: "cognitoidentityprovider.ListUserPools", Region: "us-east-1", Error: fakeaws.Denied("")})
	if got := countOf(s, "user_pool"); got != 1 {
		t.Errorf("%d pools; the one that went away is none", got)
	}
	wantGaps(t, s, "us-east-1", gap{"read_denied", "cognito-idp:ListUserPools", "user_pool"})
	wantGaps(t, s, "eu-central-1")
}
