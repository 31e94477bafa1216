package awsrules

import "testing"

func TestListenerPolicyRank(t *testing.T) {
	for name, want := range map[string]int{
		"ELBSecurityPolicy-2016-08":                        10,
		"ELBSecurityPolicy-2015-05":                        10,
		"ELBSecurityPolicy-FS-2018-06":                     10,
		"ELBSecurityPolicy-FS-1-1-2019-08":                 11,
		"ELBSecurityPolicy-FS-1-2-2019-08":                 12,
		"ELBSecurityPolicy-FS-1-2-Res-2020-10":             12,
		"ELBSecurityPolicy-TLS-1-0-2015-04":                10,
		"ELBSecurityPolicy-TLS-1-1-2017-01":                11,
		"ELBSecurityPolicy-TLS-1-2-2017-01":                12,
		"ELBSecurityPolicy-TLS-1-2-Ext-2018-06":            12,
		"ELBSecurityPolicy-TLS13-1-0-2021-06":              10,
		"ELBSecurityPolicy-TLS13-1-0-FIPS-2023-04":         10,
		"ELBSecurityPolicy-TLS13-1-1-2021-06":              11,
		"ELBSecurityPolicy-TLS13-1-2-2021-06":              12,
		"ELBSecurityPolicy-TLS13-1-2-Ext0-FIPS-2023-04":    12,
		"ELBSecurityPolicy-TLS13-1-2-Ext2-FIPS-PQ-2025-09": 12,
		"ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09":       12,
		"ELBSecurityPolicy-TLS13-1-3-2021-06":              13,
		"ELBSecurityPolicy-TLS13-1-3-FIPS-PQ-2025-09":      13,
	} {
		if got, ok := ListenerPolicyRank(name); !ok || got != want {
			t.Errorf("%s: %d, %v, want %d", name, got, ok, want)
		}
	}
	for _, name := range []string{"", "my-policy", "ELBSecurityPolicy-2030-01", "ELBSecurityPolicy-TLS13-1-4-2030-01", "ELBSecurityPolicy-TLS13-1-2"} {
		if got, ok := ListenerPolicyRank(name); ok {
			t.Errorf("%q is known as %d", name, got)
		}
	}
}

func TestProtocolRank(t *testing.T) {
	for name, want := range map[string]int{
		"SSLv3": 10, "TLSv1": 10, "TLSv1_2016": 10, "TLSv1.1_2016": 11, "TLSv1.2_2018": 12, "TLSv1.2_2021": 12, "TLSv1.2_2025": 12, "TLSv1.3_2025": 13,
	} {
		if got, ok := ProtocolRank(name); !ok || got != want {
			t.Errorf("%s: %d, %v, want %d", name, got, ok, want)
		}
	}
	if got, ok := ProtocolRank("TLSv2"); ok {
		t.Errorf("TLSv2 is known as %d", got)
	}
}

func TestGatewayPolicyRank(t *testing.T) {
	for name, want := range map[string]int{
		"TLS_1_0": 10, "TLS_1_2": 12, "SecurityPolicy_TLS13_1_3_2025_09": 13, "SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09": 12,
		"SecurityPolicy_TLS12_PFS_2025_EDGE": 12, "SecurityPolicy_TLS13_2025_EDGE": 13,
	} {
		if got, ok := GatewayPolicyRank(name); !ok || got != want {
			t.Errorf("%s: %d, %v, want %d", name, got, ok, want)
		}
	}
	for _, name := range []string{"", "TLS", "SecurityPolicy"} {
		if got, ok := GatewayPolicyRank(name); ok {
			t.Errorf("%q is known as %d", name, got)
		}
	}
}
