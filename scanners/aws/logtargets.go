package aws

import (
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

// holdsLogs says whether anything delivers logs into a bucket. Ask it through later: all readers must be done.
func (a *account) holdsLogs(bucket string) evidence.Value[bool] {
	a.logs.mu.Lock()
	defer a.logs.mu.Unlock()
	switch {
	case a.logs.buckets[bucket]:
		return evidence.Known(true)
	case len(a.logs.open) > 0:
		return evidence.Unresolved[bool](firstReason(a.logs.open))
	}
	return evidence.Known(false)
}
