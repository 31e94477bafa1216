package aws

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/aws/fakeaws"
)

// policiesOf are the access policies of a snapshot: what each grants, to whom it is attached, whether it demands a second
// factor.
func policiesOf(s evidence.Snapshot) map[string][3]any {
	got := map[string][3]any{}
	for _, f := range s.Facts {
		if f.Kind != (evidence.AccessPolicy{}).Kind() {
			continue
		}
		p := plain(f, "grants", "attached_to", "mfa_enforced")
		if grants, ok := p["grants"].([]evidence.Grant); ok {
			var words []string
			for _, g := range grants {
				words = append(words, g.Action+" "+g.Scope)
			}
			p["grants"] = strings.Join(words, ", ")
		}
		got[strings.TrimPrefix(f.Address, "arn:aws:iam::"+fakeaws.StandardAccount+":")] = [3]any{p["grants"], p["attached_to"], p["mfa_enforced"]}
	}
	return got
}

func TestAccessPolicies(t *testing.T) {
	got := policiesOf(collect(t, fakeaws.Standard(), []string{"iam"}))
	want := map[string][3]any{
		"policy/bad-policy":         {"* everything", "role", false},
		"policy/good-policy":        {"", "role", false},
		"policy/good-second-factor": {"", "group", true},
		"role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Admin_0123456789abcdef#managed/AdministratorAccess": {"AdministratorAccess everything", "permission-set", false},
		"role/bad-app#managed/AdministratorAccess":                                                              {"AdministratorAccess everything", "role", false},
		"role/good-app#managed/AWSLambdaBasicExecutionRole":                                                     {"AWSLambdaBasicExecutionRole actions", "role", false},
		"user/bad-user#inline/bad-inline":                                                                       {"* everything", "user", false},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("roles of services give nothing (-want +got):\n%s", diff)
	}
}

func TestAttachmentsOfPolicies(t *testing.T) {
	const arn = "arn:aws:iam::111122223333:policy/p"
	broken := &miss{outcome: evidence.OutcomeError}
	for _, c := range []struct {
		name    string
		count   int32 // -1: not told
		holders []string
		miss    *miss
		want    string
	}{
		{"nobody", 0, nil, nil, "nobody"},
		{"users come first", 3, []string{"role", "group", "user"}, nil, "user"},
		{"groups come before roles", 2, []string{"role", "group"}, nil, "group"},
		{"a permission set", 1, []string{sortPermissionSet}, nil, "permission-set"},
		{"a role beside a permission set", 2, []string{sortPermissionSet, "role"}, nil, "role"},
		{"users may follow on a page that failed", 2, []string{"role"}, broken, "(read_failed)"},
		{"a user decides though a page failed", 2, []string{"user"}, broken, "user"},
		{"nobody though a page failed", 0, nil, broken, "nobody"},
		{"how many is not told", -1, nil, nil, "(value_not_understood)"},
		{"how many is not told, and a page failed", -1, nil, broken, "(read_failed)"},
		{"a user decides though it is not told how many", -1, []string{"user"}, nil, "user"},
		{"the holder went away meanwhile", 1, nil, nil, "(resource_vanished)"},
	} {
		t.Run(c.name, func(t *testing.T) {
			i := identity{arn: arn}
			if c.count >= 0 {
				i.attachments = &c.count
			}
			v := i.attachedTo(c.holders, c.miss)
			got, known := v.Get()
			if !known {
				got = "(" + v.Why().Code + ")"
			}
			if got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

func TestPolicyWithoutAReadableTextIsNotKnown(t *testing.T) {
	for _, text := range []string{"", "%", "%7B", "%5B%5D"} {
		p := writtenPolicy(text, evidence.Known("role"))
		if p.Grants.Why().Code != "policy_not_readable" || p.MFAEnforced.Why().Code != "policy_not_readable" {
			t.Errorf("%q: grants %v, second factor %v", text, p.Grants.Reading(), p.MFAEnforced.Reading())
		}
	}
}

func TestManagedPolicyOfAnUnknownNameIsReadByItsText(t *testing.T) {
	text := fakeaws.IAMPolicy(`{"Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*"}}`)
	got, _ := managedPolicy("AWSBrandNewPolicy", text, "role").Grants.Get()
	if diff := cmp.Diff([]evidence.Grant{{Action: "s3:*", Scope: "service"}}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if more := managedPolicy("AWSBrandNewPolicy", "", "role").Grants.More(); len(more) != 1 || more[0].Code != "managed_policy_unknown" {
		t.Errorf("without a text: %v", more)
	}
}

func TestDeniedAuthorizationDetailsHidePolicies(t *testing.T) {
	s := collect(t, fakeaws.Standard(), []string{"iam"}, fakeaws.Rule{Operation: "iam.GetAccountAuthorizationDetails", Error: fakeaws.Denied("")})
	if got := policiesOf(s); len(got) > 0 {
		t.Errorf("policies: %v", got)
	}
	wantGaps(t, s, "global", gap{"read_denied", "iam:GetAccountAuthorizationDetails", "access_policy"})
}

func TestPasswordPolicy(t *testing.T) {
	none := fakeaws.Estate{Accounts: []fakeaws.Account{{ID: fakeaws.StandardAccount, Regions: []string{"eu-central-1"}}}}
	unset := fakeaws.Estate{Accounts: []fakeaws.Account{{ID: fakeaws.StandardAccount, Regions: []string{"eu-central-1"}, Resources: []fakeaws.Resource{{
		Type: "iam.account", Sub: map[string]any{"iam.GetAccountPasswordPolicy": fakeaws.Node{"PasswordPolicy": fakeaws.Node{
			"RequireSymbols": true, "RequireNumbers": true, "RequireUppercaseCharacters": false, "RequireLowercaseCharacters": true,
			"ExpirePasswords": true, "MaxPasswordAge": 90}}}}}}}}
	for _, c := range []struct {
		name   string
		estate fakeaws.Estate
		broken fakeaws.Error
		want   map[string]any
	}{
		{"set", fakeaws.Standard(), fakeaws.Error{}, map[string]any{"min_length": 14, "max_age_days": evidence.Never, "complexity": true, "reuse_prevention": 24}},
		{"in part", unset, fakeaws.Error{}, map[string]any{"min_length": 6, "max_age_days": 90, "complexity": false, "reuse_prevention": 0}},
		{"none, so the provider's own", none, fakeaws.Error{}, map[string]any{"min_length": 8, "max_age_days": evidence.Never, "complexity": false, "reuse_prevention": 0}},
		{"denied", fakeaws.Standard(), fakeaws.Denied(""), map[string]any{"min_length": "(read_denied)", "max_age_days": "(read_denied)", "complexity": "(read_denied)", "reuse_prevention": "(read_denied)"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var breaks []fakeaws.Rule
			if !c.broken.None() {
				breaks = append(breaks, fakeaws.Rule{Operation: "iam.GetAccountPasswordPolicy", Error: c.broken})
			}
			f := factOf(t, collect(t, c.estate, []string{"iam"}, breaks...), "password_policy", "password-policy")
			if diff := cmp.Diff(c.want, plain(f, "min_length", "max_age_days", "complexity", "reuse_prevention")); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
