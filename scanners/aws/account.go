package aws

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"time"

	sdk "github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/sts"
	"golang.org/x/sync/errgroup"

	"github.com/tomscan/tomscan/evidence"
)

// account is one account while it is read.
type account struct {
	id        string
	partition string
	home      string // region where the partition keeps its global services
	regions   []string
	enabled   []string // regions, where regions were asked for and the account tells
	base      sdk.Config
	ledger    *ledger
	budget    *budget
	now       func() time.Time // the time of the run: ages are counted up to here
	sample    bool
	wanted    func(setting string) bool // by kind and name
	log       func(string)
	unread    *evidence.Gap  // why nothing of the account can be read
	gaps      []evidence.Gap // what of the account is not looked at
	readers   []reader
	kinds     []evidence.Kind // looked for
	logs      logTargets
	backups   latestBackups

	remembered sync.Map // what is read once in the whole account, see once

	mu     sync.Mutex
	places []*place
	last   []func() // what can only be done when everything was read
}

// newAccount makes an account of credentials, before anything is known of it.
func (c *Collector) newAccount(base sdk.Config) *account {
	a := &account{
		base: base.Copy(), budget: newBudget(c.options), sample: c.options.Sample, log: c.options.Log,
		ledger: &ledger{now: c.options.Now, actions: actions()}, readers: readers(), now: func() time.Time { return c.options.At }, logs: logTargets{buckets: map[string]bool{}},
	}
	a.wanted = func(setting string) bool {
		kind, name, _ := strings.Cut(setting, ".")
		return c.options.Wanted(evidence.Kind(kind), name)
	}
	a.kinds = slices.DeleteFunc(kinds(), func(k evidence.Kind) bool { return !a.asksFor(k) })
	if cache, ok := a.base.Credentials.(*sdk.CredentialsCache); ok {
		a.ledger.renew = cache.Invalidate
	}
	a.base.APIOptions = append(slices.Clone(a.base.APIOptions), plainBodies, a.ledger.install, a.budget.install)
	return a
}

// identify asks whose credentials these are.
func (a *account) identify(ctx context.Context) *miss {
	s := &site{place: &place{account: a, region: globalRegion}}
	out, m := get(ctx, s, "", sts.NewFromConfig(a.base).GetCallerIdentity, &sts.GetCallerIdentityInput{})
	if m != nil {
		return m
	}
	a.own(sdk.ToString(out.Account), partitionOf(sdk.ToString(out.Arn)))
	return nil
}

// own notes which account it is.
func (a *account) own(id, partition string) {
	a.id, a.ledger.account, a.partition = id, id, partition
	a.home = homeRegion(partition)
	a.ledger.adopt(id)
}

// partitionOf is the second part of an ARN.
func partitionOf(arn string) string {
	parts := strings.SplitN(arn, ":", 3)
	if len(parts) < 3 {
		return "aws"
	}
	return parts[1]
}

// homeRegion is where a partition keeps its global services.
// https://docs.aws.amazon.com/general/latest/gr/iam-service.html
func homeRegion(partition string) string {
	switch partition {
	case "aws-cn":
		return "cn-north-1"
	case "aws-us-gov":
		return "us-gov-west-1"
	case "aws-eusc":
		return "eusc-de-east-1"
	}
	return "us-east-1"
}

// configFor is the SDK's configuration for a region, the home region for what lives in none.
func (a *account) configFor(region string) sdk.Config {
	c := a.base.Copy()
	if c.Region = region; region == globalRegion || region == "" {
		c.Region = a.home
	}
	return c
}

// missOf makes a miss of the error of a call. A call that was not sent has no row in the ledger.
func (a *account) missOf(n *note, err error) *miss {
	m := &miss{account: a.id, operation: n.operation, action: a.ledger.actions[n.operation], region: n.region}
	switch m.outcome, m.code = classify(n.operation, err); {
	case errors.Is(err, errGone):
		m.outcome, m.code = evidence.OutcomeExpired, "not sent"
	case errors.Is(err, errSilent):
		m.code = noAnswer
	}
	if m.outcome == evidence.OutcomeExpired {
		a.ledger.gone.Store(true)
	}
	return m
}

// endless is the miss of a list that gives the same page again.
func (a *account) endless(n *note) *miss {
	return &miss{outcome: evidence.OutcomeError, code: "token repeated", operation: n.operation, action: a.ledger.actions[n.operation], account: a.id,
		region: n.region, partial: true}
}

// read reads the account: global services and all regions, with all readers.
func (a *account) read(ctx context.Context) {
	if a.unread != nil {
		return
	}
	told := make([]positions, len(a.readers))
	for n, r := range a.readers {
		told[n] = positionsOf(r)
	}
	var group errgroup.Group
	for _, region := range append([]string{globalRegion}, a.regions...) {
		p := &place{account: a, region: region, found: map[evidence.Kind]int{}}
		a.places = append(a.places, p)
		for n, r := range a.readers {
			if r.global != (region == globalRegion) || !slices.ContainsFunc(r.kinds, a.looksFor) {
				continue
			}
			group.Go(func() error {
				r.read(ctx, &site{place: p, reader: r, told: told[n]})
				return nil
			})
		}
	}
	_ = group.Wait()
	for _, do := range a.last {
		do()
	}
	a.say("account " + a.id + ": read")
}

// later has something done when everything of the account was read.
func (a *account) later(do func()) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.last = append(a.last, do)
}

func (a *account) say(line string) {
	if a.log != nil {
		a.log(line)
	}
}

// snapshot is what was read of the account.
func (a *account) snapshot() evidence.Snapshot {
	s := evidence.Snapshot{Calls: a.ledger.calls()}
	if a.unread != nil {
		s.Sweeps = append(s.Sweeps, a.sweep(&place{region: globalRegion, found: map[evidence.Kind]int{}, gaps: []evidence.Gap{*a.unread}}))
	}
	for _, p := range a.places {
		if p.region == globalRegion {
			p.gaps = append(p.gaps, a.gaps...)
		}
		s.Facts = append(s.Facts, p.facts...)
		s.Sweeps = append(s.Sweeps, a.sweep(p))
	}
	return s
}

// asksFor says whether anybody wants to know of a kind. What uses a region is always looked for: it shows which regions are
// used.
func (a *account) asksFor(k evidence.Kind) bool {
	fields := evidence.Fields(k)
	return !k.Idle() && slices.ContainsFunc(fields, func(f evidence.Field) bool { return f.Name == "region" }) ||
		slices.ContainsFunc(fields, func(f evidence.Field) bool { return a.wanted(string(k) + "." + f.Name) })
}

// looksFor says whether a kind is looked for.
func (a *account) looksFor(k evidence.Kind) bool { return slices.Contains(a.kinds, k) }

// sweep is the record of one place. All kinds are looked for in every place: a kind of a global service is found in none of
// the regions, and that is whole too.
func (a *account) sweep(p *place) evidence.Sweep {
	return evidence.Sweep{
		Collector: name, Level: evidence.LevelImplementation, Place: evidence.Place{Account: a.id, Region: p.region},
		Kinds: a.kinds, Found: p.found, Gaps: sortGaps(p.gaps), Notes: sortGaps(p.notes),
	}
}

var (
	errInterrupted = errors.New("interrupted before anything was read")
	errGone        = errors.New("the credentials have ended")
	errNotListed   = errors.New("the operation is in no reader's table: it is not sent")
	errSilent      = errors.New("the service does not answer in the region")
)
