package awsrules

import (
	"fmt"
	"testing"

	"github.com/tomscan/tomscan/evidence"
)

func TestAConditionRestrictsWithFixedValuesOnly(t *testing.T) {
	for _, c := range []struct {
		name, operator, key, value string
		public                     bool
	}{
		{"an account", "StringEquals", "aws:SourceAccount", "111122223333", false},
		{"an account, if the request has one", "StringEqualsIfExists", "aws:SourceAccount", "111122223333", true},
		{"an endpoint, if the request has one", "StringEqualsifexists", "aws:SourceVpce", "vpce-1", true},
		{"all paths of an organisation, or none", "ForAllValues:StringLike", "aws:PrincipalOrgPaths", "o-1/*", true},
		{"a path of an organisation", "ForAnyValue:StringLike", "aws:PrincipalOrgPaths", "o-1/*", false},
		{"any organisation", "StringLike", "aws:PrincipalOrgID", "o-*", true},
		{"any endpoint", "StringLike", "aws:SourceVpce", "vpce-*", true},
		{"anything", "StringLike", "aws:SourceArn", "**", true},
		{"a role of any account", "ArnLike", "aws:PrincipalArn", "arn:aws:iam::*:role/admin", true},
		{"any role of an account", "ArnLike", "aws:PrincipalArn", "arn:aws:iam::111122223333:role/*", false},
		{"any ARN", "ArnLike", "aws:SourceArn", "arn:*", true},
		{"a bucket", "ArnLike", "aws:SourceArn", "arn:aws:s3:*:*:bucket", false},
		{"any bucket", "ArnLike", "aws:SourceArn", "arn:aws:s3:::*", true},
		{"a topic of that name", "ArnLike", "aws:SourceArn", "arn:aws:sns:eu-central-1:*:topic", true},
		{"an address", "IpAddress", "aws:SourceIp", "192.0.2.1", false},
		{"addresses of one organisation", "IpAddress", "aws:SourceIp", "17.0.0.0/8", false},
		{"half of all addresses", "IpAddress", "aws:SourceIp", "128.0.0.0/1", true},
		{"a sixteenth of all addresses", "IpAddress", "aws:SourceIp", "16.0.0.0/4", true},
		{"private addresses", "IpAddress", "aws:VpcSourceIp", "fc00::/7", false},
		{"too many IPv6 addresses", "IpAddress", "aws:SourceIp", "2000::/3", true},
		{"a network of IPv6", "IpAddress", "aws:SourceIp", "2001:db8::/32", false},
	} {
		const statement = `{"Statement": {"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*", "Condition": {%q: {%q: %q}}}}`
		got := Public([]Document{parsed(t, fmt.Sprintf(statement, c.operator, c.key, c.value))})
		if !evidence.IsKnown(got, c.public) {
			t.Errorf("%s: got %v, want %v", c.name, got.Reading(), c.public)
		}
	}
}
