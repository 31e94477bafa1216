package awsrules

import "github.com/tomscan/tomscan/evidence"

// DocBackupRule documents the rules of a backup plan and what they do where something is left out.
const DocBackupRule = "https://docs.aws.amazon.com/aws-backup/latest/devguide/API_BackupRule.html"

// BackupPlan are the rules of a plan of AWS Backup.
type BackupPlan struct {
	Rules []BackupRule
	More  []evidence.Reason // why there may be other rules
}

// BackupRule is one rule of a plan.
type BackupRule struct {
	KeptDays      evidence.Value[int] // evidence.Never where it keeps backups for ever
	IntervalHours evidence.Value[int] // longest time between two runs
}

// DefaultSchedule is when a rule runs that does not say: once a day.
const DefaultSchedule = "cron(0 5 ? * * *)"

// RunsEvery is the longest time between two runs of a schedule, in hours.
func RunsEvery(schedule evidence.Value[string]) evidence.Value[int] {
	text, known := schedule.Get()
	if !known {
		return evidence.NotKnown[int](schedule)
	}
	if _, ok := IntervalHours(text); !ok {
		return evidence.Unresolved[int](evidence.Because("schedule_not_understood")).At(schedule.Positions()...)
	}
	return evidence.Map(schedule, func(text string) int {
		hours, _ := IntervalHours(text)
		return hours
	})
}

// RetentionDays is how long the rules that run every day keep backups, the longest of them.
func (p BackupPlan) RetentionDays() evidence.Value[int] {
	return p.best(p.daily(), func(r BackupRule) evidence.Value[int] { return r.KeptDays }, longer)
}

// LongestDays is how long the rules keep backups, the longest of them.
func (p BackupPlan) LongestDays() evidence.Value[int] {
	return p.best(p.Rules, func(r BackupRule) evidence.Value[int] { return r.KeptDays }, longer)
}

// IntervalHours is the longest time between two runs of the most frequent rule.
func (p BackupPlan) IntervalHours() evidence.Value[int] {
	return p.best(p.Rules, func(r BackupRule) evidence.Value[int] { return r.IntervalHours }, func(a, b int) bool { return a < b })
}

func longer(a, b int) bool { return a > b }

// best picks the best number of the rules; a rule that is not known leaves it open, and a plan without rules does too.
func (p BackupPlan) best(rules []BackupRule, read func(BackupRule) evidence.Value[int], better func(a, b int) bool) evidence.Value[int] {
	if len(p.More) > 0 {
		return evidence.Unresolved[int](p.More[0])
	}
	best := evidence.Unresolved[int](evidence.Because("not_decided_by_code"))
	for n, rule := range rules {
		v := read(rule)
		got, known := v.Get()
		if !known {
			return v
		}
		if have, _ := best.Get(); n == 0 || better(got, have) {
			best = v
		}
	}
	return best
}

// daily are the rules that surely run every day, or all where none does: a rule that keeps backups of the last hours for
// a short time takes nothing from another that keeps daily ones for long.
func (p BackupPlan) daily() []BackupRule {
	var daily []BackupRule
	for _, rule := range p.Rules {
		hours, known := rule.IntervalHours.Get()
		if !known {
			return p.Rules
		}
		if hours <= 24 {
			daily = append(daily, rule)
		}
	}
	if len(daily) == 0 {
		return p.Rules
	}
	return daily
}
