package sysctl

import (
	"slices"

	"github.com/tomscan/tomscan/scanners/server/capture"
)

// Writes are the settings as they are written to the kernel, in order: patterns become the keys that they match, of those that exist,
// but for keys that a line of their own sets or keeps from patterns.
func (c Config) Writes(exists []string) []Setting {
	own := map[string]bool{}
	for _, s := range c.Settings {
		own[s.Key] = true
	}
	sorted := slices.Sorted(slices.Values(exists))
	var all []Setting
	for _, s := range c.Settings {
		switch {
		case s.excluded:
		case !pattern(s.Key):
			all = append(all, s)
		default:
			for _, key := range sorted {
				if !own[key] && capture.Match(s.Key, key) {
					one := s
					one.Key = key
					all = append(all, one)
				}
			}
		}
	}
	return all
}
