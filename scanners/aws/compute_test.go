package aws

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/aws/fakeaws"
)

func TestFunctionsAsTheyAre(t *testing.T) {
	s := standardOf(t, "lambda")
	got := sayings(t, s, "function", []string{":good-orders", ":good-image", ":good-closed", ":bad-open", ":bad-url", ":bad-alias"},
		"open_to_everybody", "public_url", "runtime", "runtime_supported")
	function := func(open, url bool, runtime string, supported any) map[string]any {
		return map[string]any{"open_to_everybody": open, "public_url": url, "runtime": runtime, "runtime_supported": supported}
	}
	want := map[string]map[string]any{
		":good-orders": function(false, false, "python3.14", true),
		":good-image":  function(false, false, "image", "(decided_by_image)"),
		":good-closed": function(false, false, "nodejs24.x", true), // its address asks for nothing, and its policy opens it to nobody
		":bad-open":    function(true, false, "nodejs16.x", false),
		":bad-url":     function(false, true, "java17", "(runtime_not_known)"), // the policy opens the address alone
		":bad-alias":   function(false, true, "python9.9", "(runtime_not_known)"),
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// The policy lets everybody through an address without authentication, and there is none of that sort.
func TestAnAddressThatAsksWhoIsThereIsNotPublic(t *testing.T) {
	open := `{"Effect":"Allow","Principal":"*","Action":"lambda:InvokeFunctionUrl","Resource":"*"}`
	s := collect(t, estateOf(fakeaws.Function(fakeaws.StandardAccount, "asks", "python3.14", open, map[string]string{"": "AWS_IAM"}),
		fakeaws.Function(fakeaws.StandardAccount, "open", "python3.14", open, map[string]string{"": "NONE"})), []string{"lambda"})
	got := sayings(t, s, "function", []string{":asks", ":open"}, "public_url")
	want := map[string]map[string]any{":asks": {"public_url": false}, ":open": {"public_url": true}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestRuntimesAreSupportedUntilTheirLastDay(t *testing.T) {
	day := func(text string) time.Time {
		at, err := time.Parse(time.DateOnly, text)
		if err != nil {
			t.Fatal(err)
		}
		return at.Add(23 * time.Hour)
	}
	for _, c := range []struct {
		runtime, day string
		want         any
	}{
		{"nodejs22.x", "2027-04-30", true}, {"nodejs22.x", "2027-05-01", false},
		{"java17", "2026-06-30", true}, {"java17", "2026-07-01", "(runtime_not_known)"},
		{"newer", "2026-01-01", "(runtime_not_known)"},
	} {
		fact := evidence.Fact{Settings: map[string]evidence.Reading{"supported": runtimeSupported(c.runtime, day(c.day)).Reading()}}
		if diff := cmp.Diff(map[string]any{"supported": c.want}, plain(fact, "supported")); diff != "" {
			t.Errorf("%s on %s: %s", c.runtime, c.day, diff)
		}
	}
}

func TestNothingOfTheEnvironmentOfFunctionsIsKept(t *testing.T) {
	text, err := json.Marshal(standardOf(t, "lambda", "ssm"))
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(text), "canary") || !strings.Contains(string(text), "good-orders") {
		t.Error("an environment variable or a machine's name is in the snapshot, or no function")
	}
}

func TestContainerServicesAsTheyAre(t *testing.T) {
	s := standardOf(t, "ecs")
	got := sayings(t, s, "container_service", []string{"/web/good", "/web/bad", "/web/on-host"}, "public_address", "subnets_private")
	want := map[string]map[string]any{
		"/web/good":    {"public_address": false, "subnets_private": true},
		"/web/bad":     {"public_address": true, "subnets_private": false},
		"/web/on-host": {"public_address": "(decided_by_host)", "subnets_private": "(decided_by_host)"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestImageRegistriesAsTheyAre(t *testing.T) {
	s := standardOf(t, "ecr")
	got := sayings(t, s, "container_registry", []string{"/good-app", "/bad-app", "/good-north"}, "copies", "encryption", "scan_on_push", "tags_immutable")
	want := map[string]map[string]any{
		"/good-app":   {"copies": []string{"eu-north-1"}, "encryption": "customer-managed", "scan_on_push": true, "tags_immutable": true},
		"/bad-app":    {"copies": []string{}, "encryption": "provider-owned", "scan_on_push": false, "tags_immutable": false},
		"/good-north": {"copies": []string{}, "encryption": "provider-managed", "scan_on_push": true, "tags_immutable": true},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestFiltersOfRegistries(t *testing.T) {
	for _, c := range []struct {
		filter, name string
		want         bool
	}{
		{"*", "app", true}, {"prod*", "prod-app", true}, {"prod*", "my-prod", false}, {"prod", "my-prod-app", true}, {"*prod", "app", false},
	} {
		if got := matches(c.filter, c.name); got != c.want {
			t.Errorf("%s on %s: %t", c.filter, c.name, got)
		}
	}
}

// A list of addresses that holds half of the world, and another the other half, is the world.
func TestKubernetesClustersAsTheyAre(t *testing.T) {
	s := standardOf(t, "eks")
	got := sayings(t, s, "kubernetes_cluster", []string{"/good", "/good-private", "/bad", "/odd"}, "encryption", "logs_audit", "public_endpoint", "version_supported")
	cluster := func(encryption string, logs bool, endpoint string, supported any) map[string]any {
		return map[string]any{"encryption": encryption, "logs_audit": logs, "public_endpoint": endpoint, "version_supported": supported}
	}
	want := map[string]map[string]any{
		"/good":         cluster("customer-managed", true, "restricted", true),
		"/good-private": cluster("provider-owned", true, "none", true), // in extended support
		"/bad":          cluster("none", false, "world", false),
		"/odd":          cluster("provider-owned", false, "world", "(version_not_listed)"),
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestRefusedReadsOfWhatRuns(t *testing.T) {
	for _, c := range []struct {
		operation, service, address string
		kind                        evidence.Kind
		want                        map[string]any // nil: facts are missing
	}{
		{"lambda.ListFunctions", "lambda", "", "function", nil},
		{"lambda.GetPolicy", "lambda", ":good-closed", "function", map[string]any{"open_to_everybody": "(read_denied)", "public_url": "(read_denied)", "runtime": "nodejs24.x"}},
		{"lambda.ListFunctionUrlConfigs", "lambda", ":bad-open", "function", map[string]any{"open_to_everybody": true, "public_url": "(read_denied)"}},
		{"ecs.ListClusters", "ecs", "", "container_service", nil},
		{"ecs.ListServices", "ecs", "", "container_service", nil},
		{"ecs.DescribeServices", "ecs", "/web/good", "container_service", map[string]any{"public_address": "(read_denied)", "subnets_private": "(read_denied)"}},
		{"ec2.DescribeRouteTables", "ecs", "/web/good", "container_service", map[string]any{"public_address": false, "subnets_private": "(read_denied)"}},
		{"ecr.DescribeRepositories", "ecr", "", "container_registry", nil},
		{"ecr.DescribeRegistry", "ecr", "/good-app", "container_registry", map[string]any{"copies": "(read_denied)", "scan_on_push": true}},
		{"ecr.GetRegistryScanningConfiguration", "ecr", "/bad-app", "container_registry", map[string]any{"scan_on_push": "(read_denied)"}},
		{"ecr.GetRegistryScanningConfiguration", "ecr", "/good-north", "container_registry", map[string]any{"scan_on_push": true}}, // by itself
		{"kms.DescribeKey", "ecr", "/good-app", "container_registry", map[string]any{"encryption": "(read_denied)"}},
		{"eks.ListClusters", "eks", "", "kubernetes_cluster", nil},
		{"eks.DescribeCluster", "eks", "/good", "kubernetes_cluster",
			map[string]any{"encryption": "(read_denied)", "logs_audit": "(read_denied)", "public_endpoint": "(read_denied)", "version_supported": "(read_denied)"}},
		{"eks.DescribeClusterVersions", "eks", "/good", "kubernetes_cluster", map[string]any{"version_supported": "(read_denied)", "logs_audit": true}},
	} {
		t.Run(c.operation+c.address, func(t *testing.T) {
			s := collect(t, fakeaws.Standard(), []string{c.service}, fakeaws.Rule{Operation: c.operation, Error: fakeaws.Denied("")})
			if c.want == nil {
				if diff := cmp.Diff([]string{"read_denied " + actionOf(c.operation)}, missing(s, "eu-central-1", c.kind)); diff != "" {
					t.Error(diff)
				}
				return
			}
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

func TestWhatRunsAndVanishesIsNoFact(t *testing.T) {
	for _, operation := range []string{"eks.DescribeCluster", "ecs.DescribeServices"} {
		gone := fakeaws.Error{Status: 404, Code: "ResourceNotFoundException", Message: "gone"}
		s := collect(t, fakeaws.Standard(), []string{serviceOf(operation)}, fakeaws.Rule{Operation: operation, Error: gone})
		if len(s.Facts) > 0 {
			t.Errorf("%s: %d facts of what is gone", operation, len(s.Facts))
		}
	}
}
