package main

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/credentials"
	gocmp "github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/policies"
	"github.com/tomscan/tomscan/scanners/aws"
	"github.com/tomscan/tomscan/scanners/aws/fakeaws"
)

// denialMatrix holds what became of every operation that was refused in every way.
const denialMatrix = "../../testdata/golden/denials.txt"

// A denial is one way in which the fake refuses an operation.
type denial struct {
	way  string
	rule fakeaws.Rule
}

// trial is one run with one refusal, and what came of it.
type trial struct {
	operation string
	denial
	line     string
	settled  bool     // something became unknown
	stands   []string // checks that fail all the same
	excepted bool     // by the list of exceptions
	// indifferent says that one resource was refused and nothing became unknown; another of the operation must show it.
	indifferent bool
	faults      []string
}

// TestDenialSweep refuses every operation that the collector calls, one at a time and in every way. No verdict may become a
// pass, a fail or not applicable that was not so before, and something must become unknown that names the permission.
// Where a check fails by what is seen all the same, the fail stands; denialExceptions has the reasons of the others.
func TestDenialSweep(t *testing.T) {
	labs := []*denialLab{newDenialLab(t, fakeaws.Standard()), newDenialLab(t, withoutBad(fakeaws.Standard()))}
	trials := labs[0].trials()
	if len(trials) < 100 {
		t.Fatalf("%d refusals only", len(trials))
	}
	if raceDetector {
		trials = sampled(trials)
	}
	unread := unreadOperations(t)
	work := make(chan *trial)
	var group sync.WaitGroup
	for range 2 {
		group.Go(func() {
			var servers []*fakeaws.Server
			for _, lab := range labs {
				server := fakeaws.NewPaged(lab.estate, 1)
				defer server.Close()
				servers = append(servers, server)
			}
			for tr := range work {
				for n, lab := range labs {
					if !tr.settled {
						lab.try(t.Context(), servers[n], tr)
					}
				}
				tr.conclude(unread)
			}
		})
	}
	for _, tr := range trials {
		work <- tr
	}
	close(work)
	group.Wait()
	judgeTrials(t, trials)
}

// sampled is every twentieth trial: the race detector needs no more, and `make test` tries all without it.
func sampled(trials []*trial) []*trial {
	var some []*trial
	for n := 0; n < len(trials); n += 20 {
		some = append(some, trials[n])
	}
	return some
}

// denialLab is the estate read without any refusal, and how it is judged.
type denialLab struct {
	estate fakeaws.Estate
	set    *policies.Set
	annex  evidence.Annex
	base   evidence.Report
	calls  []fakeaws.Call
}

func newDenialLab(t *testing.T, estate fakeaws.Estate) *denialLab {
	t.Helper()
	set, err := policies.Load(true)
	if err != nil {
		t.Fatal(err)
	}
	lab := &denialLab{estate: estate, set: set, annex: everythingPromised(t)}
	server := fakeaws.NewPaged(estate, 1)
	defer server.Close()
	if lab.base, err = lab.report(t.Context(), server); err != nil {
		t.Fatal(err)
	}
	lab.calls = server.Calls()
	if unknown := server.Unknown(); len(unknown) > 0 {
		t.Fatalf("the fake does not know %v", unknown)
	}
	return lab
}

// everythingPromised is an annex in which every check belongs to a promise.
func everythingPromised(t *testing.T) evidence.Annex {
	t.Helper()
	const file = "../../testdata/annex/everything.hcl"
	source, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	annex, diagnostics := policies.ParseAnnex(file, source, policies.LoadCatalogue(), caseTimeOfDenials)
	if diagnostics.HasErrors() {
		t.Fatal(diagnostics)
	}
	return annex
}

var caseTimeOfDenials = time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)

// report reads and judges the estate of a server.
func (lab *denialLab) report(ctx context.Context, server *fakeaws.Server) (evidence.Report, error) {
	snapshot, err := aws.New(liveOptions(server)).Collect(ctx)
	if err != nil {
		return evidence.Report{}, err
	}
	return lab.set.Judge(ctx, snapshot, lab.annex, policies.Options{At: caseTimeOfDenials})
}

// liveOptions read a fake server on a clock that moves only when somebody waits.
func liveOptions(server *fakeaws.Server) aws.Options {
	clock := &liveClock{now: caseTimeOfDenials}
	return aws.Options{
		Region: "eu-central-1", Endpoint: server.URL, Now: clock.time, Sleep: clock.sleep, At: caseTimeOfDenials,
		Credentials: credentials.NewStaticCredentialsProvider(fakeaws.AccessKey(fakeaws.StandardAccount), "fake", ""),
	}
}

