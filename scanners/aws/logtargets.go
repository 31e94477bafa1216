package aws

import (
	"slices"
	"sync"

	"github.com/tomscan/tomscan/evidence"
)

// logTargets are the buckets into which something of the account delivers logs.
type logTargets struct {
	mu      sync.Mutex
	buckets map[string]bool
	open    []evidence.Reason
}

// logInto notes that something delivers logs into a bucket.
func (a *account) logInto(bucket string) {
	a.logs.mu.Lock()
	defer a.logs.mu.Unlock()
	if bucket != "" {
		a.logs.buckets[bucket] = true
	}
}

// logUnknown notes that it is not known where something delivers its logs.
func (a *account) logUnknown(m *miss) {
	if m == nil || m.nothingThere() {
		return
	}
	a.logs.mu.Lock()
	defer a.logs.mu.Unlock()
	a.logs.open = append(a.logs.open, m.reason())
}

// holdsLogs says whether anything delivers logs into a bucket: what is in regions that are not read may. Ask it through
// later: all readers must be done.
func (a *account) holdsLogs(bucket string) evidence.Value[bool] {
	a.logs.mu.Lock()
	defer a.logs.mu.Unlock()
	open := slices.Clone(a.logs.open)
	for _, g := range a.gaps {
		if g.Code != "region_not_available" {
			open = append(open, g.Reason)
		}
	}
	switch {
	case a.logs.buckets[bucket]:
		return evidence.Known(true)
	case len(open) > 0:
		return evidence.Unresolved[bool](firstReason(open))
	}
	return evidence.Known(false)
}
