package policies

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/evidence"
)

const (
	customer = evidence.EncryptionCustomerManaged
	noKey    = evidence.EncryptionNone
)

// bucketKey is the identity of a bucket in eu-north-1; ? stands for what is not known.
func bucketKey(account, name string) evidence.Key {
	return evidence.Key{Scheme: "aws", Partition: "?", Account: account, Region: "eu-north-1", Type: "s3:bucket", Name: name}
}

// declaredAs is a bucket in code with a key.
func declaredAs(address, encryption string, key evidence.Key) evidence.Fact {
	f := store(address, encryption)
	f.Keys = []evidence.Key{key}
	return f
}

// liveBucket is a bucket that is really there.
func liveBucket(account, name, encryption string) evidence.Fact {
	arn := "arn:aws:s3:::" + name
	f := evidence.NewFact("aws:"+arn, evidence.Source{Collector: "aws", Level: evidence.LevelImplementation, Place: evidence.Place{Account: account, Region: "eu-north-1"}},
		evidence.ObjectStore{Encryption: known(encryption)})
	whole := evidence.Key{Scheme: "aws", Partition: "aws", Account: account, Region: "eu-north-1", Type: "arn", Name: arn}
	key := bucketKey(account, name)
	key.Partition = "aws"
	f.Address, f.Addresses, f.Keys = arn, []string{arn}, []evidence.Key{whole, key}
	return f
}

// bothWays is what a complete sweep of code and one of the account 1 found.
func bothWays(facts ...evidence.Fact) evidence.Snapshot {
	s := snapshot(facts...)
	s.Sweeps[0].Types = []string{"s3:bucket"}
	s.Sweeps = append(s.Sweeps, evidence.Sweep{Collector: "aws", Level: evidence.LevelImplementation, Kinds: evidence.Kinds(),
		Place: evidence.Place{Account: "1", Region: "eu-north-1"}})
	return s
}

