package policies

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/evidence"
)

// hostFact is a thing of a host, seen by a collector of this level.
func hostFact(host, thing string, level evidence.Level, r evidence.Resource) evidence.Fact {
	f := evidence.NewFact("server:"+host+":"+thing, evidence.Source{Collector: "server", Level: level, Place: evidence.Place{Host: host}}, r)
	f.Address, f.Addresses = thing, []string{thing}
	return f
}

// hostSweep looked for these kinds on a host.
func hostSweep(host string, level evidence.Level, kinds ...evidence.Kind) evidence.Sweep {
	return evidence.Sweep{Collector: "server", Level: level, Place: evidence.Place{Host: host}, Kinds: kinds}
}

// codeSweep looked in the root module app for what code has.
func codeSweep() evidence.Sweep {
	var kinds []evidence.Kind
	for _, k := range evidence.Kinds() {
		if !k.OfHosts() {
			kinds = append(kinds, k)
		}
	}
	return evidence.Sweep{Collector: "terraform", Level: evidence.LevelDesign, Place: place(), Kinds: kinds}
}

func snapshotOf(sweeps []evidence.Sweep, facts ...evidence.Fact) evidence.Snapshot {
	return evidence.Snapshot{SchemaVersion: evidence.SnapshotVersion, Facts: facts, Sweeps: sweeps}
}

// verdicts are those of a measure's checks.
func verdicts(r evidence.Report) map[string]evidence.Verdict {
	all := map[string]evidence.Verdict{}
	for _, c := range r.Measures[0].Checks {
		all[c.Check] = c.Verdict
	}
	return all
}

const impl = evidence.LevelImplementation

// TestOnlyWhatCouldBeSeenIsJudged looks at code, at a host, and at both: checks of hosts change no run of code, and those of
// code and accounts no run of hosts.
func TestOnlyWhatCouldBeSeenIsJudged(t *testing.T) {
	open := fact("aws_security_group.a", evidence.Firewall{OpenIngress: known([]evidence.Exposure{})})
	sshd := hostFact("web1", "sshd", impl, evidence.SSHServer{PasswordLogin: known("refused"), SourcesRestricted: known(true)})
	host := hostSweep("web1", impl, "ssh_server")
	for _, c := range []struct {
		name string
		in   evidence.Snapshot
		want map[string]evidence.Verdict
	}{
		{"code", snapshotOf([]evidence.Sweep{codeSweep()}, open), map[string]evidence.Verdict{"TOM-REM-001": evidence.Pass}},
		{"a host", snapshotOf([]evidence.Sweep{host}, sshd), map[string]evidence.Verdict{"TOM-REM-002": evidence.Pass, "TOM-REM-003": evidence.Pass}},
		{"both", snapshotOf([]evidence.Sweep{codeSweep(), host}, open, sshd),
			map[string]evidence.Verdict{"TOM-REM-001": evidence.Pass, "TOM-REM-002": evidence.Pass, "TOM-REM-003": evidence.Pass}},
		{"a host that also has a packet filter of its own", snapshotOf([]evidence.Sweep{hostSweep("web1", impl, "firewall")},
			hostFact("web1", "packets", impl, evidence.Firewall{OpenIngress: known([]evidence.Exposure{})})), map[string]evidence.Verdict{"TOM-REM-001": evidence.Pass}},
		{"a host that could not be read", snapshotOf([]evidence.Sweep{{Collector: "server", Level: evidence.LevelDesign, Place: evidence.Place{Host: "web1"},
			Kinds: []evidence.Kind{"ssh_server"}, Gaps: []evidence.Gap{{Reason: evidence.Because("host_unreadable", "host", "web1", "why", "refused")}}}}),
			map[string]evidence.Verdict{"TOM-REM-002": evidence.Unknown, "TOM-REM-003": evidence.Unknown}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(verdicts(judged(t, c.in, annexOf(promiseOf(t, "remote-access")))), c.want); diff != "" {
				t.Errorf("(-got +want):\n%s", diff)
			}
		})
	}
}

// TestHostsAreCountedApart holds each host to what has to exist on it.
func TestHostsAreCountedApart(t *testing.T) {
	sweeps := []evidence.Sweep{hostSweep("a", impl, "malware_scanner"), hostSweep("b", impl, "malware_scanner"), hostSweep("image", evidence.LevelDesign, "malware_scanner")}
	scanner := hostFact("a", "clamav", impl, evidence.MalwareScanner{Active: known(true), SignatureAgeDays: known(0)})
	r := judged(t, snapshotOf(sweeps, scanner), annexOf(promiseOf(t, "malware-protection", "server")))
	got := map[string]evidence.Verdict{}
	for _, res := range r.Results {
		if res.Check == "TOM-MAL-001" {
			got[res.Fact] = res.Verdict
		}
	}
	want := map[string]evidence.Verdict{"server:host:a": evidence.Pass, "server:host:b": evidence.Fail, "server:host:image": evidence.Unknown}
	if diff := cmp.Diff(got, want); diff != "" {
		t.Errorf("(-got +want):\n%s", diff)
	}
}

