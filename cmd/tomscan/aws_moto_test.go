package main

import (
	"context"
	"flag"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/credentials"
	gocmp "github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/policies"
	"github.com/tomscan/tomscan/scanners/aws"
	"github.com/tomscan/tomscan/scanners/terraform"
)

var (
	motoURL   = flag.String("moto", "", "moto server that holds the estate of testdata/moto")
	motoState = flag.String("moto-state", "", "state file of that estate")
)

// The estate's account, and how much of it must be compared for the comparison to mean anything.
const (
	motoAccount   = "123456789012"
	motoResources = 40
)

// TestMotoEstate has an estate read twice: as code, and live from moto, which others wrote. Whatever both sides decide
// must be decided equally, but for moto's own untruths (motoUntruths). `make test-aws` starts moto and runs it.
func TestMotoEstate(t *testing.T) {
	if *motoURL == "" {
		t.Skip("LEFT OUT: the comparison with moto; `make test-aws` sets moto up and runs it")
	}
	code, live := motoCode(t), motoLive(t)
	pairs := pairsOf(code.Facts, live.Facts)
	t.Logf("%d resources in both, of %d in the code and %d in moto", len(pairs), len(code.Facts), len(live.Facts))
	compareVerdicts(t, pairs, verdictsByFact(judgedAlone(t, code)), verdictsByFact(judgedAlone(t, live)))
	comparePairing(t, code, live, len(pairs))
	noEmptyAnswers(t, live)
}