func TestPairing(t *testing.T) {
	gone := declaredAs("aws_s3_bucket.gone", customer, bucketKey("1", "gone"))
	here := declaredAs("aws_s3_bucket.here", customer, bucketKey("1", "here"))
	nameless := declaredAs("aws_s3_bucket.nameless", customer, bucketKey("1", "?"))
	elsewhere := declaredAs("aws_s3_bucket.elsewhere", customer, bucketKey("2", "?"))
	unapplied := declaredAs("aws_s3_bucket.unapplied", customer, bucketKey("1", "?"))
	unapplied.Notes = []evidence.Reason{evidence.Because("not_in_state")}
	nowhere := declaredAs("aws_s3_bucket.nowhere", customer, bucketKey("?", "nowhere"))
	many := declaredAs("aws_s3_bucket.many", customer, bucketKey("1", "many"))
	many.Placeholder = true
	live, own := liveBucket("1", "here", customer), liveBucket("1", "own", customer)
	twin, otherTwin := liveBucket("1", "twin", customer), liveBucket("2", "twin", customer)
	otherTwin.ID, otherTwin.Keys = "aws:twin-of-2", otherTwin.Keys[1:]
	twins := declaredAs("aws_s3_bucket.twins", customer, bucketKey("?", "twin"))
	stream := liveBucket("1", "stream", customer)
	stream.Keys[1].Type = "s3:stream"
	count := func(code string) []evidence.Reason { return []evidence.Reason{evidence.Because(code, "count", "1")} }

	for _, c := range []struct {
		name     string
		snapshot evidence.Snapshot
		want     evidence.Pairing
	}{
		{"paired, unmanaged and missing", bothWays(here, gone, live, own), evidence.Pairing{
			Kinds:     []evidence.KindPairing{{Kind: "object_store", Declared: 2, Live: 2, Paired: 1, Unmanaged: 1, Missing: 1}},
			Unmanaged: []string{own.ID}, Missing: []string{gone.ID},
		}},
		{"a generated name may be any", bothWays(nameless, own), evidence.Pairing{
			Kinds:    []evidence.KindPairing{{Kind: "object_store", Declared: 1, Live: 1, Unpaired: 2, Reasons: []evidence.Reason{evidence.Because("pairing_needs_state", "count", "2")}}},
			Unpaired: []string{own.ID, nameless.ID},
		}},
		{"a generated name of another account is none of this", bothWays(elsewhere, own), evidence.Pairing{
			Kinds:     []evidence.KindPairing{{Kind: "object_store", Declared: 1, Live: 1, Unmanaged: 1, Unpaired: 1, Reasons: count("pairing_needs_state")}},
			Unmanaged: []string{own.ID}, Unpaired: []string{elsewhere.ID},
		}},
		{"not in the state, so not there", bothWays(unapplied, own), evidence.Pairing{
			Kinds:     []evidence.KindPairing{{Kind: "object_store", Declared: 1, Live: 1, Unmanaged: 1, Unpaired: 1, Reasons: count("pairing_not_in_state")}},
			Unmanaged: []string{own.ID}, Unpaired: []string{unapplied.ID},
		}},
		{"account not known", bothWays(nowhere, own), evidence.Pairing{
			Kinds:     []evidence.KindPairing{{Kind: "object_store", Declared: 1, Live: 1, Unmanaged: 1, Unpaired: 1, Reasons: count("pairing_account_unknown")}},
			Unmanaged: []string{own.ID}, Unpaired: []string{nowhere.ID},
		}},
		{"a declaration of an unknown number is never missing", bothWays(many, own), evidence.Pairing{
			Kinds:     []evidence.KindPairing{{Kind: "object_store", Declared: 1, Live: 1, Unmanaged: 1}},
			Unmanaged: []string{own.ID},
		}},
		{"live sweep incomplete", liveGap(bothWays(gone, own)), evidence.Pairing{
			Kinds:     []evidence.KindPairing{{Kind: "object_store", Declared: 1, Live: 1, Unmanaged: 1, Unpaired: 1, Reasons: count("pairing_live_incomplete")}},
			Unmanaged: []string{own.ID}, Unpaired: []string{gone.ID},
		}},
		{"code incomplete", gapped(bothWays(here, live, own)), evidence.Pairing{
			Kinds:    []evidence.KindPairing{{Kind: "object_store", Declared: 1, Live: 2, Paired: 1, Unpaired: 1, Reasons: count("pairing_code_incomplete")}},
			Unpaired: []string{own.ID},
		}},
		{"known to the state alone", stateKnows(bothWays(here, live, own), own.Keys[0]), evidence.Pairing{
			Kinds: []evidence.KindPairing{{Kind: "object_store", Declared: 1, Live: 2, Paired: 2}},
		}},
		{"one name in two accounts", bothWays(twins, twin, otherTwin), evidence.Pairing{
			Kinds:    []evidence.KindPairing{{Kind: "object_store", Declared: 1, Live: 2, Unpaired: 3, Reasons: []evidence.Reason{evidence.Because("pairing_ambiguous", "count", "3")}}},
			Unpaired: []string{twin.ID, otherTwin.ID, twins.ID},
		}},
		{"a declaration without any identity may be any", bothWays(store("aws_s3_bucket.odd", customer), own), evidence.Pairing{
			Kinds:    []evidence.KindPairing{{Kind: "object_store", Declared: 1, Live: 1, Unpaired: 2, Reasons: []evidence.Reason{evidence.Because("pairing_no_identity", "count", "2")}}},
			Unpaired: []string{own.ID, "terraform:app:aws_s3_bucket.odd"},
		}},
		{"of a type that nobody reads from code", bothWays(here, live, stream), evidence.Pairing{
			Kinds:    []evidence.KindPairing{{Kind: "object_store", Declared: 1, Live: 2, Paired: 1, Unpaired: 1, Reasons: count("pairing_no_identity")}},
			Unpaired: []string{stream.ID},
		}},
		{"nothing of the type was seen", bothWays(gone), evidence.Pairing{
			Kinds:    []evidence.KindPairing{{Kind: "object_store", Declared: 1, Unpaired: 1, Reasons: count("pairing_no_identity")}},
			Unpaired: []string{gone.ID},
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			for _, list := range []*[]string{&c.want.Unmanaged, &c.want.Missing, &c.want.Unpaired} {
				if *list == nil {
					*list = []string{}
				}
			}
			got := judged(t, c.snapshot, annexOf(promiseOf(t, "encryption-at-rest", "object-store"))).Pairing
			if diff := cmp.Diff(got, &c.want); diff != "" {
				t.Errorf("(-got +want):\n%s", diff)
			}
		})
	}
	if got := judged(t, snapshot(here), annexOf(promiseOf(t, "encryption-at-rest", "object-store"))).Pairing; got != nil {
		t.Errorf("code alone: got %+v, want nothing", got)
	}
}

func liveGap(s evidence.Snapshot) evidence.Snapshot {
	s.Sweeps[1].Gaps = []evidence.Gap{{Reason: evidence.Because("access_denied")}}
	return s
}

func stateKnows(s evidence.Snapshot, k evidence.Key) evidence.Snapshot {
	s.Sweeps[0].Known = []evidence.Key{k}
	return s
}

