package fakeaws

import (
	"context"
	"fmt"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ecs"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/google/go-cmp/cmp"
)

const owner = "111122223333"

// configured starts a server that has operations of its own, and returns the configuration of its clients.
func configured(t *testing.T, resources []Resource, operations ...Operation) aws.Config {
	t.Helper()
	var estate Estate
	estate.Add(owner, resources...)
	s := start(estate, operations)
	t.Cleanup(s.Close)
	return aws.Config{
		BaseEndpoint: &s.URL, Region: "eu-north-1", Retryer: func() aws.Retryer { return aws.NopRetryer{} },
		Credentials: aws.CredentialsProviderFunc(func(context.Context) (aws.Credentials, error) {
			return aws.Credentials{AccessKeyID: AccessKey(owner), SecretAccessKey: Secret}, nil
		}),
	}
}

func TestAResourcesOwnItemsTurnPages(t *testing.T) {
	role := Resource{Type: "iam.role", ID: "r", Sub: map[string]any{"iam.ListRolePolicies": []string{"a", "b", "c"}}}
	c := configured(t, []Resource{role, {Type: "iam.role", ID: "bare"}}, Operation{
		Name: "iam.ListRolePolicies", Of: "iam.role", By: "RoleName", At: "PolicyNames",
		TokenIn: "Marker", TokenOut: "Marker", Truncated: "IsTruncated", SizeIn: "MaxItems",
	})
	for name, want := range map[string][]string{"r": {"a", "b", "c"}, "bare": nil} {
		pages := iam.NewListRolePoliciesPaginator(iam.NewFromConfig(c), &iam.ListRolePoliciesInput{RoleName: &name, MaxItems: aws.Int32(2)})
		var got []string
		for pages.HasMorePages() {
			page, err := pages.NextPage(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, page.PolicyNames...)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// containers are clusters with services, and their operations: a list of names, one of a parent's children, a batch.
func containers() ([]Resource, []Operation) {
	var resources []Resource
	for _, cluster := range []string{"a", "b"} {
		resources = append(resources, Resource{Type: "ecs.cluster", ID: cluster, IDs: []string{"arn/" + cluster}, Doc: Node{"clusterName": cluster}})
		for i := range 3 {
			name := fmt.Sprintf("%s%d", cluster, i)
			resources = append(resources, Resource{Type: "ecs.service", ID: name, Doc: Node{"cluster": cluster}})
		}
	}
	names := func(r Resource) any { return "arn/" + r.ID }
	return resources, []Operation{
		{Name: "ecs.DescribeClusters", Lists: "ecs.cluster", By: "clusters", At: "clusters"},
		{
			Name: "ecs.ListServices", Lists: "ecs.service", Of: "ecs.cluster", By: "cluster", At: "serviceArns", Show: names,
			TokenIn: "nextToken", TokenOut: "nextToken", SizeIn: "maxResults", MaxPage: 2,
			Missing: Error{Code: "ClusterNotFoundException"},
			Keep:    func(r Request, s Resource) bool { return "arn/"+s.Doc["cluster"].(string) == r.Params.Get("cluster") },
		},
	}
}

func TestChildrenOfAParentTurnPages(t *testing.T) {
	resources, operations := containers()
	client := ecs.NewFromConfig(configured(t, resources, operations...))
	pages := ecs.NewListServicesPaginator(client, &ecs.ListServicesInput{Cluster: aws.String("arn/b")})
	var got [][]string
	for pages.HasMorePages() {
		page, err := pages.NextPage(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, page.ServiceArns)
	}
	if diff := cmp.Diff([][]string{{"arn/b0", "arn/b1"}, {"arn/b2"}}, got); diff != "" {
		t.Errorf("pages (-want +got):\n%s", diff)
	}
	if _, err := client.ListServices(t.Context(), &ecs.ListServicesInput{Cluster: aws.String("arn/c")}); err == nil {
		t.Error("a list of no cluster's services has no error")
	}
}

func TestABatchLeavesOutWhatIsNotThere(t *testing.T) {
	resources, operations := containers()
	client := ecs.NewFromConfig(configured(t, resources, operations...))
	out, err := client.DescribeClusters(t.Context(), &ecs.DescribeClustersInput{Clusters: []string{"arn/b", "none", "a"}})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, c := range out.Clusters {
		got = append(got, *c.ClusterName)
	}
	if diff := cmp.Diff([]string{"b", "a"}, got); diff != "" {
		t.Errorf("clusters (-want +got):\n%s", diff)
	}
}

func TestAPageOfADeepListLeavesTheOperationAsItIs(t *testing.T) {
	more := Node{"Outer": Node{"Quantity": 3}}
	op := Operation{Name: "cloudfront.ListDistributions", At: "Outer/Items", TokenOut: "Outer/NextMarker", Truncated: "Outer/IsTruncated", More: more}
	got := op.paged(service{Protocol: restXML}, op.More, []any{"a"}, page{number: 1, size: 1}, 1, true)
	want := Answer{Body: Node{"Outer": Node{
		"Quantity": 3, "Items": List{Name: "member", Items: []any{"a"}}, "NextMarker": op.token(page{number: 1}, 1), "IsTruncated": true,
	}}}
	if diff := cmp.Diff(want.Body, got.Body); diff != "" {
		t.Errorf("body (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(Node{"Outer": Node{"Quantity": 3}}, more); diff != "" {
		t.Errorf("More (-want +got):\n%s", diff)
	}
}