// motoCode reads the estate's Terraform code with the state file that its builder wrote.
func motoCode(t *testing.T) evidence.Snapshot {
	t.Helper()
	state, err := os.ReadFile(*motoState)
	if err != nil {
		t.Fatal(err)
	}
	snapshot, err := terraform.New(terraform.Options{
		FS: os.DirFS("../../testdata/moto"), Paths: []string{"."},
		Roots: []terraform.RootConfig{{Dir: ".", Account: motoAccount, State: "moto.tfstate"}},
		Files: map[string][]byte{"moto.tfstate": state},
	}).Collect(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return snapshot
}

// motoLive reads the estate from moto. A rate is given, and waits are short: moto has no limits to spare.
func motoLive(t *testing.T) evidence.Snapshot {
	t.Helper()
	snapshot, err := aws.New(aws.Options{
		Region: "eu-central-1", Regions: []string{"eu-central-1", "us-east-1"}, Endpoint: *motoURL, Now: time.Now,
		Sleep:       func(ctx context.Context, _ time.Duration) error { return ctx.Err() },
		Credentials: credentials.NewStaticCredentialsProvider("moto", "moto", ""),
	}).Collect(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return snapshot
}

// judgedAlone judges one side by an annex to which every check belongs.
func judgedAlone(t *testing.T, s evidence.Snapshot) evidence.Report {
	t.Helper()
	set, err := policies.Load(true)
	if err != nil {
		t.Fatal(err)
	}
	report, err := set.Judge(t.Context(), s, everythingPromised(t), policies.Options{At: caseTimeOfDenials})
	if err != nil {
		t.Fatal(err)
	}
	return report
}

// A factPair is one thing, as the code tells it and as moto does.
type factPair struct{ code, live evidence.Fact }

// pairsOf finds the facts of one thing by their keys. What an account has once in a region needs none.
func pairsOf(code, live []evidence.Fact) []factPair {
	var pairs []factPair
	for _, c := range code {
		for _, l := range live {
			if c.Kind == l.Kind && (keysMeet(c.Keys, l.Keys) || onceInRegion(c, l)) {
				pairs = append(pairs, factPair{c, l})
				break
			}
		}
	}
	return pairs
}

func keysMeet(a, b []evidence.Key) bool {
	agree := func(k, l string) bool { return k == l || k == "?" || l == "?" }
	return slices.ContainsFunc(a, func(k evidence.Key) bool {
		return k.Name != "?" && slices.ContainsFunc(b, func(l evidence.Key) bool {
			return k.Type == l.Type && k.Name == l.Name && agree(k.Account, l.Account) && agree(k.Region, l.Region)
		})
	})
}

func onceInRegion(c, l evidence.Fact) bool {
	switch c.Kind {
	case evidence.PasswordPolicy{}.Kind():
		return true
	case evidence.VolumeDefault{}.Kind():
		return gocmp.Equal(c.Settings["region"].Value, l.Settings["region"].Value)
	}
	return false
}

// verdictsByFact are the verdicts of a report's facts by check and promise.
func verdictsByFact(r evidence.Report) map[string]map[string]evidence.Result {
	all := map[string]map[string]evidence.Result{}
	for _, res := range r.Results {
		if all[res.Fact] == nil {
			all[res.Fact] = map[string]evidence.Result{}
		}
		all[res.Fact][res.Check+" under "+res.Promise] = res
	}
	return all
}

// compareVerdicts compares what both sides decide. Differences must be exactly those that moto's untruths explain.
func compareVerdicts(t *testing.T, pairs []factPair, code, live map[string]map[string]evidence.Result) {
	t.Helper()
	compared, undecided, checks, things := 0, 0, map[string]bool{}, map[string]bool{}
	got := map[string]string{}
	for _, p := range pairs {
		for _, what := range slices.Sorted(maps.Keys(code[p.code.ID])) {
			c, l := code[p.code.ID][what], live[p.live.ID][what]
			if !decides(c) || !decides(l) {
				undecided++
				t.Logf("not decided by both: %s %s: code %s %v, live %s %v", c.Check, p.code.Address, c.Verdict, c.Reasons, l.Verdict, l.Reasons)
				continue
			}
			compared++
			checks[c.Check], things[p.code.ID] = true, true
			if c.Verdict != l.Verdict {
				got[c.Check+" "+p.code.Address] = fmt.Sprintf("code %s, live %s", c.Verdict, l.Verdict)
			}
		}
	}
	t.Logf("%d verdicts of %d checks on %d resources compared; %d are not decided by both", compared, len(checks), len(things), undecided)
	if len(things) < motoResources {
		t.Errorf("%d resources compared, want %d or more", len(things), motoResources)
	}
	want := map[string]string{}
	for _, u := range motoUntruths() {
		want[u.check+" "+u.address] = u.differs
	}
	if diff := gocmp.Diff(want, got); diff != "" {
		t.Errorf("verdicts that differ (-explained by moto +found); what is explained must differ, what differs must be explained:\n%s", diff)
	}
}

// decides says whether a result is a verdict on the thing.
func decides(r evidence.Result) bool {
	return r.Verdict == evidence.Pass || r.Verdict == evidence.Fail || r.Verdict == evidence.NotApplicable
}

// comparePairing has both sides judged together, as a run does, and compares how many things are known to be one.
func comparePairing(t *testing.T, code, live evidence.Snapshot, pairs int) {
	t.Helper()
	var both evidence.Snapshot
	both.SchemaVersion = code.SchemaVersion
	both.Merge(code)
	both.Merge(live)
	report := judgedAlone(t, both)
	if report.Pairing == nil {
		t.Fatal("a run of code and a live source does not pair")
	}
	paired := 0
	for _, k := range report.Pairing.Kinds {
		paired += k.Paired
	}
	for _, id := range report.Pairing.Missing {
		t.Errorf("%s is said to be missing, and is there", id)
	}
	t.Logf("judged together, %d live things are known to the code (%d pairs here)", paired, pairs)
	if paired < motoResources {
		t.Errorf("%d live things are known to the code, want %d or more", paired, motoResources)
	}
}

// motoLacksLists are operations that moto lacks and that find facts, with a kind of those facts.
func motoLacksLists() map[string]evidence.Kind {
	return map[string]evidence.Kind{
		"backup.ListProtectedResources":        evidence.RecoveryPoint{}.Kind(),
		"backup.ListRestoreJobs":               evidence.RestoreTest{}.Kind(),
		"backup.ListRestoreTestingPlans":       evidence.RestorePlan{}.Kind(),
		"cloudwatch.DescribeAlarms":            evidence.Alarm{}.Kind(),
		"elasticache.DescribeServerlessCaches": evidence.Cache{}.Kind(),
		"ssm.DescribeInstanceInformation":      evidence.PatchState{}.Kind(),
	}
}

// An unanswered operation is one that moto lacks, in a region.
type unanswered struct{ operation, region string }

// noEmptyAnswers holds that an operation that moto lacks is never taken for one that found nothing: where it lists, the
// sweep of the region is incomplete; and everywhere a gap or a setting names it.
func noEmptyAnswers(t *testing.T, live evidence.Snapshot) {
	t.Helper()
	lacking, names := map[unanswered]bool{}, map[string]bool{}
	for _, call := range live.Calls {
		if call.Outcome == evidence.OutcomeError && (call.Status == 404 || call.Status >= 500) && call.Error != "DBParameterGroupNotFound" {
			lacking[unanswered{call.Operation, call.Region}], names[call.Operation] = true, true
		}
	}
	t.Logf("moto lacks %s", strings.Join(slices.Sorted(maps.Keys(names)), ", "))
	named := namedOperations(live)
	for u := range lacking {
		if u.operation != "account.ListRegions" && !named[u] { // ec2.DescribeRegions tells the regions instead
			t.Errorf("%s has no answer in %s, and nothing says so", u.operation, u.region)
		}
	}
	for _, sweep := range live.Sweeps {
		for operation, kind := range motoLacksLists() {
			if sweep.Place.Region == "global" {
				continue
			}
			if !lacking[unanswered{operation, sweep.Place.Region}] {
				t.Errorf("%s has an answer in %s: moto has learned it, take it from the list", operation, sweep.Place.Region)
			} else if len(sweep.Missing(kind)) == 0 {
				t.Errorf("%s has no answer in %s, and the sweep for %s says that it is whole", operation, sweep.Place.Region, kind)
			}
		}
	}
}

// namedOperations are those that gaps and unresolved settings give as their reason.
func namedOperations(s evidence.Snapshot) map[unanswered]bool {
	named := map[unanswered]bool{}
	add := func(why evidence.Reason) { named[unanswered{why.Args["operation"], why.Args["region"]}] = true }
	for _, sweep := range s.Sweeps {
		for _, g := range sweep.Gaps {
			add(g.Reason)
		}
	}
	for _, f := range s.Facts {
		for _, r := range f.Settings {
			if r.Why != nil {
				add(*r.Why)
			}
			for _, why := range r.More {
				add(why)
			}
		}
	}
	return named
}
