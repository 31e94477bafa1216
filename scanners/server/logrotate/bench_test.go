package logrotate_test

import (
	"testing"

	"github.com/tomscan/tomscan/scanners/server/logrotate"
)

// BenchmarkKeeps counts fifty stanzas, as a large host has.
func BenchmarkKeeps(b *testing.B) {
	o := logrotate.Options{Period: logrotate.Daily, Count: 14, IfEmpty: true}
	for b.Loop() {
		runs := logrotate.EveryDay(from()).Remembering()
		for range 50 {
			o.Keeps(runs)
		}
	}
}
