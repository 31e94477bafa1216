package awsrules

import "testing"

func TestIntervalHours(t *testing.T) {
	for schedule, want := range map[string]int{
		"rate(1 day)":              24,
		"rate(30 minutes)":         1,
		"rate(12 hours)":           12,
		"cron(0 5 * * ? *)":        24,
		"cron(0 5 ? * * *)":        24,
		"cron(0 */6 * * ? *)":      6,
		"cron(0 1,13 * * ? *)":     12,
		"cron(0 1,5 * * ? *)":      20,
		"cron(30 2 ? * SUN *)":     7 * 24,
		"cron(30 2 ? * MON-FRI *)": 3 * 24,
		"cron(0 0 1 * ? *)":        31 * 24,
		"cron(0 0 L * ? *)":        31 * 24,
		"cron(0 0 ? * 2#1 *)":      35 * 24,
		"cron(0 0 ? * 6L *)":       35 * 24,
		"cron(0 0 1 JAN ? *)":      366 * 24,
		"cron(0/15 * * * ? *)":     1,
	} {
		if got, ok := IntervalHours(schedule); !ok || got != want {
			t.Errorf("%s: got %d, %v, want %d", schedule, got, ok, want)
		}
	}
	for _, schedule := range []string{"", "daily", "rate(1)", "rate(0 days)", "cron(0 5 * * *)", "cron(0 5 * * ? 2026)", "cron(60 5 * * ? *)", "cron(0 5 x * ? *)",
		"cron(0 5 LW * ? *)", "cron(0 5 1,15W * ? *)", "cron(0 5 31W JUN ? *)", "cron(0 5 ? * 9 *)", "cron(0 5 ? * 2#9 *)", "cron(0 0 31 FEB ? *)", "cron(0 5/0 * * ? *)"} {
		if got, ok := IntervalHours(schedule); ok {
			t.Errorf("%s: got %d, want that it is not understood", schedule, got)
		}
	}
}

func FuzzIntervalHours(f *testing.F) {
	for _, seed := range []string{"rate(1 day)", "cron(0 5 * * ? *)", "cron(0 0 ? * 2#1 *)", "cron(0 0 15W * ? *)", "cron(0/15 1-5 L JAN-DEC/2 ? *)"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, schedule string) {
		if hours, ok := IntervalHours(schedule); ok && hours < 1 {
			t.Errorf("%q: %d hours", schedule, hours)
		}
	})
}
