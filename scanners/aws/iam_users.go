package aws

import (
	"context"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/iam"

	"github.com/tomscan/tomscan/evidence"
)

// users reads who has a password or keys of his own in the account, the root user among them.
func users() reader {
	kind := evidence.User{}.Kind()
	return reader{
		service: "iam", global: true,
		kinds: []evidence.Kind{kind},
		operations: []operation{
			{name: "GenerateCredentialReport", action: "iam:GenerateCredentialReport", lists: []evidence.Kind{kind}},
			{name: "GetAccountSummary", action: "iam:GetAccountSummary", fills: []string{"user.active_keys", "user.console_password", "user.second_factor"}},
			{name: "GetCredentialReport", action: "iam:GetCredentialReport", lists: []evidence.Kind{kind}, fills: []string{
				"user.active_keys", "user.console_password", "user.idle_days", "user.oldest_key_days", "user.root", "user.second_factor",
			}},
		},
		read: readUsers,
	}
}

func readUsers(ctx context.Context, s *site) {
	client := iam.NewFromConfig(s.config())
	sum := accountSummary{}
	if s.needs("GetAccountSummary") {
		out, m := get(ctx, s, "", client.GetAccountSummary, &iam.GetAccountSummaryInput{})
		if sum.m = m; m == nil {
			sum.numbers = out.SummaryMap
		}
	}
	rows, m := s.credentialReport(ctx, client)
	s.hide(m, evidence.User{}.Kind())
	rooted := false
	for _, r := range rows {
		if r.isRoot() {
			rooted = true
			password := sum.has("AccountPasswordPresent", r.flag("password_enabled"))
			s.add(thing{arn: s.rootARN()}, sum.root(s.userOf(r, password)))
			continue
		}
		u := s.userOf(r, r.flag("password_enabled"))
		u.Root = reported(false)
		s.add(thing{arn: r["arn"], typ: "iam:user", name: r["user"]}, u)
	}
	if !rooted && sum.numbers != nil {
		s.add(thing{arn: s.rootARN()}, sum.root(unreportedUser(m)))
	}
}

// userOf is the user of a row; password is whether it has one.
func (s *site) userOf(r reportRow, password evidence.Value[bool]) evidence.User {
	key1, key2 := r.flag("access_key_1_active"), r.flag("access_key_2_active")
	return evidence.User{
		ConsolePassword: password,
		MFA:             r.flag("mfa_active"),
		ActiveKeys:      countTrue(key1, key2),
		OldestKeyDays: s.oldest(
			credentialAge{key1, r.latest("access_key_1_last_rotated")},
			credentialAge{key2, r.latest("access_key_2_last_rotated")},
		),
		IdleDays: s.oldest(
			credentialAge{password, r.latest("password_last_used", "password_last_changed")},
			credentialAge{key1, r.latest("access_key_1_last_used_date", "access_key_1_last_rotated")},
			credentialAge{key2, r.latest("access_key_2_last_used_date", "access_key_2_last_rotated")},
		),
	}
}

// unreportedUser is a user of whom the report says nothing, because of m.
func unreportedUser(m *miss) evidence.User {
	if m == nil {
		return evidence.User{}
	}
	return evidence.User{
		ConsolePassword: refused[bool](m), MFA: refused[bool](m), ActiveKeys: refused[int](m),
		OldestKeyDays: refused[int](m), IdleDays: refused[int](m),
	}
}

// accountSummary is what the account's summary tells of the root user. It is younger than the report.
type accountSummary struct {
	numbers map[string]int32
	m       *miss
}

// root is the root user, by the report and the summary. A root user without a password and keys needs no second factor:
// the organisation can take both from the accounts that are its members.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-user.html#id_root-user-access-management
func (x accountSummary) root(u evidence.User) evidence.User {
	u.Root = evidence.Known(true).At(by("iam.GetAccountSummary")...)
	u.ConsolePassword = x.has("AccountPasswordPresent", u.ConsolePassword)
	u.MFA = x.has("AccountMFAEnabled", u.MFA)
	if keys, told := x.numbers["AccountAccessKeysPresent"]; told && u.ActiveKeys.State() != evidence.StateKnown {
		u.ActiveKeys = evidence.Known(int(keys)).At(by("iam.GetAccountSummary")...)
	}
	noKeys := evidence.Map(u.ActiveKeys, func(n int) bool { return n == 0 })
	u.MFA = evidence.AnyTrue(u.MFA, evidence.AllTrue(evidence.Not(u.ConsolePassword), noKeys))
	return u
}

// has is a switch of the summary, else what the report says. Without either, the summary's refusal is the reason.
func (x accountSummary) has(name string, reported evidence.Value[bool]) evidence.Value[bool] {
	if n, told := x.numbers[name]; told {
		return evidence.Known(n > 0).At(by("iam.GetAccountSummary")...)
	}
	if reported.State() == evidence.StateUnresolved && x.m != nil {
		return refused[bool](x.m)
	}
	return reported
}

// countTrue is how many of the flags are true.
func countTrue(flags ...evidence.Value[bool]) evidence.Value[int] {
	n := 0
	for _, f := range flags {
		on, known := f.Get()
		if !known {
			return evidence.NotKnown[int](f)
		}
		if on {
			n++
		}
	}
	return reported(n)
}

// credentialAge is a password or a key: whether it can be used, and since when something holds for it.
type credentialAge struct {
	active evidence.Value[bool]
	since  evidence.Value[time.Time]
}

// oldest is the largest age of the active ones in days, 0 without any.
func (s *site) oldest(all ...credentialAge) evidence.Value[int] {
	days := 0
	for _, c := range all {
		active, known := c.active.Get()
		if !known {
			return evidence.NotKnown[int](c.active)
		}
		if !active {
			continue
		}
		since, known := c.since.Get()
		if !known {
			return evidence.NotKnown[int](c.since)
		}
		days = max(days, s.daysSince(since))
	}
	return reported(days)
}

// daysSince is the age of a moment in days, rounded up.
func (s *site) daysSince(at time.Time) int {
	const day = 24 * time.Hour
	return int((max(0, s.now().Sub(at)) + day - 1) / day)
}
