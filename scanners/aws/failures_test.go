package aws

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	sdk "github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/s3"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/aws/fakeaws"
)

// gapCodes are the codes of all gaps, sorted, each once.
func gapCodes(s evidence.Snapshot) []string {
	var codes []string
	for _, sweep := range s.Sweeps {
		for _, g := range sweep.Gaps {
			codes = append(codes, g.Code)
		}
	}
	slices.Sort(codes)
	return slices.Compact(codes)
}

// outcomes counts the calls of an operation by outcome.
func outcomes(s evidence.Snapshot, operation string) map[evidence.Outcome]int {
	got := map[evidence.Outcome]int{}
	for _, c := range s.Calls {
		if c.Operation == operation {
			got[c.Outcome]++
		}
	}
	return got
}

func TestAnInterruptLeavesWhatWasReadAndSaysWhatWasNot(t *testing.T) {
	server := fakeaws.New(fakeaws.Standard())
	t.Cleanup(server.Close)
	ctx, cancel := context.WithCancel(t.Context())
	o := testOptions(server)
	o.Wanted = func(kind evidence.Kind, _ string) bool {
		if kind == (evidence.ObjectStore{}).Kind() { // the buckets were listed, and are being asked about
			cancel()
		}
		return true
	}
	s, err := New(o).Collect(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Contains(gapCodes(s), "read_interrupted") {
		t.Errorf("gaps %v", gapCodes(s))
	}
	if outcomes(s, "sts.GetCallerIdentity")[evidence.OutcomeOK] != 1 {
		t.Errorf("what was read before is not in the ledger: %v", outcomes(s, "sts.GetCallerIdentity"))
	}
	for _, f := range s.Facts {
		for name, r := range f.Settings {
			if r.State == evidence.StateDenied {
				t.Errorf("%s %s is denied, though nobody refused it", f.ID, name)
			}
		}
	}
}

func TestNothingIsReadAfterAnInterruptAtTheStart(t *testing.T) {
	server := fakeaws.New(fakeaws.Standard())
	t.Cleanup(server.Close)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := New(testOptions(server)).Collect(ctx); err == nil || !strings.Contains(err.Error(), "interrupted") {
		t.Errorf("got %v", err)
	}
}

func TestCredentialsThatExpireInTheMiddleAreNoDenial(t *testing.T) {
	s := collect(t, fakeaws.Standard(), []string{"s3", "kms"}, fakeaws.Rule{Operation: "s3.GetBucketEncryption", Error: fakeaws.Expired()})
	for _, f := range s.Facts {
		if r := f.Settings["encryption"]; f.Kind == (evidence.ObjectStore{}).Kind() && (r.State != evidence.StateUnresolved || r.Why.Code != "credentials_expired") {
			t.Errorf("%s: encryption is %s %v", f.Address, r.State, r.Why)
		}
	}
	if got := outcomes(s, "s3.ListBuckets"); got[evidence.OutcomeOK] != 1 {
		t.Errorf("calls before: %v", got)
	}
}

func TestCredentialsAreRenewedOnceAndTheRunGoesOn(t *testing.T) {
	s := collect(t, fakeaws.Standard(), []string{"kms"}, fakeaws.Rule{Operation: "kms.ListKeys", Error: fakeaws.Expired(), Times: 1})
	if got := outcomes(s, "kms.ListKeys"); got[evidence.OutcomeOK]+got[evidence.OutcomeEmpty] != 4 || len(got) > 2 {
		t.Errorf("calls: %v", got)
	}
	if gaps := gapCodes(s); len(gaps) > 0 {
		t.Errorf("gaps %v", gaps)
	}
}

func TestExpiredCredentialsAtTheStartAreOneErrorWithAHint(t *testing.T) {
	server := fakeaws.New(fakeaws.Standard())
	t.Cleanup(server.Close)
	server.Break(fakeaws.Rule{Operation: "sts.GetCallerIdentity", Error: fakeaws.Expired()})
	_, err := New(testOptions(server)).Collect(t.Context())
	if err == nil || !strings.Contains(err.Error(), "have expired; sign in again") {
		t.Errorf("got %v", err)
	}
}

func TestAServiceThatDoesNotAnswerIsAskedOnceAndTheRestIsRead(t *testing.T) {
	server := fakeaws.New(fakeaws.Standard())
	t.Cleanup(server.Close)
	server.Hang("kms.ListKeys")
	o := testOptions(server)
	o.Timeout, o.Regions = 100*time.Millisecond, []string{"eu-central-1"}
	s := collectFrom(t, o, []string{"kms", "s3"})
	if got := outcomes(s, "kms.ListKeys"); got[evidence.OutcomeError] != 1 || len(got) != 1 {
		t.Errorf("calls that hang: %v", got)
	}
	if !slices.Contains(gapCodes(s), "read_failed") {
		t.Errorf("gaps %v", gapCodes(s))
	}
	if outcomes(s, "s3.ListBuckets")[evidence.OutcomeOK] != 1 {
		t.Error("other services were not read")
	}
}

func TestAnAnswerThatIsCutIsNoAnswer(t *testing.T) {
	s := collect(t, fakeaws.Standard(), []string{"s3"}, fakeaws.Rule{Operation: "s3.ListBuckets", Error: fakeaws.Malformed()})
	if len(s.Facts) > 1 || !slices.Contains(gapCodes(s), "read_failed") { // the account's block of public access is read
		t.Errorf("%d facts, gaps %v", len(s.Facts), gapCodes(s))
	}
}

func TestOneAccountThatCannotBeReachedLeavesTheOthers(t *testing.T) {
	estate := fakeaws.Standard()
	estate.Accounts = append(estate.Accounts, fakeaws.Account{ID: "444455556666", Regions: []string{"eu-central-1"}})
	server := fakeaws.New(estate)
	t.Cleanup(server.Close)
	server.Break(fakeaws.Rule{Operation: "sts.AssumeRole", Resource: "arn:aws:iam::999988887777:role/tomscan", Error: fakeaws.Denied("sts.AssumeRole")})
	o := testOptions(server)
	o.Regions = []string{"eu-central-1"}
	o.Accounts = []Account{
		{ID: fakeaws.StandardAccount}, {ID: "444455556666", RoleARN: "arn:aws:iam::444455556666:role/tomscan", ExternalID: "agreed"},
		{ID: "999988887777", RoleARN: "arn:aws:iam::999988887777:role/tomscan"},
	}
	s := collectFrom(t, o, []string{"s3"})
	places := map[string]int{}
	for _, sweep := range s.Sweeps {
		places[sweep.Place.Account]++
		if sweep.Place.Account == "999988887777" && (len(sweep.Gaps) != 1 || sweep.Gaps[0].Code != "account_not_reached") {
			t.Errorf("gaps of the account that cannot be reached: %v", sweep.Gaps)
		}
	}
	if places[fakeaws.StandardAccount] != 2 || places["444455556666"] != 2 || places["999988887777"] != 1 {
		t.Errorf("sweeps by account: %v", places)
	}
}

func TestAnEndpointThatNobodyServesIsOneErrorWithAHint(t *testing.T) {
	o := Options{Region: "eu-central-1", Endpoint: "http://127.0.0.1:1", Now: newTestClock().Now, Credentials: credentials.NewStaticCredentialsProvider("x", "y", "")}
	c := New(o)
	_, err := c.Collect(t.Context())
	if err == nil || !strings.Contains(err.Error(), "AWS cannot be reached") {
		t.Errorf("got %v", err)
	}
}

func TestAnEndpointThatIsNoURLIsRefused(t *testing.T) {
	for _, endpoint := range []string{"localhost", "ftp://x", "http://", "%"} {
		_, err := New(Options{Region: "eu-central-1", Endpoint: endpoint, Now: newTestClock().Now}).Collect(t.Context())
		if err == nil || !strings.Contains(err.Error(), "endpoint is no URL") {
			t.Errorf("%s: got %v", endpoint, err)
		}
	}
}

func TestAnOperationThatIsInNoTableIsNotSent(t *testing.T) {
	server := fakeaws.New(fakeaws.Standard())
	t.Cleanup(server.Close)
	c := New(testOptions(server))
	accounts, err := c.accounts(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	server.Reset()
	client := s3.NewFromConfig(accounts[0].base, func(o *s3.Options) { o.UsePathStyle = true })
	_, err = client.GetObject(t.Context(), &s3.GetObjectInput{Bucket: sdk.String("good-data"), Key: sdk.String("secret")})
	if !errors.Is(err, errNotListed) || len(server.Calls())+len(server.Unknown()) > 0 {
		t.Errorf("got %v, and %v was sent", err, server.Calls())
	}
}

func TestARegionThatTheAccountDoesNotHaveIsOneErrorWithAHint(t *testing.T) {
	server := fakeaws.New(fakeaws.Standard())
	t.Cleanup(server.Close)
	o := testOptions(server)
	o.Regions = []string{"eu-central-1", "eu-centarl-1"}
	_, err := New(o).Collect(t.Context())
	if err == nil || !strings.Contains(err.Error(), "the region eu-centarl-1 is not enabled in account 111122223333; name one of eu-central-1,") {
		t.Errorf("got %v", err)
	}
}

func TestAServiceThatFailsByItselfIsNotAskedForEver(t *testing.T) {
	server := fakeaws.New(fakeaws.Standard())
	t.Cleanup(server.Close)
	server.Break(fakeaws.Rule{Operation: "sts.GetCallerIdentity", Error: fakeaws.ServerError()})
	if _, err := New(testOptions(server)).Collect(t.Context()); err == nil {
		t.Error("no error")
	}
	if n := server.Count()["sts.GetCallerIdentity"]; n != failuresInARow {
		t.Errorf("asked %d times, want %d", n, failuresInARow)
	}
}