type liveClock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *liveClock) time() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *liveClock) sleep(ctx context.Context, d time.Duration) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
	return ctx.Err()
}

// trials are the refusals to try: of every operation wholly, by the organisation, for one resource, and on page two.
func (lab *denialLab) trials() []*trial {
	resources, pages := map[string][]string{}, map[string]bool{}
	for _, c := range lab.calls {
		resources[c.Operation] = append(resources[c.Operation], c.Resource)
		pages[c.Operation] = pages[c.Operation] || c.Page > 1
	}
	var all []*trial
	for _, operation := range slices.Sorted(maps.Keys(resources)) {
		add := func(way string, rule fakeaws.Rule) {
			rule.Operation = operation
			all = append(all, &trial{operation: operation, denial: denial{way, rule}})
		}
		add("denied", fakeaws.Rule{Error: fakeaws.Denied(operation)})
		add("denied by the organisation", fakeaws.Rule{Error: fakeaws.DeniedByOrganization(operation)})
		for n, r := range named(resources[operation]) {
			if n < mostResources {
				add("denied for "+r, fakeaws.Rule{Resource: r, Error: fakeaws.Denied(operation)})
			}
		}
		if pages[operation] {
			add("page 2 denied", fakeaws.Rule{Page: 2, Error: fakeaws.Denied(operation)})
		}
	}
	return all
}

// try reads and judges with one refusal.
func (lab *denialLab) try(ctx context.Context, server *fakeaws.Server, tr *trial) {
	server.Mend()
	server.Break(tr.rule)
	report, err := lab.report(ctx, server)
	switch {
	case err != nil && strings.HasPrefix(tr.operation, "sts."):
		tr.line, tr.settled = "nothing can be read: "+err.Error(), true
		return
	case err != nil:
		tr.faults = append(tr.faults, err.Error())
		return
	}
	tr.faults = append(tr.faults, lab.untruths(report)...)
	if open := lab.opened(report, tr.operation); len(open) > 0 {
		tr.line, tr.settled = fmt.Sprintf("%d unknown", len(open)), true
	}
	tr.stands = append(tr.stands, lab.standing(report, tr.operation)...)
}

// conclude says why nothing became unknown, where nothing did.
func (tr *trial) conclude(unread map[string]bool) {
	exceptions := denialExceptions()
	exception := cmp.Or(exceptions[tr.operation+", "+tr.way], exceptions[tr.operation])
	switch {
	case tr.settled:
	case unread[tr.operation]:
		tr.line = "no check reads what it tells"
	case len(tr.stands) > 0:
		slices.Sort(tr.stands)
		tr.line = "a decisive fail stands: " + strings.Join(slices.Compact(tr.stands), " ")
	case exception != "":
		tr.line, tr.excepted = exception, true
	case strings.HasPrefix(tr.way, "denied for "):
		tr.line, tr.indifferent = "what else is told of it decides", true
	default:
		tr.faults = append(tr.faults, "nothing becomes unknown that names the permission")
	}
}

// mostResources is how many resources of one operation are refused, one at a time.
const mostResources = 3

// named are the names among the resources of calls, each once, sorted.
func named(resources []string) []string {
	names := slices.DeleteFunc(slices.Clone(resources), func(r string) bool { return r == "" })
	slices.Sort(names)
	return slices.Compact(names)
}

// withoutBad is an estate without what breaks promises: in it a refusal shows, where otherwise a fail stands.
func withoutBad(e fakeaws.Estate) fakeaws.Estate {
	for i := range e.Accounts {
		e.Accounts[i].Resources = slices.DeleteFunc(slices.Clone(e.Accounts[i].Resources), func(r fakeaws.Resource) bool {
			return strings.Contains(strings.Join(append(r.IDs, r.ID), " "), "bad")
		})
	}
	return e
}

// unreadOperations are the operations that tell nothing that a check reads: collect alone calls them.
func unreadOperations(t *testing.T) map[string]bool {
	t.Helper()
	set, err := policies.Load(true)
	if err != nil {
		t.Fatal(err)
	}
	read := map[string]bool{}
	for _, c := range set.Checks() {
		for _, kind := range c.Kinds {
			read[string(kind)] = true
			for _, setting := range c.Reads {
				read[string(kind)+"."+setting] = true
			}
		}
	}
	unread := map[string]bool{}
	for _, o := range aws.Operations() {
		unread[o.Name] = o.Frame == "" && !slices.ContainsFunc(o.Lists, func(k evidence.Kind) bool { return read[string(k)] }) &&
			!slices.ContainsFunc(o.Fills, func(s string) bool { return read[s] })
	}
	return unread
}

