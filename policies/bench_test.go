package policies

import (
	"fmt"
	"testing"

	"github.com/tomscan/tomscan/evidence"
)

// estate is n facts of ten kinds in roots of a hundred, with known, weak and unresolved settings.
func estate(n int) evidence.Snapshot {
	var facts []evidence.Fact
	var sweeps []evidence.Sweep
	levels := []string{evidence.EncryptionNone, evidence.EncryptionProviderOwned, evidence.EncryptionCustomerManaged}
	for i := range n {
		p := evidence.Place{Root: fmt.Sprintf("envs/e%d", i/100)}
		if i%100 == 0 {
			sweeps = append(sweeps, evidence.Sweep{Collector: "terraform", Level: evidence.LevelDesign, Place: p, Kinds: evidence.Kinds()})
		}
		level, where := known(levels[i%3]), evidence.Placement{Region: known("eu-north-1"), Copies: known([]string(nil))}
		if i%11 == 0 {
			level = evidence.Unresolved[string](evidence.Because("variable_without_value", "name", "key"))
		}
		r := []evidence.Resource{
			evidence.ObjectStore{Placement: where, Encryption: level, Public: known(i%7 == 0), PublicAccessBlocked: known(i%7 != 0), Versioning: known("enabled"),
				PlainTransport: known("denied"), TLSMin: known(evidence.RankTLS12), AccessLogging: known(true), RetentionDays: known(30 + i%90)},
			evidence.Volume{Placement: where, Encryption: level},
			evidence.Database{Placement: where, Encryption: level, BackupRetentionDays: known(i % 35), MultiAZ: known(i%2 == 0), PubliclyAccessible: known(false),
				SubnetsPrivate: known(true), DeletionProtection: known(true), TLSRequired: known(true), AutomaticMinorUpgrades: known(true)},
			evidence.Queue{Placement: where, Encryption: level, RetentionDays: known(4), TLSRequired: known(true)},
			evidence.Topic{Placement: where, Encryption: level},
			evidence.LogStore{Placement: where, Encryption: level, RetentionDays: known(i % 400)},
			evidence.Firewall{Region: known("eu-north-1"), OpenIngress: known([]evidence.Exposure{{Family: "ipv4", Protocol: "tcp", From: i % 500, To: i % 500, Source: "0.0.0.0/0"}}),
				OpenEgress: known([]evidence.Exposure(nil)), IsDefault: known(false), RuleCount: known(3)},
			evidence.Listener{Region: known("eu-north-1"), Public: known(true), Protocol: known("https"), TLSMin: known(evidence.RankTLS12), Port: known(443), RedirectsToHTTPS: known(false)},
			evidence.Subnet{Region: known("eu-north-1"), Private: known(i%2 == 0), AssignsPublicAddresses: known(false)},
			evidence.AccessPolicy{Grants: known([]evidence.Grant{{Scope: "actions", Action: "s3:Get*"}}), AttachedTo: known("role"), MFAEnforced: known(false)},
		}[i%10]
		facts = append(facts, factIn(p, fmt.Sprintf("aws_thing.t[%d]", i), r))
	}
	return evidence.Snapshot{Facts: facts, Sweeps: sweeps}
}

// BenchmarkJudge judges 10,000 facts against the whole catalogue, loading and compiling included.
func BenchmarkJudge(b *testing.B) {
	for _, n := range []int{10, 1_000, 10_000} {
		s := estate(n)
		annex := CatalogueAnnex(LoadCatalogue(), "en")
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				set, err := Load(true)
				if err != nil {
					b.Fatal(err)
				}
				r, err := set.Judge(b.Context(), s, annex, Options{At: now()})
				if err != nil {
					b.Fatal(err)
				}
				b.ReportMetric(float64(len(r.Results)), "results")
			}
		})
	}
}

// BenchmarkLoad parses and examines the program's own policies.
func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		if _, err := Load(true); err != nil {
			b.Fatal(err)
		}
	}
}
