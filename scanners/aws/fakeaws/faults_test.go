package fakeaws_test

import (
	"context"
	"errors"
	"runtime"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/acm"
	"github.com/aws/aws-sdk-go-v2/service/kms"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/smithy-go"
	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/scanners/aws/fakeaws"
)

func TestDenialsNameWhoWasRefusedWhatAndWhy(t *testing.T) {
	for _, c := range []struct {
		name string
		rule fakeaws.Rule
		want string
	}{
		{"no policy", fakeaws.Rule{Error: fakeaws.Denied("")},
			"User: arn:aws:sts::111122223333:assumed-role/tomscan/x is not authorized to perform: s3:GetEncryptionConfiguration " +
				"on resource: x1 because no identity-based policy allows the s3:GetEncryptionConfiguration action"},
		{"organization", fakeaws.Rule{Error: fakeaws.DeniedByOrganization("")},
			"User: arn:aws:sts::111122223333:assumed-role/tomscan/x is not authorized to perform: s3:GetEncryptionConfiguration " +
				"on resource: x1 with an explicit deny in a service control policy"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := serve(t, five("s3.bucket", "Name")...)
			s.Break(c.rule)
			var got smithy.APIError
			if err := readEncryption(t.Context(), client(s, home), "x1"); !errors.As(err, &got) {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, got.ErrorMessage()); diff != "" {
				t.Errorf("message (-want +got):\n%s", diff)
			}
		})
	}
}

func TestARuleMatchesOnlyWhatItNames(t *testing.T) {
	for _, c := range []struct {
		name string
		rule fakeaws.Rule
		want bool
	}{
		{"everything", fakeaws.Rule{}, true},
		{"operation", fakeaws.Rule{Operation: "kms.DescribeKey"}, true},
		{"other operation", fakeaws.Rule{Operation: "kms.ListKeys"}, false},
		{"service", fakeaws.Rule{Operation: "kms.*"}, true},
		{"other service", fakeaws.Rule{Operation: "s3.*"}, false},
		{"account", fakeaws.Rule{Account: home}, true},
		{"other account", fakeaws.Rule{Account: second}, false},
		{"region", fakeaws.Rule{Region: region}, true},
		{"other region", fakeaws.Rule{Region: "us-east-1"}, false},
		{"resource", fakeaws.Rule{Resource: "x1"}, true},
		{"other resource", fakeaws.Rule{Resource: "x2"}, false},
		{"page", fakeaws.Rule{Page: 1}, true},
		{"other page", fakeaws.Rule{Page: 2}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := serve(t, five("kms.key", "Arn")...)
			c.rule.Error = fakeaws.ServerError()
			s.Break(c.rule)
			if err := readKey(t.Context(), client(s, home), "x1"); (err != nil) != c.want {
				t.Errorf("got %v", err)
			}
		})
	}
}

func TestARuleIsSpentAfterItsTimes(t *testing.T) {
	s := serve(t, five("kms.key", "Arn")...)
	s.Break(
		fakeaws.Rule{Error: fakeaws.Throttled(""), Times: 2},
		fakeaws.Rule{Error: fakeaws.ServerError(), Times: 1},
	)
	var got []int
	for range 4 {
		_ = readKey(t.Context(), client(s, home), "x1")
	}
	for _, call := range s.Calls() {
		got = append(got, call.Status)
	}
	if diff := cmp.Diff([]int{400, 400, 500, 200}, got); diff != "" {
		t.Errorf("statuses (-want +got):\n%s", diff)
	}
}

func TestMendEndsAllFaults(t *testing.T) {
	s := serve(t, five("kms.key", "Arn")...)
	s.Break(fakeaws.Rule{Error: fakeaws.ServerError()})
	s.Limit(0, 0)
	s.Hang("kms.DescribeKey")
	s.Mend()
	if err := readKey(t.Context(), client(s, home), "x1"); err != nil {
		t.Error(err)
	}
}

func TestTheLimitIsOfEachAccountRegionAndOperation(t *testing.T) {
	s := serveTwo(t)
	now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	s.SetClock(func() time.Time { return now })
	s.Limit(1, 2)
	var got []string
	read := func(account string) {
		_, err := readInstances(t.Context(), client(s, account))
		got = append(got, outcome(err))
	}
	read(home)
	read(home)
	read(home)
	read(second)
	now = now.Add(time.Second)
	read(home)
	read(home)
	if diff := cmp.Diff([]string{"", "", "400 Throttling", "", "", "400 Throttling"}, got); diff != "" {
		t.Errorf("outcomes (-want +got):\n%s", diff)
	}
}

func TestAWaitingRequestEndsWithItsClient(t *testing.T) {
	for name, wait := range map[string]func(*fakeaws.Server){
		"hangs": func(s *fakeaws.Server) { s.Hang("kms.DescribeKey") },
		"slow":  func(s *fakeaws.Server) { s.SetLatency(time.Hour) },
	} {
		t.Run(name, func(t *testing.T) {
			s := serve(t, five("kms.key", "Arn")...)
			wait(s)
			ctx, cancel := context.WithCancel(t.Context())
			done := make(chan error)
			go func() { done <- readKey(ctx, client(s, home), "x1") }()
			for len(s.Calls()) == 0 {
				runtime.Gosched()
			}
			cancel()
			if err := <-done; !errors.Is(err, context.Canceled) {
				t.Errorf("got %v", err)
			}
			want := []fakeaws.Call{{Operation: "kms.DescribeKey", Account: home, Region: region, Resource: "x1", Page: 1}}
			if diff := cmp.Diff(want, s.Calls()); diff != "" {
				t.Errorf("calls (-want +got):\n%s", diff)
			}
		})
	}
}

func TestASlowRequestIsAnswered(t *testing.T) {
	s := serve(t, five("kms.key", "Arn")...)
	s.SetLatency(time.Nanosecond)
	if err := readKey(t.Context(), client(s, home), "x1"); err != nil {
		t.Error(err)
	}
}

func TestCloseEndsRequestsThatWait(t *testing.T) {
	s := serve(t, five("kms.key", "Arn")...)
	s.Hang("kms.DescribeKey")
	done := make(chan error)
	go func() { done <- readKey(t.Context(), client(s, home), "x1") }()
	for len(s.Calls()) == 0 {
		runtime.Gosched()
	}
	s.Close()
	if err := <-done; err == nil {
		t.Error("answered")
	}
}

func TestUnknownOperationsAreReported(t *testing.T) {
	s := serve(t)
	c := client(s, home)
	_, missed := acm.NewFromConfig(c).ListTagsForCertificate(t.Context(), &acm.ListTagsForCertificateInput{CertificateArn: new("x")})
	_, bucket := storage(c).GetObjectTorrent(t.Context(), &s3.GetObjectTorrentInput{Bucket: new("b"), Key: new("k")})
	_, key := kms.NewFromConfig(c).GenerateRandom(t.Context(), nil)
	for _, err := range []error{missed, bucket, key} {
		if got := outcome(err); got != "404 UnknownOperationException" && got != "404 NotFound" {
			t.Errorf("got %q", got)
		}
	}
	want := []string{
		"GET /b/k?torrent= (s3)",
		"POST / CertificateManager.ListTagsForCertificate (acm)",
		"POST / TrentService.GenerateRandom (kms)",
	}
	if diff := cmp.Diff(want, s.Unknown()); diff != "" {
		t.Errorf("unknown (-want +got):\n%s", diff)
	}
	s.Reset()
	if got := s.Unknown(); len(got) > 0 {
		t.Errorf("after Reset: %v", got)
	}
}
