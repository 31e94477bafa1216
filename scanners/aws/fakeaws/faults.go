package fakeaws

import (
	"slices"
	"time"
)

// A Rule makes operations fail. An empty field matches everything.
type Rule struct {
	// Operation is a name ("s3.GetBucketEncryption"), or a service with a star ("s3.*").
	Operation       string
	Account, Region string
	// Resource is what the operation's By parameter names. Operations without one are not matched by a rule with a resource.
	Resource string
	// Page is the page of a list, 1 the first.
	Page int
	// Error is what is answered.
	Error Error
	// Times is how many requests fail before the rule is spent; 0 is for ever.
	Times int
}

// Break makes requests fail from now on. The first rule that matches a request and is not spent decides.
func (s *Server) Break(rules ...Rule) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, rule := range rules {
		if rule.Times == 0 {
			rule.Times = -1
		}
		s.rules = append(s.rules, &rule)
	}
}

// Mend forgets all rules, limits, hanging operations and latency.
func (s *Server) Mend() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.rules, s.hanging, s.latency, s.limit = nil, map[string]bool{}, 0, limit{}
}

// SetLatency makes each request wait so long before it is answered.
func (s *Server) SetLatency(d time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.latency = d
}

// Hang makes an operation never answer: its requests end when the client gives up or the server closes.
func (s *Server) Hang(operation string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.hanging[operation] = true
}

// Limit throttles each operation in each account and region: perSecond requests are answered, and burst at once.
func (s *Server) Limit(perSecond, burst float64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.limit = limit{perSecond: perSecond, burst: burst, buckets: map[string]*bucket{}}
}

// SetClock sets the clock of Limit, time.Now until then.
func (s *Server) SetClock(now func() time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.now = now
}

// fault is the error that a rule or the limit has for a request.
// The names are all that the By parameter named.
func (s *Server) fault(c Call, names []string) (Error, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.limit.take(c.Operation+"|"+c.Account+"|"+c.Region, s.now) {
		return Throttled(c.Operation), true
	}
	for _, rule := range s.rules {
		if rule.Times != 0 && rule.matches(c, names) {
			rule.Times--
			return rule.Error, true
		}
	}
	return Error{}, false
}

func (r Rule) matches(c Call, names []string) bool {
	return (r.Operation == "" || r.Operation == c.Operation || r.Operation == packageOf(c.Operation)+".*") &&
		(r.Account == "" || r.Account == c.Account) &&
		(r.Region == "" || r.Region == c.Region) &&
		(r.Resource == "" || slices.Contains(names, r.Resource)) &&
		(r.Page == 0 || r.Page == c.Page)
}

// limit is a token bucket for each account, region and operation.
type limit struct {
	perSecond, burst float64
	buckets          map[string]*bucket
}

type bucket struct {
	tokens float64
	at     time.Time
}

func (l limit) take(key string, now func() time.Time) bool {
	if l.buckets == nil {
		return true
	}
	at := now()
	b, ok := l.buckets[key]
	if !ok {
		b = &bucket{tokens: l.burst, at: at}
		l.buckets[key] = b
	}
	b.tokens = min(l.burst, b.tokens+at.Sub(b.at).Seconds()*l.perSecond)
	b.at = at
	if b.tokens < 1 {
		return false
	}
	b.tokens--
	return true
}
