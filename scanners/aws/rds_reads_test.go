package aws

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/aws/fakeaws"
)

// databaseGaps are the gaps of the sweep of a region that hide a kind: by reason and operation.
func databaseGaps(s evidence.Snapshot, region string, kind evidence.Kind) []string {
	var gaps []string
	for _, sweep := range s.Sweeps {
		if sweep.Place.Region != region {
			continue
		}
		for _, g := range sweep.Missing(kind) {
			gaps = append(gaps, g.Code+" "+g.Args["operation"]+" "+g.Args["action"])
		}
	}
	return gaps
}

// refusal is how a setting that was refused is told: its state, the reason and the permission that is missing.
func refusal(f evidence.Fact, setting string) string {
	r := f.Settings[setting]
	if r.Why == nil {
		return string(r.State)
	}
	return fmt.Sprint(r.State, " ", r.Why.Code, " ", r.Why.Args["action"])
}

func TestADeniedReadOfDatabasesIsNamed(t *testing.T) {
	tests := []struct{ operation, fact, setting, want string }{
		{"rds.DescribeDBParameters", "db:good-orders", "tls_required", "denied read_denied rds:DescribeDBParameters"},
		{"rds.DescribeDBClusterParameters", "cluster:good-aurora", "tls_required", "denied read_denied rds:DescribeDBClusterParameters"},
		{"rds.DescribeDBSubnetGroups", "cluster:good-aurora", "subnets_private", "denied read_denied rds:DescribeDBSubnetGroups"},
		{"rds.DescribeDBInstances", "cluster:good-aurora", "publicly_accessible", "denied read_denied rds:DescribeDBInstances"},
		{"rds.DescribeDBInstances", "cluster:good-aurora", "automatic_minor_upgrades", "denied read_denied rds:DescribeDBInstances"},
		{"kms.DescribeKey", "db:good-orders", "encryption", "denied read_denied kms:DescribeKey"},
		{"rds.DescribeDBParameters", "db:good-orders", "encryption", "known"},
	}
	for _, tt := range tests {
		t.Run(tt.operation+" "+tt.setting, func(t *testing.T) {
			s := collect(t, fakeaws.Standard(), []string{"rds"}, fakeaws.Rule{Operation: tt.operation, Error: fakeaws.Denied("")})
			if got := refusal(factOf(t, s, "database", tt.fact), tt.setting); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}

func TestGlobalClustersThatAreDeniedLeaveCopiesOpen(t *testing.T) {
	s := collect(t, fakeaws.Standard(), []string{"rds"}, fakeaws.Rule{Operation: "rds.DescribeGlobalClusters", Error: fakeaws.Denied("")})
	r := factOf(t, s, "database", "cluster:good-aurora").Settings["copies"]
	if diff := cmp.Diff(r.Value, any([]string{})); diff != "" {
		t.Errorf("(-got +want)\n%s", diff)
	}
	if len(r.More) != 1 || r.More[0].Args["action"] != "rds:DescribeGlobalClusters" {
		t.Errorf("the list says it lacks %v, want what rds:DescribeGlobalClusters would tell", r.More)
	}
}

func TestAListOfDatabasesThatFailsLeavesTheSweepIncomplete(t *testing.T) {
	tests := []struct {
		operation string
		page      int
		kind      evidence.Kind
		want      []string
	}{
		{"rds.DescribeDBInstances", 0, "database", []string{"read_denied rds.DescribeDBInstances rds:DescribeDBInstances"}},
		{"rds.DescribeDBInstances", 0, "recovery_point", []string{"read_denied rds.DescribeDBInstances rds:DescribeDBInstances"}},
		{"rds.DescribeDBClusters", 0, "database", []string{"read_denied rds.DescribeDBClusters rds:DescribeDBClusters"}},
		{"rds.DescribeDBInstances", 2, "database", []string{"read_denied rds.DescribeDBInstances rds:DescribeDBInstances"}},
		{"rds.DescribeDBSnapshots", 0, "snapshot", []string{"read_denied rds.DescribeDBSnapshots rds:DescribeDBSnapshots"}},
		{"rds.DescribeDBClusterSnapshots", 0, "snapshot", []string{"read_denied rds.DescribeDBClusterSnapshots rds:DescribeDBClusterSnapshots"}},
		{"rds.DescribeDBInstanceAutomatedBackups", 0, "recovery_point",
			[]string{"read_denied rds.DescribeDBInstanceAutomatedBackups rds:DescribeDBInstanceAutomatedBackups"}},
		{"rds.DescribeDBParameters", 0, "database", nil},
	}
	for _, tt := range tests {
		t.Run(fmt.Sprint(tt.operation, tt.page, tt.kind), func(t *testing.T) {
			s := collect(t, manyDatabases(150, 3), []string{"rds"}, fakeaws.Rule{Operation: tt.operation, Page: tt.page, Error: fakeaws.Denied("")})
			if diff := cmp.Diff(databaseGaps(s, "eu-central-1", tt.kind), tt.want); diff != "" {
				t.Errorf("(-got +want)\n%s", diff)
			}
			if tt.page == 2 {
				factOf(t, s, "database", "db:db-0") // of the first page
			}
		})
	}
}

// manyDatabases are n databases with a number of parameter groups in one region.
func manyDatabases(n, groups int) fakeaws.Estate {
	estate := fakeaws.Estate{Accounts: []fakeaws.Account{{ID: fakeaws.StandardAccount, Regions: []string{"eu-central-1"}}}}
	add := func(resources ...fakeaws.Resource) { estate.Add(fakeaws.StandardAccount, resources...) }
	for g := range groups {
		add(fakeaws.NewParameter("eu-central-1", fmt.Sprint("group-", g), "rds.force_ssl", "1", false)...)
	}
	for i := range n {
		add(fakeaws.NewDatabase(fakeaws.StandardAccount, "eu-central-1", fmt.Sprint("db-", i), fakeaws.Node{
			"DBParameterGroups": fakeaws.List{Name: "DBParameterGroup", Items: []any{
				fakeaws.Node{"DBParameterGroupName": fmt.Sprint("group-", i%groups), "ParameterApplyStatus": "in-sync"}}}}))
	}
	return estate
}

func TestParametersAreReadOncePerGroupAndNotPerDatabase(t *testing.T) {
	s := collect(t, manyDatabases(200, 20), []string{"rds"})
	got := map[string]int{}
	for _, c := range s.Calls {
		if serviceOf(c.Operation) == "rds" {
			got[c.Operation]++
		}
	}
	want := map[string]int{
		"rds.DescribeDBClusterSnapshots": 1, "rds.DescribeDBClusters": 1, "rds.DescribeDBInstanceAutomatedBackups": 1,
		"rds.DescribeDBInstances": 2, "rds.DescribeDBParameters": 20, "rds.DescribeDBSnapshots": 1,
	}
	if diff := cmp.Diff(got, want); diff != "" {
		t.Errorf("calls: (-got +want)\n%s", diff)
	}
	if len(s.Calls) > 80 {
		t.Errorf("%d calls for 200 databases, want 80 at the most", len(s.Calls))
	}
}

func TestParametersAreNotReadWhenNobodyAsks(t *testing.T) {
	server := fakeaws.New(manyDatabases(3, 1))
	t.Cleanup(server.Close)
	o := testOptions(server)
	o.Wanted = func(_ evidence.Kind, setting string) bool { return setting == "encryption" }
	s := collectFrom(t, o, []string{"rds"})
	for _, c := range s.Calls {
		if c.Operation == "rds.DescribeDBParameters" || c.Operation == "ec2.DescribeRouteTables" {
			t.Errorf("%s is called, and nobody wants to know", c.Operation)
		}
	}
	want := map[string]any{"encryption": "none", "subnets_private": "(not_asked)", "tls_required": "(not_asked)"}
	if diff := cmp.Diff(plain(factOf(t, s, "database", "db-0"), "encryption", "subnets_private", "tls_required"), want); diff != "" {
		t.Errorf("(-got +want)\n%s", diff)
	}
}

func TestSnapshotsOfDatabases(t *testing.T) {
	s := collect(t, fakeaws.Standard(), []string{"rds"})
	tests := map[string]map[string]any{
		":snapshot:good-before-upgrade": {"encryption": "customer-managed", "of": "database", "public": false, "region": "eu-central-1"},
		":snapshot:bad-public":          {"encryption": "none", "of": "database", "public": true, "region": "eu-central-1"},
		":good-cluster-snapshot":        {"encryption": "customer-managed", "of": "database", "public": false, "region": "eu-central-1"},
		":bad-cluster-snapshot":         {"encryption": "none", "of": "database", "public": false, "region": "eu-central-1"},
	}
	for name, want := range tests {
		if diff := cmp.Diff(plain(factOf(t, s, "snapshot", name), "encryption", "of", "public", "region"), want); diff != "" {
			t.Errorf("%s: (-got +want)\n%s", name, diff)
		}
	}
	if got := s.Sweeps[0].Found["snapshot"]; got != len(tests) {
		t.Errorf("%d snapshots, want %d: automated ones are no snapshots of their own", got, len(tests))
	}
}

// What is encrypted with a key cannot be shared with everybody, so that it costs no call.
func TestOnlySnapshotsWithoutAKeyAreAskedAbout(t *testing.T) {
	var asked []string
	for _, c := range collect(t, fakeaws.Standard(), []string{"rds"}).Calls {
		if c.Operation == "rds.DescribeDBSnapshotAttributes" || c.Operation == "rds.DescribeDBClusterSnapshotAttributes" {
			asked = append(asked, c.Resource)
		}
	}
	if diff := cmp.Diff(asked, []string{"bad-cluster-snapshot", "bad-public"}); diff != "" {
		t.Errorf("(-got +want)\n%s", diff)
	}
}

func TestSharingOfSnapshotsNamesTheCallThatToldIt(t *testing.T) {
	s := collect(t, fakeaws.Standard(), []string{"rds"})
	for name, want := range map[string]string{":bad-public": "rds.DescribeDBSnapshotAttributes", ":good-before-upgrade": "rds.DescribeDBSnapshots"} {
		at := factOf(t, s, "snapshot", name).Settings["public"].At
		if diff := cmp.Diff(at, []evidence.Position{{Call: want, Role: evidence.RoleDecides}}); diff != "" {
			t.Errorf("%s: (-got +want)\n%s", name, diff)
		}
	}
}

func TestSharingOfASnapshotThatCannotBeReadIsNotPrivate(t *testing.T) {
	tests := map[string]struct {
		fault fakeaws.Error
		want  string
	}{
		"denied": {fakeaws.Denied(""), "denied read_denied rds:DescribeDBSnapshotAttributes"},
		"failed": {fakeaws.ServerError(), "unresolved read_failed "},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			s := collect(t, fakeaws.Standard(), []string{"rds"}, fakeaws.Rule{Operation: "rds.DescribeDBSnapshotAttributes", Error: tt.fault})
			if got := refusal(factOf(t, s, "snapshot", "bad-public"), "public"); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}

func TestASnapshotThatWentAwayMeanwhileIsNoFact(t *testing.T) {
	for operation, code := range map[string]string{
		"rds.DescribeDBSnapshotAttributes": "DBSnapshotNotFound", "rds.DescribeDBClusterSnapshotAttributes": "DBClusterSnapshotNotFoundFault"} {
		s := collect(t, fakeaws.Standard(), []string{"rds"}, fakeaws.Rule{Operation: operation, Error: fakeaws.Error{Status: 404, Code: code}})
		var left int
		for _, f := range s.Facts {
			if f.Kind == "snapshot" {
				left++
			}
		}
		if left != 3 {
			t.Errorf("%s: %d snapshots, want the three others", operation, left)
		}
	}
}

func TestAnAnswerWithoutSharingIsNotPrivate(t *testing.T) {
	estate := fakeaws.Standard()
	estate.Add(fakeaws.StandardAccount, fakeaws.Resource{Type: "rds.snapshot", Region: "eu-central-1", ID: "odd",
		Doc: fakeaws.Node{"DBSnapshotIdentifier": "odd", "DBSnapshotArn": "arn:aws:rds:eu-central-1:111122223333:snapshot:odd", "SnapshotType": "manual", "Encrypted": false},
		Sub: map[string]any{"rds.DescribeDBSnapshotAttributes": fakeaws.Node{}}})
	got := plain(factOf(t, collect(t, estate, []string{"rds"}), "snapshot", ":odd"), "public")
	if diff := cmp.Diff(got, map[string]any{"public": "(not_read)"}); diff != "" {
		t.Errorf("(-got +want)\n%s", diff)
	}
}
