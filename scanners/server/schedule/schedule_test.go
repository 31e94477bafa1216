package schedule_test

import (
	"testing"
	"time"

	"github.com/tomscan/tomscan/scanners/server/schedule"
)

func TestLongest(t *testing.T) {
	t.Parallel()
	always := func(time.Time) bool { return true }
	never := func(time.Time) bool { return false }
	leap := func(d time.Time) bool { return d.Month() == time.February && d.Day() == 29 }
	sunday := func(d time.Time) bool { return d.Weekday() == time.Sunday }
	once := func(d time.Time) bool { return d.Year() == 2027 && d.YearDay() == 1 }
	midnight := []int{0}
	tests := map[string]struct {
		times []schedule.Times
		want  time.Duration
		ok    bool
	}{
		"nothing":                    {nil, 0, false},
		"daily":                      {[]schedule.Times{{always, midnight}}, 24 * time.Hour, true},
		"no day":                     {[]schedule.Times{{never, midnight}}, 0, false},
		"no time":                    {[]schedule.Times{{always, nil}}, 0, false},
		"once":                       {[]schedule.Times{{once, midnight}}, 0, false},
		"twice a day unevenly":       {[]schedule.Times{{always, []int{0, 3600}}}, 23 * time.Hour, true},
		"two schedules":              {[]schedule.Times{{always, midnight}, {always, []int{43200}}}, 12 * time.Hour, true},
		"sunday":                     {[]schedule.Times{{sunday, midnight}}, 7 * 24 * time.Hour, true},
		"sunday beside what is over": {[]schedule.Times{{sunday, midnight}, {once, midnight}}, 7 * 24 * time.Hour, true},
		"leap day":                   {[]schedule.Times{{leap, midnight}}, 1461 * 24 * time.Hour, true},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, ok := schedule.Longest(time.Date(2026, 11, 21, 0, 0, 0, 0, time.UTC), tt.times...)
			if got != tt.want || ok != tt.ok {
				t.Errorf("got %v %v, want %v %v", got, ok, tt.want, tt.ok)
			}
		})
	}
}
