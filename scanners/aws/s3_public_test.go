package aws

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/aws/fakeaws"
)

const everybody = "http://acs.amazonaws.com/groups/global/AllUsers"

// granting is an access control list that grants something to a group.
func granting(uri string) fakeaws.Node {
	grantee := fakeaws.Node{"@xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance", "@xsi:type": "Group", "URI": uri}
	return one("AccessControlList", fakeaws.List{Name: "Grant", Items: []any{fakeaws.Node{"Permission": "READ", "Grantee": grantee}}})
}

func TestPublicBuckets(t *testing.T) {
	open := sub{"GetBucketPolicy": policyText(`{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::it/*"}`),
		"GetBucketPolicyStatus": one("IsPublic", true)}
	with := func(a sub, name string, answer any) sub {
		both := sub{name: answer}
		for k, v := range a {
			both[k] = v
		}
		return both
	}
	byACL := sub{"GetBucketAcl": granting(everybody)}
	owned := one("Rule", fakeaws.Flat{one("ObjectOwnership", "BucketOwnerEnforced")})
	for name, c := range map[string]struct {
		account         fakeaws.Node
		answers         sub
		public, blocked any
	}{
		"nothing is granted":             {nil, nil, false, false},
		"by a policy":                    {nil, open, true, false},
		"by an access control list":      {nil, byACL, true, false},
		"to all who have an account":     {nil, sub{"GetBucketAcl": granting("http://acs.amazonaws.com/groups/global/AuthenticatedUsers")}, true, false},
		"to the service of logs":         {nil, sub{"GetBucketAcl": granting("http://acs.amazonaws.com/groups/s3/LogDelivery")}, false, false},
		"a list that is not told":        {nil, sub{"GetBucketAcl": fakeaws.Node{}}, "(read_failed)", false},
		"lists without effect":           {nil, with(byACL, "GetBucketOwnershipControls", owned), false, false},
		"policy and block of the bucket": {nil, with(open, "GetPublicAccessBlock", fakeaws.PublicBlock(true)), false, true},
		"lists and block of the bucket":  {nil, with(byACL, "GetPublicAccessBlock", fakeaws.PublicBlock(true)), false, true},
		"new grants only are blocked": {nil, with(open, "GetPublicAccessBlock", fakeaws.Node{"BlockPublicPolicy": true, "BlockPublicAcls": true}),
			true, false},
		"block of the account": {fakeaws.PublicBlock(true), open, false, true},
		"two flags of each": {fakeaws.Node{"BlockPublicAcls": true, "IgnorePublicAcls": true},
			with(open, "GetPublicAccessBlock", fakeaws.Node{"BlockPublicPolicy": true, "RestrictPublicBuckets": true}), false, true},
		"a flag of the account is enough": {fakeaws.Node{"RestrictPublicBuckets": true}, open, false, false},
	} {
		t.Run(name, func(t *testing.T) {
			var account []fakeaws.Resource
			if c.account != nil {
				account = append(account, accountBlocks(c.account))
			}
			got := bucketSays(t, c.answers, []string{"public", "public_access_blocked"}, account...)
			if diff := cmp.Diff(map[string]any{"public": c.public, "public_access_blocked": c.blocked}, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// Other scanners take a refused access control list for one that grants nothing.
func TestARefusedReadDoesNotMakeABucketPrivate(t *testing.T) {
	byACL, byPolicy := sub{"GetBucketAcl": granting(everybody)}, sub{"GetBucketPolicy": policyText(""), "GetBucketPolicyStatus": one("IsPublic", true)}
	for _, c := range []struct {
		operation string
		answers   sub
	}{
		{"s3.GetBucketAcl", byACL}, {"s3.GetBucketOwnershipControls", byACL}, {"s3.GetBucketPolicyStatus", byPolicy},
		{"s3.GetPublicAccessBlock", byACL}, {"s3.GetPublicAccessBlock", byPolicy},
		{"s3control.GetPublicAccessBlock", byACL}, {"s3control.GetPublicAccessBlock", byPolicy},
	} {
		t.Run(c.operation, func(t *testing.T) {
			s := collect(t, estateOf(fakeaws.Bucket("it", "eu-central-1", c.answers)), []string{"s3"}, fakeaws.Rule{Operation: c.operation, Error: fakeaws.Denied("")})
			got := factOf(t, s, "object_store", ":::it").Settings["public"]
			if got.State != evidence.StateDenied || got.Why.Args["action"] != actionOf(c.operation) {
				t.Errorf("%v %v: %v", got.State, got.Value, got.Why)
			}
		})
	}
}

func TestABlockOfTheBucketDecidesWhereTheAccountsIsRefused(t *testing.T) {
	estate := estateOf(fakeaws.Bucket("it", "eu-central-1", sub{"GetBucketAcl": granting(everybody), "GetPublicAccessBlock": fakeaws.PublicBlock(true)}))
	s := collect(t, estate, []string{"s3"}, fakeaws.Rule{Operation: "s3control.GetPublicAccessBlock", Error: fakeaws.Denied("")})
	got := plain(factOf(t, s, "object_store", ":::it"), "public", "public_access_blocked")
	if diff := cmp.Diff(map[string]any{"public": false, "public_access_blocked": true}, got); diff != "" {
		t.Error(diff)
	}
	blocked := factOf(t, s, "account_public_access", "root#public-access-block").Settings["blocked"]
	if blocked.State != evidence.StateDenied {
		t.Errorf("the account's block is %v", blocked.Value)
	}
}

func TestTheAccountsBlockIsAFact(t *testing.T) {
	for name, c := range map[string]struct {
		block fakeaws.Node
		want  bool
	}{
		"all": {fakeaws.PublicBlock(true), true}, "some": {one("IgnorePublicAcls", true), false}, "none": {nil, false},
	} {
		t.Run(name, func(t *testing.T) {
			estate := estateOf()
			if c.block != nil {
				estate = estateOf(accountBlocks(c.block))
			}
			got := plain(factOf(t, collect(t, estate, []string{"s3"}), "account_public_access", "root#public-access-block"), "blocked")
			if diff := cmp.Diff(map[string]any{"blocked": c.want}, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestNoBucketIsAskedForGrantsUnderAWholeBlockOfTheAccount(t *testing.T) {
	s := collect(t, estateOf(accountBlocks(fakeaws.PublicBlock(true)), fakeaws.Bucket("it", "eu-central-1", nil)), []string{"s3"})
	for _, c := range s.Calls {
		switch strings.TrimPrefix(c.Operation, "s3.") {
		case "GetBucketAcl", "GetBucketOwnershipControls", "GetBucketPolicyStatus", "GetPublicAccessBlock":
			t.Errorf("%s was called", c.Operation)
		}
	}
}

// policyText is a policy of one statement, or of none.
func policyText(statement string) fakeaws.Answer {
	return fakeaws.Answer{Raw: []byte(`{"Version":"2012-10-17","Statement":[` + statement + `]}`)}
}

// Other scanners look at the condition alone: principal, action and resource may be anything.
func TestTransportPolicyThatDeniesSomeOnlyDeniesNotAll(t *testing.T) {
	deny := func(principal, action, resource string) fakeaws.Answer {
		return policyText(`{"Effect":"Deny","Principal":` + principal + `,"Action":"` + action + `","Resource":` + resource +
			`,"Condition":{"Bool":{"aws:SecureTransport":"false"}}}`)
	}
	const whole = `["arn:aws:s3:::it","arn:aws:s3:::it/*"]`
	for name, c := range map[string]struct {
		policy fakeaws.Answer
		want   string
	}{
		"everybody everything":   {deny(`"*"`, "s3:*", whole), "denied"},
		"everybody in full":      {deny(`{"AWS":"*"}`, "*", whole), "denied"},
		"one role alone":         {deny(`{"AWS":"arn:aws:iam::111122223333:role/a"}`, "s3:*", whole), "allowed"},
		"one action alone":       {deny(`"*"`, "s3:PutObject", whole), "allowed"},
		"the objects alone":      {deny(`"*"`, "s3:*", `"arn:aws:s3:::it/*"`), "allowed"},
		"another bucket":         {deny(`"*"`, "s3:*", `["arn:aws:s3:::that","arn:aws:s3:::that/*"]`), "allowed"},
		"no statement":           {policyText(""), "allowed"},
		"an answer without JSON": {fakeaws.Answer{Raw: []byte("no policy")}, "(policy_not_readable)"},
	} {
		t.Run(name, func(t *testing.T) {
			got := bucketSays(t, sub{"GetBucketPolicy": c.policy, "GetBucketPolicyStatus": one("IsPublic", false)}, []string{"plain_transport"})
			if diff := cmp.Diff(map[string]any{"plain_transport": c.want}, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// Other scanners say of a policy that they may not read that it allows plain transport.
func TestARefusedPolicyDoesNotAllowPlainTransport(t *testing.T) {
	estate := estateOf(fakeaws.Bucket("it", "eu-central-1", sub{"GetBucketPolicy": fakeaws.TLSOnly("it")}))
	s := collect(t, estate, []string{"s3"}, fakeaws.Rule{Operation: "s3.GetBucketPolicy", Error: fakeaws.Denied("")})
	f := factOf(t, s, "object_store", ":::it")
	for _, setting := range []string{"plain_transport", "tls_min"} {
		if got := f.Settings[setting]; got.State != evidence.StateDenied || got.Why.Args["action"] != "s3:GetBucketPolicy" {
			t.Errorf("%s: %v %v %v", setting, got.State, got.Value, got.Why)
		}
	}
}

func TestAnEmptyAnswerIsNoPolicyThatAllowsPlainTransport(t *testing.T) {
	for _, answer := range []string{" ", "none"} {
		got := bucketSays(t, sub{"GetBucketPolicy": fakeaws.Answer{Raw: []byte(answer)}}, []string{"plain_transport", "tls_min"})
		if diff := cmp.Diff(map[string]any{"plain_transport": "(policy_not_readable)", "tls_min": "(policy_not_readable)"}, got); diff != "" {
			t.Errorf("%q:\n%s", answer, diff)
		}
	}
}

func TestAPolicyThatDemandsTLS13(t *testing.T) {
	policy := policyText(`{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":["arn:aws:s3:::it","arn:aws:s3:::it/*"],` +
		`"Condition":{"NumericLessThan":{"s3:TlsVersion":1.3}}}`)
	got := bucketSays(t, sub{"GetBucketPolicy": policy, "GetBucketPolicyStatus": one("IsPublic", false)}, []string{"tls_min"})
	if diff := cmp.Diff(map[string]any{"tls_min": evidence.RankTLS13}, got); diff != "" {
		t.Error(diff)
	}
}