func TestBothLevels(t *testing.T) {
	declared := func(encryption string) evidence.Fact {
		return declaredAs("aws_s3_bucket.b", encryption, bucketKey("1", "b"))
	}
	open := openStore("aws_s3_bucket.b")
	open.Keys = []evidence.Key{bucketKey("1", "b")}
	refused := liveBucket("1", "b", customer)
	refused.Settings["encryption"] = evidence.Denied[string](evidence.Because("access_denied")).Reading()
	one := func(level evidence.Level, v evidence.Verdict) evidence.LevelResult {
		r := evidence.LevelResult{Level: level, Verdict: v, Counts: evidence.Counts{Population: 1}}
		switch v {
		case evidence.Pass:
			r.Counts.Pass = 1
		case evidence.Fail:
			r.Counts.Fail = 1
		default:
			r.Counts.Unknown = 1
		}
		return r
	}
	for _, c := range []struct {
		name           string
		code, live     evidence.Fact
		verdict        evidence.Verdict
		level          evidence.Level
		design, really evidence.Verdict
		disagree       bool
	}{
		{"both pass", declared(customer), liveBucket("1", "b", customer), evidence.Pass, evidence.LevelDesign, evidence.Pass, evidence.Pass, false},
		{"both fail", declared(noKey), liveBucket("1", "b", noKey), evidence.Fail, evidence.LevelDesign, evidence.Fail, evidence.Fail, false},
		{"code fails", declared(noKey), liveBucket("1", "b", customer), evidence.Conflict, evidence.LevelDesign, evidence.Fail, evidence.Pass, true},
		{"live fails", declared(customer), liveBucket("1", "b", noKey), evidence.Fail, evidence.LevelImplementation, evidence.Pass, evidence.Fail, true},
		{"code leaves it open", open, liveBucket("1", "b", customer), evidence.Pass, evidence.LevelImplementation, evidence.Unknown, evidence.Pass, false},
		{"live refuses to tell", declared(customer), refused, evidence.Unknown, evidence.LevelImplementation, evidence.Pass, evidence.Unknown, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := judged(t, bothWays(c.code, c.live), annexOf(promiseOf(t, "encryption-at-rest", "object-store"))).Measures[0]
			if m.Verdict != c.verdict || m.Level != c.level || m.Counts.Population != 1 {
				t.Errorf("got %s at %s over %d, want %s at %s over 1", m.Verdict, m.Level, m.Counts.Population, c.verdict, c.level)
			}
			want := []evidence.LevelResult{one(evidence.LevelDesign, c.design), one(evidence.LevelImplementation, c.really)}
			if diff := cmp.Diff(m.Levels, want); diff != "" {
				t.Errorf("levels (-got +want):\n%s", diff)
			}
			var disagreements []evidence.Disagreement
			if c.disagree {
				disagreements = []evidence.Disagreement{{Check: "TOM-ENC-001", Results: m.Results}}
			}
			if diff := cmp.Diff(m.Disagreements, disagreements); diff != "" {
				t.Errorf("disagreements (-got +want):\n%s", diff)
			}
		})
	}
}

func TestTwoLiveThingsAreNeverOne(t *testing.T) {
	code := declaredAs("aws_s3_bucket.twins", noKey, bucketKey("?", "twin"))
	twin, other := liveBucket("1", "twin", customer), liveBucket("2", "twin", customer)
	other.ID, other.Keys = "aws:twin-of-2", other.Keys[1:]
	m := judged(t, bothWays(code, twin, other), annexOf(promiseOf(t, "encryption-at-rest", "object-store"))).Measures[0]
	if m.Counts.Population != 3 {
		t.Errorf("got %d things, want 3: it is not known which of two buckets the code declares", m.Counts.Population)
	}
}

func TestOneAccountSeenTwice(t *testing.T) {
	trail := evidence.AuditTrail{Logging: known(true), AllRegions: known(true), ManagementEvents: known("all"), IntegrityValidation: known(true)}
	live := evidence.NewFact("aws:trail", evidence.Source{Collector: "aws", Level: evidence.LevelImplementation, Place: evidence.Place{Account: "1"}}, trail)
	s := bothWays(live)
	s.Sweeps[0].Place.Account = "1"
	m := judged(t, s, annexOf(promiseOf(t, "audit-logging"))).Measures[0]
	n := slices.IndexFunc(m.Checks, func(c evidence.CheckCount) bool { return c.Check == "TOM-AUD-001" })
	if n < 0 || m.Checks[n].Verdict != evidence.Pass || m.Checks[n].Population != 1 {
		t.Errorf("got %+v, want a pass of one account: it has a trail, though the code declares none", m.Checks)
	}
}
