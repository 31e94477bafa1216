package aws

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/aws/fakeaws"
)

// edgeServices are the services of messages, backups, edges and what runs.
func edgeServices() []string {
	return []string{"acm", "apigateway", "backup", "cloudfront", "ecr", "ecs", "eks", "elasticloadbalancing", "elasticloadbalancingv2", "kinesis",
		"lambda", "sns", "sqs", "ssm"}
}

func TestPagesOfOneItemTellWhatOnePageTells(t *testing.T) {
	server := fakeaws.NewPaged(fakeaws.Standard(), 1)
	t.Cleanup(server.Close)
	got := collectFrom(t, testOptions(server), edgeServices())
	want := standardOf(t, edgeServices()...)
	if len(want.Facts) < 50 {
		t.Errorf("only %d facts", len(want.Facts))
	}
	if diff := cmp.Diff(want.Facts, got.Facts); diff != "" {
		t.Error(diff)
	}
}

func TestListsWhoseSecondPageIsDeniedAreNotWhole(t *testing.T) {
	for operation, kind := range map[string]evidence.Kind{
		"acm.ListCertificates": "certificate", "apigateway.GetDomainNames": "listener", "apigatewayv2.GetDomainNames": "listener",
		"backup.ListBackupPlans": "backup_plan", "backup.ListBackupVaults": "backup_vault", "backup.ListProtectedResources": "recovery_point",
		"backup.ListRestoreJobs": "restore_test", "backup.ListRestoreTestingPlans": "restore_plan", "cloudfront.ListDistributions": "cdn",
		"ecr.DescribeRepositories": "container_registry", "ecs.ListClusters": "container_service", "ecs.ListServices": "container_service",
		"eks.ListClusters": "kubernetes_cluster", "elasticloadbalancing.DescribeLoadBalancers": "load_balancer",
		"elasticloadbalancingv2.DescribeListeners": "listener", "elasticloadbalancingv2.DescribeLoadBalancers": "listener",
		"kinesis.ListStreams": "queue", "lambda.ListFunctions": "function", "sns.ListTopics": "topic", "sqs.ListQueues": "queue",
		"ssm.DescribeInstanceInformation": "patch_state",
	} {
		t.Run(operation, func(t *testing.T) {
			server := fakeaws.NewPaged(fakeaws.Standard(), 1)
			t.Cleanup(server.Close)
			server.Break(fakeaws.Rule{Operation: operation, Page: 2, Error: fakeaws.Denied("")})
			region, service := "eu-central-1", serviceOf(operation)
			switch service {
			case "cloudfront":
				region = globalRegion
			case "apigatewayv2":
				service = "apigateway"
			}
			s := collectFrom(t, testOptions(server), []string{service})
			if diff := cmp.Diff([]string{"read_denied " + actionOf(operation)}, missing(s, region, kind)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// What the first page shows can decide; what it does not show cannot.
func TestSettingsWhoseSecondPageIsDenied(t *testing.T) {
	for _, c := range []struct {
		operation, address string
		kind               evidence.Kind
		want               map[string]any
	}{
		{"backup.ListCopyJobs", "db:good#latest-backup", "recovery_point", map[string]any{"copies": []string{"eu-north-1"}}},
		{"elasticloadbalancingv2.DescribeSSLPolicies", "/bad-front/443", "listener", map[string]any{"tls_min": evidence.RankTLS10}},
		{"elasticloadbalancingv2.DescribeSSLPolicies", "/good-web/443", "listener", map[string]any{"tls_min": "(read_denied)"}},
		{"elasticloadbalancingv2.DescribeRules", "/bad-web/8080", "listener", map[string]any{"redirects_to_https": false}},
		{"eks.DescribeClusterVersions", "/good", "kubernetes_cluster", map[string]any{"version_supported": "(read_denied)"}},
		{"cloudwatchlogs.DescribeDeliverySources", "/GOODINSIDE", "cdn", map[string]any{"access_logging": true}},
		{"cloudwatchlogs.DescribeDeliverySources", "/BAD", "cdn", map[string]any{"access_logging": "(read_denied)"}},
	} {
		t.Run(c.operation+c.address, func(t *testing.T) {
			server := fakeaws.NewPaged(fakeaws.Standard(), 1)
			t.Cleanup(server.Close)
			server.Break(fakeaws.Rule{Operation: c.operation, Page: 2, Error: fakeaws.Denied("")})
			services := []string{"backup", "cloudfront", "eks", "elasticloadbalancingv2"}
			fact := factOf(t, collectFrom(t, testOptions(server), services), c.kind, c.address)
			for name := range c.want {
				if diff := cmp.Diff(c.want, plain(fact, name)); diff != "" {
					t.Error(diff)
				}
			}
			if c.operation == "backup.ListCopyJobs" && len(fact.Settings["copies"].More) == 0 {
				t.Error("the copies are said to be all")
			}
		})
	}
}
