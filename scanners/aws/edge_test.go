package aws

import (
	"testing"

	sdk "github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudfront/types"
	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/aws/fakeaws"
)

// Another behaviour than the default one serves http, and CloudFront's own certificate takes TLS 1.0 whatever is written.
func TestDistributionsAsTheyAre(t *testing.T) {
	s := standardOf(t, "cloudfront")
	got := sayings(t, s, "cdn", []string{"/GOOD", "/GOODINSIDE", "/BAD"},
		"access_logging", "copies", "origin_plain", "origin_tls_min", "region", "viewer_plain", "viewer_tls_min", "web_firewall")
	cdn := func(logging bool, originPlain string, originTLS int, viewer string, viewerTLS int, firewall bool) map[string]any {
		return map[string]any{"access_logging": logging, "copies": "(cached_at_the_edge)", "origin_plain": originPlain, "origin_tls_min": originTLS,
			"region": "global", "viewer_plain": viewer, "viewer_tls_min": viewerTLS, "web_firewall": firewall}
	}
	want := map[string]map[string]any{
		"/GOOD":       cdn(true, "never", evidence.RankTLS12, "redirected", evidence.RankTLS12, true),
		"/GOODINSIDE": cdn(true, "never", evidence.RankTLS12, "refused", evidence.RankTLS12, false), // CloudWatch delivers its logs
		"/BAD":        cdn(false, "always", evidence.RankPlain, "served", evidence.RankTLS10, false),
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestHeadersThatOriginsAreSentAreDropped(t *testing.T) {
	secret := &types.CustomHeaders{Items: []types.OriginCustomHeader{{HeaderName: sdk.String("X-Origin"), HeaderValue: sdk.String("canary")}}}
	all := []types.DistributionSummary{{}, {Origins: &types.Origins{Items: []types.Origin{{Id: sdk.String("a"), CustomHeaders: secret}, {Id: sdk.String("b"), CustomHeaders: secret}}}}}
	for _, o := range withoutHeaders(all)[1].Origins.Items {
		if o.CustomHeaders != nil {
			t.Errorf("the headers of origin %s are kept", sdk.ToString(o.Id))
		}
	}
}

func TestRefusedReadsOfDistributions(t *testing.T) {
	for _, c := range []struct {
		operation, address string
		want               map[string]any
	}{
		{"cloudfront.GetDistributionConfig", "/GOOD", map[string]any{"access_logging": "(read_denied)", "viewer_plain": "redirected"}},
		{"cloudfront.GetVpcOrigin", "/GOODINSIDE", map[string]any{"origin_plain": "(read_denied)", "origin_tls_min": "(read_denied)", "access_logging": true}},
		{"cloudwatchlogs.DescribeDeliveries", "/BAD", map[string]any{"access_logging": "(read_denied)"}},
		{"cloudwatchlogs.DescribeDeliverySources", "/BAD", map[string]any{"access_logging": "(read_denied)"}},
		{"cloudwatchlogs.DescribeDeliverySources", "/GOOD", map[string]any{"access_logging": true}}, // it logs by itself
	} {
		t.Run(c.operation+c.address, func(t *testing.T) {
			s := collect(t, fakeaws.Standard(), []string{"cloudfront"}, fakeaws.Rule{Operation: c.operation, Error: fakeaws.Denied("")})
			var settings []string
			for name := range c.want {
				settings = append(settings, name)
			}
			if diff := cmp.Diff(c.want, plain(factOf(t, s, "cdn", c.address), settings...)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// A domain that both interfaces list is one thing.
func TestDomainsOfAPIsAsTheyAre(t *testing.T) {
	s := standardOf(t, "apigateway")
	names := []string{"/good.example.com", "/bad.example.com", "/inside.example.com", "/other.example.com"}
	got := sayings(t, s, "listener", names, "port", "protocol", "public", "redirects_to_https", "tls_min")
	domain := func(public bool, tls any) map[string]any {
		return map[string]any{"port": 443, "protocol": "https", "public": public, "redirects_to_https": false, "tls_min": tls}
	}
	want := map[string]map[string]any{
		"/good.example.com":   domain(true, evidence.RankTLS12),
		"/bad.example.com":    domain(true, evidence.RankTLS10),
		"/inside.example.com": domain(false, "(unset)"),
		"/other.example.com":  domain(true, evidence.RankTLS12),
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if len(s.Facts) != len(names) {
		t.Errorf("%d facts of %d domains", len(s.Facts), len(names))
	}
}

func TestCertificatesAsTheyAre(t *testing.T) {
	s := standardOf(t, "acm")
	got := sayings(t, s, "certificate", []string{"/good", "/bad", "/bad-mail"}, "days_left", "in_use", "key_bits", "renews")
	want := map[string]map[string]any{
		"/good":     {"days_left": 200, "in_use": true, "key_bits": 3072, "renews": true}, // it would not be listed if its sort of key were not named
		"/bad":      {"days_left": 3, "in_use": true, "key_bits": 1024, "renews": false},
		"/bad-mail": {"days_left": 30, "in_use": false, "key_bits": 2048, "renews": false},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if len(s.Facts) != 3 {
		t.Errorf("%d facts of 3 certificates that were issued", len(s.Facts))
	}
	denied := collect(t, fakeaws.Standard(), []string{"acm"}, fakeaws.Rule{Operation: "acm.DescribeCertificate", Error: fakeaws.Denied("")})
	got = sayings(t, denied, "certificate", []string{"/good", "/bad"}, "key_bits", "renews")
	want = map[string]map[string]any{"/good": {"key_bits": 3072, "renews": "(read_denied)"}, "/bad": {"key_bits": 1024, "renews": false}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestListsOfTheEdgeThatAreRefusedAreNotWhole(t *testing.T) {
	for _, c := range []struct {
		operation, region string
		kind              evidence.Kind
	}{
		{"acm.ListCertificates", "eu-central-1", "certificate"},
		{"apigateway.GetDomainNames", "eu-central-1", "listener"},
		{"apigatewayv2.GetDomainNames", "eu-central-1", "listener"},
		{"cloudfront.ListDistributions", globalRegion, "cdn"},
	} {
		s := collect(t, fakeaws.Standard(), []string{serviceOf(c.operation), "apigateway"}, fakeaws.Rule{Operation: c.operation, Error: fakeaws.Denied("")})
		if diff := cmp.Diff([]string{"read_denied " + actionOf(c.operation)}, missing(s, c.region, c.kind)); diff != "" {
			t.Errorf("%s: %s", c.operation, diff)
		}
	}
}
