package aws

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/aws/fakeaws"
)

func balancerServices() []string { return []string{"elasticloadbalancing", "elasticloadbalancingv2"} }

func TestLoadBalancersAsTheyAre(t *testing.T) {
	s := standardOf(t, balancerServices()...)
	got := sayings(t, s, "load_balancer", []string{"/good-web", "/bad-web", "/good-inside", "/bad-front", "/good-inspection", "/good-classic", "/bad-classic"},
		"access_logging", "deletion_protection", "open_to_world", "public", "web_firewall")
	balancer := func(logging, protected, open, public, firewall bool) map[string]any {
		return map[string]any{"access_logging": logging, "deletion_protection": protected, "open_to_world": open, "public": public, "web_firewall": firewall}
	}
	want := map[string]map[string]any{
		"/good-web":        balancer(true, true, false, true, true),
		"/bad-web":         balancer(false, false, true, true, false),
		"/good-inside":     balancer(true, true, false, false, false),
		"/bad-front":       balancer(false, false, true, true, false), // a network load balancer without groups lets everybody in
		"/good-inspection": balancer(false, false, false, false, false),
		"/good-classic":    balancer(true, false, false, false, false),
		"/bad-classic":     balancer(false, false, true, true, false),
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// Plain http is judged, and so is TLS on a network load balancer; a policy counts by its protocols, whatever its name.
func TestListenersAsTheyAre(t *testing.T) {
	s := standardOf(t, balancerServices()...)
	got := sayings(t, s, "listener", []string{"/good-web/443", "/good-web/80", "/bad-web/80", "/bad-web/8080", "/good-inside/443", "/good-inside/5432",
		"/bad-front/443", "/good-classic#listener/443", "/good-classic#listener/25", "/bad-classic#listener/443"},
		"port", "protocol", "public", "redirects_to_https", "tls_min")
	listener := func(port int, protocol string, public, redirects bool, tls any) map[string]any {
		return map[string]any{"port": port, "protocol": protocol, "public": public, "redirects_to_https": redirects, "tls_min": tls}
	}
	want := map[string]map[string]any{
		"/good-web/443":              listener(443, "https", true, false, evidence.RankTLS12),
		"/good-web/80":               listener(80, "http", true, true, evidence.RankPlain),
		"/bad-web/80":                listener(80, "http", true, false, evidence.RankPlain),
		"/bad-web/8080":              listener(8080, "http", true, false, evidence.RankPlain), // one rule answers
		"/good-inside/443":           listener(443, "tls", false, false, evidence.RankTLS12),
		"/good-inside/5432":          listener(5432, "tcp", false, false, "(decided_by_target)"),
		"/bad-front/443":             listener(443, "tls", true, false, evidence.RankTLS10),
		"/good-classic#listener/443": listener(443, "https", false, false, evidence.RankTLS12),
		"/good-classic#listener/25":  listener(25, "tcp", false, false, "(decided_by_target)"),
		"/bad-classic#listener/443":  listener(443, "https", true, false, evidence.RankTLS10),
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestPoliciesOfListenersAreAskedForOncePerRegion(t *testing.T) {
	server := fakeaws.New(fakeaws.Standard())
	t.Cleanup(server.Close)
	collectFrom(t, testOptions(server), []string{"elasticloadbalancingv2"})
	got := server.Count()
	for operation, most := range map[string]int{
		"elasticloadbalancingv2.DescribeSSLPolicies": 1, // in the one region with a listener that ends TLS
		"elasticloadbalancingv2.DescribeRules":       2, // where the default redirects
		"wafv2.ListWebACLs":                          1, "wafv2.ListResourcesForWebACL": 1,
	} {
		if got[operation] != most {
			t.Errorf("%s is called %d times, not %d", operation, got[operation], most)
		}
	}
}

func TestWhereLoadBalancersLog(t *testing.T) {
	for _, c := range []struct {
		name   string
		breaks []fakeaws.Rule
	}{
		{name: "the bucket is known"},
		{name: "denied", breaks: []fakeaws.Rule{{Operation: "elasticloadbalancingv2.DescribeLoadBalancerAttributes", Error: fakeaws.Denied("")}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := siteOf(t, fakeaws.Standard(), "eu-central-1", c.breaks...)
			s.reader = loadBalancers()
			s.reader.read(t.Context(), s)
			got := []evidence.State{s.holdsLogs("good-logs").State(), s.holdsLogs("other").State()}
			want := []evidence.State{evidence.StateKnown, evidence.StateKnown}
			if c.breaks != nil {
				want = []evidence.State{evidence.StateUnresolved, evidence.StateUnresolved}
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestRefusedReadsOfLoadBalancers(t *testing.T) {
	for _, c := range []struct {
		operation, address string
		kind               evidence.Kind
		want               map[string]any
	}{
		{"elasticloadbalancingv2.DescribeLoadBalancerAttributes", "/good-web", "load_balancer",
			map[string]any{"access_logging": "(read_denied)", "deletion_protection": "(read_denied)", "public": true}},
		{"elasticloadbalancing.DescribeLoadBalancerAttributes", "/good-classic", "load_balancer", map[string]any{"access_logging": "(read_denied)", "public": false}},
		{"wafv2.ListWebACLs", "/bad-web", "load_balancer", map[string]any{"web_firewall": "(read_denied)"}},
		{"wafv2.ListResourcesForWebACL", "/bad-web", "load_balancer", map[string]any{"web_firewall": "(read_denied)"}},
		{"ec2.DescribeSecurityGroups", "/bad-web", "load_balancer", map[string]any{"open_to_world": "(read_denied)"}},
		{"elasticloadbalancingv2.DescribeSSLPolicies", "/good-web/443", "listener", map[string]any{"tls_min": "(read_denied)", "protocol": "https"}},
		{"elasticloadbalancingv2.DescribeRules", "/good-web/80", "listener", map[string]any{"redirects_to_https": "(read_denied)"}},
		{"elasticloadbalancingv2.DescribeRules", "/bad-web/80", "listener", map[string]any{"redirects_to_https": false}},
		{"elasticloadbalancing.DescribeLoadBalancerPolicies", "#listener/443", "listener", map[string]any{"tls_min": "(read_denied)"}},
	} {
		t.Run(c.operation+c.address, func(t *testing.T) {
			s := collect(t, fakeaws.Standard(), balancerServices(), fakeaws.Rule{Operation: c.operation, Error: fakeaws.Denied("")})
			var settings []string
			for name := range c.want {
				settings = append(settings, name)
			}
			if diff := cmp.Diff(c.want, plain(factOf(t, s, c.kind, c.address), settings...)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestListenersThatAreNotToldAreNotNone(t *testing.T) {
	s := collect(t, fakeaws.Standard(), balancerServices(), fakeaws.Rule{Operation: "elasticloadbalancingv2.DescribeListeners", Error: fakeaws.Denied("")})
	if diff := cmp.Diff([]string{"read_denied elasticloadbalancing:DescribeListeners"}, missing(s, "eu-central-1", "listener")); diff != "" {
		t.Error(diff)
	}
	// Whether a network load balancer logs depends on whether it ends TLS.
	if diff := cmp.Diff(map[string]any{"access_logging": "(read_denied)"}, plain(factOf(t, s, "load_balancer", "/good-inside"), "access_logging")); diff != "" {
		t.Error(diff)
	}
}
