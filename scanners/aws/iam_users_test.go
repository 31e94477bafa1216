package aws

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/aws/fakeaws"
)

// user is what is said of a user: root, password, second factor, keys, age of the oldest key, days idle.
type user [6]any

func usersOf(s evidence.Snapshot) map[string]user {
	got := map[string]user{}
	for _, f := range s.Facts {
		if f.Kind == (evidence.User{}).Kind() {
			p := plain(f, "root", "console_password", "second_factor", "active_keys", "oldest_key_days", "idle_days")
			got[f.Address[strings.LastIndexAny(f.Address, ":/")+1:]] = user{p["root"], p["console_password"], p["second_factor"],
				p["active_keys"], p["oldest_key_days"], p["idle_days"]}
		}
	}
	return got
}

func TestUsers(t *testing.T) {
	want := map[string]user{
		"root":         {true, true, true, 0, 0, 325},
		"good-user":    {false, true, true, 0, 0, 2},
		"bad-user":     {false, true, false, 2, 1786, 2151}, // the password was never used since it was made
		"good-machine": {false, false, false, 1, 40, 1},
	}
	if diff := cmp.Diff(want, usersOf(collect(t, fakeaws.Standard(), []string{"iam"}))); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestUsersWhenReadsAreDenied(t *testing.T) {
	no := "(read_denied)"
	for _, c := range []struct {
		denied string
		want   map[string]user
		gaps   []gap
	}{
		{"iam.GetCredentialReport", map[string]user{"root": {true, true, true, 0, no, no}}, []gap{{"read_denied", "iam:GetCredentialReport", "user"}}},
		{"iam.GenerateCredentialReport", map[string]user{"root": {true, true, true, 0, no, no}}, []gap{{"read_denied", "iam:GenerateCredentialReport", "user"}}},
		{"iam.GetAccountSummary", map[string]user{
			"root": {true, no, true, 0, 0, no}, "good-user": {false, true, true, 0, 0, 2},
			"bad-user": {false, true, false, 2, 1786, 2151}, "good-machine": {false, false, false, 1, 40, 1}}, nil},
	} {
		t.Run(c.denied, func(t *testing.T) {
			s := collect(t, fakeaws.Standard(), []string{"iam"}, fakeaws.Rule{Operation: c.denied, Error: fakeaws.Denied("")})
			if diff := cmp.Diff(c.want, usersOf(s)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			wantGaps(t, s, "global", c.gaps...)
		})
	}
}

// rootEstate is an account with a root user alone.
func rootEstate(summary fakeaws.Entries, row string) fakeaws.Estate {
	columns := strings.Join(reportColumns(), ",")
	return fakeaws.Estate{Accounts: []fakeaws.Account{{ID: fakeaws.StandardAccount, Regions: []string{"eu-central-1"}, Resources: []fakeaws.Resource{{
		Type: "iam.account", Sub: map[string]any{
			"iam.GetAccountSummary":   fakeaws.Node{"SummaryMap": summary},
			"iam.GetCredentialReport": fakeaws.IAMReport(columns, row),
		}}}}}}
}

func TestRootUser(t *testing.T) {
	row := func(mfa, password, key string) string {
		return key + ",N/A,N/A,false,N/A,N/A,arn:aws:iam::111122223333:root," + mfa + "," + password + ",not_supported,no_information,<root_account>,2026-11-11T12:00:00+00:00"
	}
	for _, c := range []struct {
		name    string
		summary fakeaws.Entries
		row     string
		want    user
	}{
		{"with a second factor", fakeaws.Entries{"AccountMFAEnabled": 1, "AccountPasswordPresent": 1}, row("true", "not_supported", "false"), user{true, true, true, 0, 0, 10}},
		{"without", fakeaws.Entries{"AccountMFAEnabled": 0, "AccountPasswordPresent": 1}, row("false", "not_supported", "false"), user{true, true, false, 0, 0, 10}},
		{"with a key and without a second factor", fakeaws.Entries{"AccountMFAEnabled": 0, "AccountPasswordPresent": 0}, row("false", "false", "true"), user{true, false, false, 1, 10, 10}},
		{"without any credentials", fakeaws.Entries{"AccountMFAEnabled": 0, "AccountPasswordPresent": 0}, row("false", "not_supported", "false"), user{true, false, true, 0, 0, 0}},
		{"the summary is younger than the report", fakeaws.Entries{"AccountMFAEnabled": 0, "AccountPasswordPresent": 1}, row("true", "false", "false"), user{true, true, false, 0, 0, 10}},
		{"whether there is a password is not known", fakeaws.Entries{"AccountMFAEnabled": 0}, row("false", "not_supported", "false"),
			user{true, "(value_not_understood)", "(value_not_understood)", 0, 0, "(value_not_understood)"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := usersOf(collect(t, rootEstate(c.summary, c.row), []string{"iam"}))
			if diff := cmp.Diff(map[string]user{"root": c.want}, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestReportThatIsNotUnderstoodHidesUsers(t *testing.T) {
	columns := strings.Join(reportColumns(), ",")
	for name, text := range map[string]string{
		"empty":             "",
		"no rows":           columns,
		"a column lacks":    "user,arn\nx,arn:aws:iam::111122223333:user/x",
		"a cell lacks":      columns + "\nfalse,N/A",
		"no ARN":            columns + "\nfalse,N/A,N/A,false,N/A,N/A,x,true,true,N/A,N/A,x,2026-11-11T12:00:00Z",
		"a quote is opened": columns + "\n\"",
	} {
		t.Run(name, func(t *testing.T) {
			if rows, ok := parseReport([]byte(text)); ok {
				t.Errorf("understood: %v", rows)
			}
		})
	}
	estate := rootEstate(fakeaws.Entries{"AccountMFAEnabled": 1}, "x")
	wantGaps(t, collect(t, estate, []string{"iam"}), "global", gap{"read_failed", "", "user"})
}

func TestCellsThatAreNotUnderstoodAreNotKnown(t *testing.T) {
	row := "perhaps,N/A,N/A,false,N/A,N/A,arn:aws:iam::111122223333:user/x,yes,true,2026-11-20T12:00:00Z,yesterday,x,2026-11-11T12:00:00Z"
	got := usersOf(collect(t, rootEstate(fakeaws.Entries{"AccountMFAEnabled": 1, "AccountPasswordPresent": 1, "AccountAccessKeysPresent": 0}, row), []string{"iam"}))["x"]
	no := "(value_not_understood)"
	if diff := cmp.Diff(user{false, true, no, no, no, no}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestReportIsAwaitedOnlySoLong(t *testing.T) {
	server := fakeaws.New(fakeaws.Estate{Accounts: []fakeaws.Account{{ID: fakeaws.StandardAccount, Regions: []string{"eu-central-1"}}}})
	t.Cleanup(server.Close)
	s := collectFrom(t, testOptions(server), []string{"iam"})
	wantGaps(t, s, "global", gap{"read_failed", "", "user"})
	if got := server.Count()["iam.GenerateCredentialReport"]; got > reportAsks {
		t.Errorf("asked %d times", got)
	}
}

func FuzzParseReport(f *testing.F) {
	f.Add([]byte(strings.Join(reportColumns(), ",") + "\nfalse,N/A,N/A,false,N/A,N/A,arn:aws:iam::1:user/x,true,true,N/A,N/A,x,2026-11-11T12:00:00Z"))
	f.Fuzz(func(t *testing.T, content []byte) {
		rows, ok := parseReport(content)
		if ok != (len(rows) > 0) {
			t.Errorf("%d rows, understood: %v", len(rows), ok)
		}
		for _, r := range rows {
			r.flag("mfa_active")
			r.latest("password_last_used")
		}
	})
}