// standing are the checks that fail by what was seen all the same, though the refusal may hide more of their kinds: the gap
// that names the permission stands beside the fail.
func (lab *denialLab) standing(r evidence.Report, operation string) []string {
	var checks []string
	for _, m := range r.Measures {
		for _, c := range m.Checks {
			if c.Verdict == evidence.Fail && namesRefusal(c.Reasons, operation) {
				checks = append(checks, c.Check)
			}
		}
	}
	slices.Sort(checks)
	return slices.Compact(checks)
}

// namesRefusal says whether a reason names an operation with the permission that it lacks.
func namesRefusal(reasons []evidence.Reason, operation string) bool {
	return slices.ContainsFunc(reasons, func(why evidence.Reason) bool { return why.Args["operation"] == operation && why.Args["action"] != "" })
}

// untruths are verdicts that a refusal must not bring about.
func (lab *denialLab) untruths(r evidence.Report) []string {
	before := verdictsOf(lab.base)
	var wrong []string
	for id, verdict := range verdictsOf(r) {
		switch verdict {
		case evidence.Pass, evidence.Fail, evidence.NotApplicable, evidence.Conflict:
			if before[id] != verdict {
				wrong = append(wrong, fmt.Sprintf("%s was %q and is now %s", id, before[id], verdict))
			}
		}
	}
	slices.Sort(wrong)
	return wrong
}

// verdictsOf are the verdicts of results, promises, checks under promises and clauses by id.
func verdictsOf(r evidence.Report) map[string]evidence.Verdict {
	all := map[string]evidence.Verdict{}
	for _, res := range r.Results {
		all[res.ID] = res.Verdict
	}
	for _, m := range r.Measures {
		all["promise "+m.Promise] = m.Verdict
		for _, c := range m.Checks {
			all["promise "+m.Promise+" check "+c.Check] = c.Verdict
		}
	}
	for _, c := range r.Clauses {
		all["clause "+c.ID] = c.Verdict
	}
	return all
}

// opened are the results, promises and checks that are unknown and name an operation.
func (lab *denialLab) opened(r evidence.Report, operation string) []string {
	var open []string
	for _, res := range r.Results {
		if res.Verdict == evidence.Unknown && namesRefusal(res.Reasons, operation) {
			open = append(open, res.ID)
		}
	}
	for _, m := range r.Measures {
		for _, c := range m.Checks {
			if c.Verdict == evidence.Unknown && namesRefusal(c.Reasons, operation) {
				open = append(open, m.Promise+" "+c.Check)
			}
		}
	}
	return open
}

// judgeTrials reports what went wrong and compares the matrix with the golden one.
func judgeTrials(t *testing.T, trials []*trial) {
	t.Helper()
	var b strings.Builder
	b.WriteString("# What becomes of a scan when one operation is refused. Each line: operation, way, what became unknown, or why nothing did.\n")
	for _, tr := range trials {
		for _, fault := range tr.faults {
			t.Errorf("%s, %s: %s", tr.operation, tr.way, fault)
		}
		fmt.Fprintf(&b, "%s | %s | %s\n", tr.operation, tr.way, tr.line)
	}
	if raceDetector {
		return
	}
	for _, tr := range trials {
		if tr.indifferent && !slices.ContainsFunc(trials, func(other *trial) bool {
			return other.operation == tr.operation && strings.HasPrefix(other.way, "denied for ") && !other.indifferent
		}) {
			t.Errorf("%s, %s: nothing becomes unknown for any resource", tr.operation, tr.way)
		}
	}
	for operation := range denialExceptions() {
		if !slices.ContainsFunc(trials, func(tr *trial) bool {
			return tr.excepted && (tr.operation == operation || tr.operation+", "+tr.way == operation)
		}) {
			t.Errorf("%s is an exception and needs none", operation)
		}
	}
	if *updateDenials {
		if err := os.WriteFile(filepath.FromSlash(denialMatrix), []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(filepath.FromSlash(denialMatrix))
	if err != nil {
		t.Fatal(err)
	}
	if diff := gocmp.Diff(string(want), b.String()); diff != "" {
		t.Errorf("matrix (-want +got), -update-denials accepts it:\n%s", diff)
	}
}
