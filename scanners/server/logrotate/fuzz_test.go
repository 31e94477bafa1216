package logrotate_test

import (
	"strings"
	"testing"

	"github.com/tomscan/tomscan/scanners/server/logrotate"
)

func FuzzParseLogrotate(f *testing.F) {
	for _, h := range heads() {
		f.Add(h.files[logrotate.MainFile], h.files["/etc/logrotate.d/a"])
	}
	f.Fuzz(func(t *testing.T, main, other string) {
		c := load(map[string]string{logrotate.MainFile: main, "/etc/logrotate.d/a": other}, "/var/log/a", "/var/log/b.log")
		lines := max(strings.Count(main, "\n"), strings.Count(other, "\n")) + 1
		for _, s := range c.Stanzas {
			if s.Line < 1 || s.Line > lines {
				t.Errorf("a stanza on line %d of %d", s.Line, lines)
			}
			if k := s.Keeps(logrotate.EveryDay(from())); k.MinWhy == "" && k.MaxWhy == "" && k.Min > k.Max {
				t.Errorf("%+v is kept %+v", s.Options, k)
			}
		}
		for _, p := range c.Problems {
			if p.Line > lines+1 {
				t.Errorf("a problem on line %d of %d", p.Line, lines)
			}
		}
	})
}
