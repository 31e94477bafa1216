package awsrules

import (
	"regexp"
	"strings"

	"github.com/tomscan/tomscan/evidence"
)

// Where AWS lists the predefined policies of listeners with their protocols.
const (
	DocListenerPolicy = "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html"
	DocClassicPolicy  = "https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/elb-security-policy-table.html"
)

// versionedPolicy matches the names of listener policies that tell the lowest version: ELBSecurityPolicy-TLS13-1-2-Res-FIPS-2023-04,
// ELBSecurityPolicy-TLS-1-2-Ext-2018-06, ELBSecurityPolicy-FS-1-2-2019-08.
var versionedPolicy = regexp.MustCompile(`^ELBSecurityPolicy-(?:TLS13|TLS|FS)-1-([0-3])(?:-[A-Za-z][A-Za-z0-9]*)*-20\d\d-\d\d$`)

// oldPolicies are the listener policies whose name does not tell that they begin with TLS 1.0. Those before 2014-10 take
// SSL 3.0 as well, which has no rank of its own.
func oldPolicies() []string {
	return []string{
		"ELBSecurityPolicy-2011-08", "ELBSecurityPolicy-2014-01", "ELBSecurityPolicy-2014-10", "ELBSecurityPolicy-2015-02",
		"ELBSecurityPolicy-2015-03", "ELBSecurityPolicy-2015-05", "ELBSecurityPolicy-2016-08", "ELBSecurityPolicy-FS-2018-06",
	}
}

// ListenerPolicyRank is the lowest TLS version of a listener's predefined policy; false for a name that is not known.
func ListenerPolicyRank(name string) (int, bool) {
	for _, old := range oldPolicies() {
		if name == old {
			return evidence.RankTLS10, true
		}
	}
	if m := versionedPolicy.FindStringSubmatch(name); m != nil {
		return evidence.RankTLS10 + int(m[1][0]-'0'), true
	}
	return 0, false
}

// ProtocolRank is the rank of a protocol as CloudFront writes it: SSLv3, TLSv1, TLSv1.1_2016, TLSv1.2_2021.
func ProtocolRank(name string) (int, bool) {
	version, _, _ := strings.Cut(name, "_")
	switch version {
	case "SSLv3", "TLSv1", "TLSv1.0":
		return evidence.RankTLS10, true
	case "TLSv1.1":
		return evidence.RankTLS11, true
	case "TLSv1.2":
		return evidence.RankTLS12, true
	case "TLSv1.3":
		return evidence.RankTLS13, true
	}
	return 0, false
}

// gatewayPolicy matches the policies of API domains: TLS_1_2, SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09, which begins with
// 1.2, and SecurityPolicy_TLS12_2018_EDGE. https://docs.aws.amazon.com/apigateway/latest/api/API_CreateDomainName.html
var gatewayPolicy = regexp.MustCompile(`^(?:TLS_1_|SecurityPolicy_TLS13_1_)([0-3])(?:_[A-Z0-9]+)*$|^SecurityPolicy_TLS1([23])_(?:[A-Z0-9]+_)*EDGE$`)

// GatewayPolicyRank is the lowest TLS version of an API domain's policy; false for a name that is not known.
func GatewayPolicyRank(name string) (int, bool) {
	if m := gatewayPolicy.FindStringSubmatch(name); m != nil {
		return evidence.RankTLS10 + int((m[1] + m[2])[0]-'0'), true
	}
	return 0, false
}

// Ranked turns the name of a policy into a rank. A name that is not known is unresolved: a policy may be a custom one.
func Ranked(name evidence.Value[string], rank func(string) (int, bool)) evidence.Value[int] {
	got, known := name.Get()
	if !known {
		return evidence.NotKnown[int](name)
	}
	if _, ok := rank(got); !ok {
		return evidence.Unresolved[int](evidence.Because("tls_policy_unknown", "name", got)).At(name.Positions()...)
	}
	return evidence.Map(name, func(s string) int { n, _ := rank(s); return n })
}
