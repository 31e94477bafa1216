package fakeaws_test

import (
	"context"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/scanners/aws/fakeaws"
)

// protocol is one service that speaks a protocol: a list that the client reads two at a time, and a read of one resource.
type protocol struct {
	name, list, get, kind, member             string
	read                                      func(context.Context, aws.Config) ([]string, error)
	one                                       func(context.Context, aws.Config, string) error
	missing, denied, throttled, failed, stale string
}

func protocols() []protocol {
	return []protocol{
		{
			name: "rest-json", list: "backup.ListBackupVaults", get: "backup.DescribeBackupVault", kind: "backup.vault", member: "BackupVaultName",
			read: readVaults, one: readVault, missing: "400 ResourceNotFoundException", denied: "403 AccessDeniedException",
			throttled: "429 ThrottlingException", failed: "500 InternalServerError", stale: "403 ExpiredTokenException",
		},
		{
			name: "cbor", list: "cloudwatch.DescribeAlarms", get: "cloudwatch.DescribeAlarms", kind: "cloudwatch.alarm", member: "AlarmName",
			read: readAlarms, one: readAlarm, missing: "", denied: "403 AccessDenied",
			throttled: "400 ThrottlingException", failed: "500 InternalServerError", stale: "400 ExpiredTokenException",
		},
		{
			name: "ec2", list: "ec2.DescribeVolumes", get: "ec2.DescribeVolumes", kind: "ec2.volume", member: "volumeId",
			read: readVolumes, one: readVolume, missing: "400 InvalidVolume.NotFound", denied: "403 UnauthorizedOperation",
			throttled: "503 RequestLimitExceeded", failed: "503 Unavailable", stale: "400 RequestExpired",
		},
		{
			name: "json", list: "kms.ListKeys", get: "kms.DescribeKey", kind: "kms.key", member: "KeyId",
			read: readKeys, one: readKey, missing: "400 NotFoundException", denied: "400 AccessDeniedException",
			throttled: "400 ThrottlingException", failed: "500 InternalServerError", stale: "400 ExpiredTokenException",
		},
		{
			name: "query", list: "rds.DescribeDBInstances", get: "rds.DescribeDBInstances", kind: "rds.instance", member: "DBInstanceIdentifier",
			read: readInstances, one: readInstance, missing: "404 DBInstanceNotFound", denied: "403 AccessDenied",
			throttled: "400 Throttling", failed: "503 ServiceUnavailable", stale: "403 ExpiredToken",
		},
		{
			name: "rest-xml", list: "s3.ListBuckets", get: "s3.GetBucketEncryption", kind: "s3.bucket", member: "Name",
			read: readBuckets, one: readEncryption, missing: "404 NoSuchBucket", denied: "403 AccessDenied",
			throttled: "503 SlowDown", failed: "500 InternalError", stale: "400 ExpiredToken",
		},
	}
}

// flagged is a list whose pages end with a boolean.
func flagged() protocol {
	return protocol{name: "query with IsTruncated", list: "iam.ListUsers", kind: "iam.user", member: "UserName", read: readUsers}
}

func TestEveryProtocolTurnsPages(t *testing.T) {
	for _, p := range append(protocols(), flagged()) {
		t.Run(p.name, func(t *testing.T) {
			s := serve(t, five(p.kind, p.member)...)
			got, err := p.read(t.Context(), client(s, home))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff([]string{"x1", "x2", "x3", "x4", "x5"}, got); diff != "" {
				t.Errorf("names (-want +got):\n%s", diff)
			}
			want := []fakeaws.Call{
				{Operation: p.list, Account: home, Region: region, Page: 1, Status: 200},
				{Operation: p.list, Account: home, Region: region, Page: 2, Status: 200},
				{Operation: p.list, Account: home, Region: region, Page: 3, Status: 200},
			}
			if diff := cmp.Diff(want, s.Calls()); diff != "" {
				t.Errorf("calls (-want +got):\n%s", diff)
			}
		})
	}
}

func TestEveryProtocolAnswersErrors(t *testing.T) {
	for _, p := range protocols() {
		for _, c := range []struct {
			name, resource string
			broken         fakeaws.Error
			want           string
		}{
			{name: "missing", resource: "none", want: p.missing},
			{name: "denied", resource: "x1", broken: fakeaws.Denied(""), want: p.denied},
			{name: "denied by organization", resource: "x1", broken: fakeaws.DeniedByOrganization(""), want: p.denied},
			{name: "throttled", resource: "x1", broken: fakeaws.Throttled(""), want: p.throttled},
			{name: "failed", resource: "x1", broken: fakeaws.ServerError(), want: p.failed},
			{name: "expired", resource: "x1", broken: fakeaws.Expired(), want: p.stale},
			{name: "of one's own", resource: "x1", broken: fakeaws.Error{Status: 418, Code: "Teapot"}, want: "418 Teapot"},
		} {
			t.Run(p.name+"/"+c.name, func(t *testing.T) {
				s := serve(t, five(p.kind, p.member)...)
				if !c.broken.None() {
					s.Break(fakeaws.Rule{Operation: p.get, Account: home, Region: region, Resource: "x1", Error: c.broken})
				}
				if got := outcome(p.one(t.Context(), client(s, home), c.resource)); got != c.want {
					t.Errorf("got %q, want %q", got, c.want)
				}
			})
		}
	}
}

func TestEveryProtocolFailsOnACutBody(t *testing.T) {
	for _, p := range protocols() {
		t.Run(p.name, func(t *testing.T) {
			s := serve(t, five(p.kind, p.member)...)
			s.Break(fakeaws.Rule{Page: 2, Error: fakeaws.Malformed()})
			got, err := p.read(t.Context(), client(s, home))
			if err == nil {
				t.Errorf("read %v without an error", got)
			}
		})
	}
}

func TestEveryProtocolGoesOnAfterAnEmptyPage(t *testing.T) {
	for _, p := range protocols() {
		t.Run(p.name, func(t *testing.T) {
			s := serve(t, five(p.kind, p.member)...)
			s.Break(fakeaws.Rule{Page: 2, Error: fakeaws.EmptyPage()})
			got, err := p.read(t.Context(), client(s, home))
			if diff := cmp.Diff([]string{"x1", "x2", "x3", "x4", "x5"}, got); err != nil || diff != "" {
				t.Errorf("error %v, names (-want +got):\n%s", err, diff)
			}
			if got := len(s.Calls()); got != 4 {
				t.Errorf("got %d calls, want 4", got)
			}
		})
	}
}

func TestEveryProtocolFailsOnADroppedConnection(t *testing.T) {
	for _, p := range protocols() {
		t.Run(p.name, func(t *testing.T) {
			s := serve(t, five(p.kind, p.member)...)
			s.Break(fakeaws.Rule{Page: 2, Error: fakeaws.Dropped()})
			if got, err := p.read(t.Context(), client(s, home)); err == nil {
				t.Errorf("read %v without an error", got)
			}
		})
	}
}
