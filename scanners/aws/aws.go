package aws

import (
	"context"
	"errors"
	"slices"
	"time"

	sdk "github.com/aws/aws-sdk-go-v2/aws"
	"golang.org/x/sync/errgroup"

	"github.com/tomscan/tomscan/evidence"
)

// name is the collector's name in facts, sweeps and the ledger.
const name = "aws"

// Options say which accounts are read, and how.
type Options struct {
	Profile     string                                     // of the shared configuration; "" is the SDK's own order
	Region      string                                     // to begin with, where neither profile nor environment names one
	Regions     []string                                   // to read; none means all that are enabled
	Accounts    []Account                                  // to read through a role; none means the account of the credentials
	Role        *Role                                      // assumed in every account of the organisation; nil means no organisation run
	Endpoint    string                                     // instead of the provider's; every call goes there
	CABundle    []byte                                     // PEM certificates to trust beside the system's
	Credentials sdk.CredentialsProvider                    // instead of the SDK's order
	MaxRate     float64                                    // calls per second over everything; 0 means the budget of each service alone
	Timeout     time.Duration                              // of one attempt of one call; 0 means 20 seconds
	Wanted      func(evidence.Kind, string) bool           // whether anybody asks for a setting; nil means all are wanted
	Sample      bool                                       // read one page and one resource of everything: enough to see what is denied
	At          time.Time                                  // ages are counted up to here; zero means now
	Now         func() time.Time                           // for pacing and the ledger
	Sleep       func(context.Context, time.Duration) error // nil sleeps
	Log         func(string)                               // told what is read; may be nil
}

// Role is a role to assume.
type Role struct {
	Name       string // in organisation runs: the role's name in every account
	ExternalID string
}

// Account is an account to read through a role.
type Account struct {
	ID         string
	RoleARN    string // empty: with the credentials themselves
	ExternalID string
}

// Collector collects facts from live accounts.
type Collector struct {
	options Options
	dialer  *dialer
}

// New returns a collector.
func New(o Options) *Collector {
	if o.Timeout == 0 {
		o.Timeout = 20 * time.Second
	}
	if o.Sleep == nil {
		o.Sleep = sleep
	}
	if o.Wanted == nil {
		o.Wanted = func(evidence.Kind, string) bool { return true }
	}
	if o.At.IsZero() {
		o.At = o.Now()
	}
	return &Collector{options: o}
}

// Name returns "aws".
func (c *Collector) Name() string { return name }

// Collect reads all accounts and returns their facts, sweeps and the ledger of all calls, sorted. Refusals are data: the
// settings and the sweeps say what was denied. The error is for what keeps everything from being read: no credentials, an
// endpoint that cannot be reached, regions that do not exist. When ctx ends, what was read until then is returned, and the
// sweeps say that the rest was not.
func (c *Collector) Collect(ctx context.Context) (evidence.Snapshot, error) {
	defer func() {
		if c.dialer != nil {
			c.dialer.close()
		}
	}()
	accounts, err := c.accounts(ctx)
	if err != nil {
		return evidence.Snapshot{}, err
	}
	var group errgroup.Group
	group.SetLimit(accountsAtOnce)
	for _, a := range accounts {
		group.Go(func() error {
			a.read(ctx)
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		return evidence.Snapshot{}, err
	}
	s := evidence.Snapshot{SchemaVersion: evidence.SnapshotVersion, Facts: []evidence.Fact{}, Sweeps: []evidence.Sweep{}, Inputs: []evidence.Input{}}
	for _, a := range accounts {
		s.Merge(a.snapshot())
	}
	s.Sort()
	return s, nil
}

// accountsAtOnce is how many accounts are read at the same time: each has limits of its own.
const accountsAtOnce = 4

// sleep waits, or returns the context's error.
func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}

// kinds are all kinds that a reader can observe, sorted: every account is looked through for all of them.
func kinds() []evidence.Kind {
	var all []evidence.Kind
	for _, r := range readers() {
		all = append(all, r.kinds...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// errNoRegion means that neither options nor configuration say where to begin.
var errNoRegion = errors.New("no AWS region to begin with; name one with --region, or in the profile")
