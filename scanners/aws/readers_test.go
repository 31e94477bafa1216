package aws

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	sdk "github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/aws/fakeaws"
)

// testClock is a clock that only moves when somebody sleeps.
type testClock struct {
	mu  sync.Mutex
	now time.Time
}

func newTestClock() *testClock {
	return &testClock{now: time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)}
}

func (c *testClock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *testClock) Sleep(ctx context.Context, d time.Duration) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
	return ctx.Err()
}

// testOptions reads the fake server without waiting.
func testOptions(server *fakeaws.Server) Options {
	clock := newTestClock()
	return Options{
		Region: "eu-central-1", Endpoint: server.URL, Now: clock.Now, Sleep: clock.Sleep,
		Credentials: credentials.NewStaticCredentialsProvider(fakeaws.AccessKey(fakeaws.StandardAccount), "fake", ""),
	}
}

// collect reads an estate with the readers of the services alone; breaks are faults to set before.
func collect(t *testing.T, estate fakeaws.Estate, services []string, breaks ...fakeaws.Rule) evidence.Snapshot {
	t.Helper()
	server := fakeaws.New(estate)
	t.Cleanup(server.Close)
	server.Break(breaks...)
	s := collectFrom(t, testOptions(server), services)
	if unknown := server.Unknown(); len(unknown) > 0 {
		t.Errorf("the fake does not know %v", unknown)
	}
	return s
}

// collectFrom reads with the readers of the services alone.
func collectFrom(t *testing.T, o Options, services []string) evidence.Snapshot {
	t.Helper()
	accounts, err := New(o).accounts(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var s evidence.Snapshot
	for _, a := range accounts {
		a.base.Retryer = func() sdk.Retryer { return sdk.NopRetryer{} }
		a.readers = slices.DeleteFunc(readers(), func(r reader) bool { return !slices.Contains(services, r.service) })
		a.read(t.Context())
		s.Merge(a.snapshot())
	}
	s.Sort()
	return s
}

// factOf is the fact of a kind whose address ends with the name; it fails the test when there is none.
func factOf(t *testing.T, s evidence.Snapshot, kind evidence.Kind, name string) evidence.Fact {
	t.Helper()
	for _, f := range s.Facts {
		if f.Kind == kind && strings.HasSuffix(f.Address, name) {
			return f
		}
	}
	t.Fatalf("no %s named %s among %d facts", kind, name, len(s.Facts))
	return evidence.Fact{}
}

// plain is what a fact says of some settings: values of what is known, and the reason's code in brackets of what is not.
func plain(f evidence.Fact, settings ...string) map[string]any {
	got := map[string]any{}
	for _, name := range settings {
		r := f.Settings[name]
		if got[name] = r.Value; r.State != evidence.StateKnown {
			got[name] = "(" + r.Why.Code + ")"
		}
	}
	return got
}

func TestEveryOperationIsInItsReadersTable(t *testing.T) {
	server := fakeaws.New(fakeaws.Standard())
	t.Cleanup(server.Close)
	s, err := New(testOptions(server)).Collect(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range s.Calls {
		if _, listed := actions()[c.Operation]; !listed {
			t.Errorf("%s is called and in no reader's table", c.Operation)
		}
	}
	for _, u := range server.Unknown() {
		t.Errorf("the fake does not know %s", u)
	}
}