// TestAnotherHostMayFetchBackups takes a person's word for the backup that a host does not see, and not for one that is switched off.
func TestAnotherHostMayFetchBackups(t *testing.T) {
	sweeps := []evidence.Sweep{hostSweep("db", impl, "backup_job", "database_server"), hostSweep("web", impl, "backup_job", "database_server")}
	unseen := hostFact("db", "postgresql", impl, evidence.DatabaseServer{BackedUp: evidence.Unresolved[bool](evidence.Because("database_backup_not_seen"))})
	off := hostFact("db", "mysql", impl, evidence.DatabaseServer{BackedUp: known(false)})
	annex := annexOf(promiseOf(t, "backup"))
	results := func(a evidence.Annex) map[string]evidence.Verdict {
		got := map[string]evidence.Verdict{}
		for _, res := range judged(t, snapshotOf(sweeps, unseen, off), a).Results {
			got[res.Check+" "+res.Fact] = res.Verdict
		}
		return got
	}
	want := map[string]evidence.Verdict{"TOM-BAK-014 server:db:postgresql": evidence.Unknown, "TOM-BAK-014 server:db:mysql": evidence.Fail}
	if diff := cmp.Diff(results(annex), want); diff != "" {
		t.Errorf("(-got +want):\n%s", diff)
	}
	annex.Attestations = []evidence.Attestation{{Measure: "backup", By: "Ada", Role: "operations", Date: "2026-11-01", Expires: "2027-11-01"}}
	want["TOM-BAK-014 server:db:postgresql"] = evidence.Attested
	if diff := cmp.Diff(results(annex), want); diff != "" {
		t.Errorf("attested (-got +want):\n%s", diff)
	}
}

// TestAPersonMaySayWhereAHostStands attests what no machine sees.
func TestAPersonMaySayWhereAHostStands(t *testing.T) {
	nowhere := evidence.Unresolved[string](evidence.Because("location_not_observable"))
	volume := hostFact("web1", "/dev/sda1", impl, evidence.Volume{Placement: evidence.Placement{Region: nowhere}})
	s := snapshotOf([]evidence.Sweep{hostSweep("web1", impl, "volume")}, volume)
	annex := annexOf(promiseOf(t, "data-location"))
	if got := verdicts(judged(t, s, annex))["TOM-LOC-001"]; got != evidence.Unknown {
		t.Errorf("without an attestation: %s", got)
	}
	annex.Attestations = []evidence.Attestation{{Measure: "data-location", By: "Ada", Role: "operations", Date: "2026-11-01", Expires: "2027-11-01"}}
	if got := verdicts(judged(t, s, annex))["TOM-LOC-001"]; got != evidence.Attested {
		t.Errorf("with an attestation: %s", got)
	}
}

func TestHostsBelongToEnvironments(t *testing.T) {
	e := Environment{Name: "production", Hosts: []string{"db1", "web*.example.com"}}
	for host, want := range map[string]bool{"db1": true, "db2": false, "web1.example.com": true, "web1.example.org": false, "": false} {
		if got := e.holds(evidence.Place{Host: host}); got != want {
			t.Errorf("host %q: %v, want %v", host, got, want)
		}
	}
}

// TestPromisesOfAnEnvironmentLeaveOtherHostsOut judges a promise on production by the hosts of production.
func TestPromisesOfAnEnvironmentLeaveOtherHostsOut(t *testing.T) {
	open, closed := evidence.SSHServer{PasswordLogin: known("accepted")}, evidence.SSHServer{PasswordLogin: known("refused")}
	s := snapshotOf([]evidence.Sweep{hostSweep("web1", impl, "ssh_server"), hostSweep("test1", impl, "ssh_server")},
		hostFact("web1", "sshd", impl, closed), hostFact("test1", "sshd", impl, open))
	p := promiseOf(t, "remote-access")
	p.Environments = []string{"production"}
	o := Options{Environments: []Environment{{Name: "production", Hosts: []string{"web*"}}, {Name: "test", Hosts: []string{"test*"}}}}
	if got := verdicts(judgedWith(t, s, annexOf(p), o))["TOM-REM-002"]; got != evidence.Pass {
		t.Errorf("got %s, want pass", got)
	}
}
