package fakeaws_test

import (
	"context"
	"net"
	"net/http"
	"net/url"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
	"github.com/aws/aws-sdk-go-v2/service/s3control"
	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/tomscan/tomscan/scanners/aws/fakeaws"
)

// bucket is one whose encryption is set, in the region given.
func bucket(name, where string) fakeaws.Resource {
	return fakeaws.Resource{
		Type: "s3.bucket", ID: name, Doc: fakeaws.Node{"Name": name, "BucketRegion": where},
		Sub: map[string]any{"s3.GetBucketEncryption": fakeaws.Node{"Rule": fakeaws.Flat{fakeaws.Node{
			"ApplyServerSideEncryptionByDefault": fakeaws.Node{"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": "k & <1>"},
			"BucketKeyEnabled":                   true,
		}}}},
	}
}

func TestAResourceIsAnsweredByItsSubEntry(t *testing.T) {
	s := serve(t, bucket("b", region))
	out, err := storage(client(s, home)).GetBucketEncryption(t.Context(), &s3.GetBucketEncryptionInput{Bucket: aws.String("b")})
	if err != nil {
		t.Fatal(err)
	}
	want := &types.ServerSideEncryptionConfiguration{Rules: []types.ServerSideEncryptionRule{{
		ApplyServerSideEncryptionByDefault: &types.ServerSideEncryptionByDefault{SSEAlgorithm: "aws:kms", KMSMasterKeyID: aws.String("k & <1>")},
		BucketKeyEnabled:                   aws.Bool(true),
	}}}
	ignore := cmpopts.IgnoreUnexported(types.ServerSideEncryptionConfiguration{}, types.ServerSideEncryptionRule{}, types.ServerSideEncryptionByDefault{})
	if diff := cmp.Diff(want, out.ServerSideEncryptionConfiguration, ignore); diff != "" {
		t.Errorf("configuration (-want +got):\n%s", diff)
	}
}

func TestWhatAResourceLacksIsAbsent(t *testing.T) {
	s := serve(t, five("s3.bucket", "Name")...)
	got := outcome(readEncryption(t.Context(), client(s, home), "x1"))
	if want := "404 ServerSideEncryptionConfigurationNotFoundError"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestASubEntryMayBeAnError(t *testing.T) {
	broken := bucket("b", region)
	broken.Sub["s3.GetBucketEncryption"] = fakeaws.Error{Status: 409, Code: "OperationAborted"}
	s := serve(t, broken)
	if got := outcome(readEncryption(t.Context(), client(s, home), "b")); got != "409 OperationAborted" {
		t.Errorf("got %q", got)
	}
}

func TestABucketElsewhereIsRedirected(t *testing.T) {
	s := serve(t, bucket("b", "us-east-1"))
	if got := outcome(readEncryption(t.Context(), client(s, home), "b")); got != "301 PermanentRedirect" {
		t.Errorf("got %q", got)
	}
}

func TestAListMayBeNarrowed(t *testing.T) {
	s := serve(t, bucket("a", region), bucket("b", "us-east-1"), bucket("c", region))
	out, err := storage(client(s, home)).ListBuckets(t.Context(), &s3.ListBucketsInput{BucketRegion: aws.String(region), MaxBuckets: aws.Int32(2)})
	if err != nil {
		t.Fatal(err)
	}
	if len(out.Buckets) != 2 || *out.Buckets[1].Name != "c" || out.ContinuationToken != nil {
		t.Errorf("got %d buckets, token %v", len(out.Buckets), out.ContinuationToken)
	}
}

func TestTheAccountsOwnThing(t *testing.T) {
	summary := fakeaws.Resource{Type: "iam.account", Sub: map[string]any{
		"iam.GetAccountSummary": fakeaws.Node{"SummaryMap": fakeaws.Entries{"AccountMFAEnabled": 1, "Users": 3}},
	}}
	s := serve(t, summary)
	out, err := iam.NewFromConfig(client(s, home)).GetAccountSummary(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(map[string]int32{"AccountMFAEnabled": 1, "Users": 3}, out.SummaryMap); diff != "" {
		t.Errorf("summary (-want +got):\n%s", diff)
	}
}

func TestTheAccountInFrontOfTheHostNameIsNoHindrance(t *testing.T) {
	block := fakeaws.Resource{Type: "s3control.account", Sub: map[string]any{
		"s3control.GetPublicAccessBlock": fakeaws.Node{"BlockPublicAcls": true},
	}}
	for _, c := range []struct {
		name      string
		resources []fakeaws.Resource
		want      string
	}{
		{"set", []fakeaws.Resource{block}, ""},
		{"unset", nil, "404 NoSuchPublicAccessBlockConfiguration"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := serve(t, c.resources...)
			config := client(s, home)
			config.HTTPClient = &http.Client{Transport: &http.Transport{DialContext: pinned(s.URL)}}
			out, err := s3control.NewFromConfig(config).GetPublicAccessBlock(t.Context(), &s3control.GetPublicAccessBlockInput{AccountId: aws.String(home)})
			if got := outcome(err); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
			if err == nil && !*out.PublicAccessBlockConfiguration.BlockPublicAcls {
				t.Error("BlockPublicAcls is lost")
			}
		})
	}
}

// pinned connects to the server whatever host is asked for.
func pinned(server string) func(context.Context, string, string) (net.Conn, error) {
	return func(ctx context.Context, network, _ string) (net.Conn, error) {
		u, err := url.Parse(server)
		if err != nil {
			return nil, err
		}
		return (&net.Dialer{}).DialContext(ctx, network, u.Host)
	}
}

func TestATokenOfAnotherListIsRefused(t *testing.T) {
	s := serve(t, append(five("iam.user", "UserName"), five("rds.instance", "DBInstanceIdentifier")...)...)
	client := iam.NewFromConfig(client(s, home))
	first, err := client.ListUsers(t.Context(), &iam.ListUsersInput{MaxItems: aws.Int32(2)})
	if err != nil {
		t.Fatal(err)
	}
	s.Break(fakeaws.Rule{Page: 2, Error: fakeaws.ServerError()})
	for token, want := range map[string]string{*first.Marker: "503 ServiceUnavailable", "x": "400 InvalidNextToken"} {
		_, err := client.ListUsers(t.Context(), &iam.ListUsersInput{Marker: &token})
		if got := outcome(err); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
