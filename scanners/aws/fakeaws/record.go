package fakeaws

import (
	"maps"
	"slices"
)

// A Call is one request that the server understood, and the status that it answered (0 while or because it hangs).
type Call struct {
	Operation, Account, Region string
	// Resource is what the By parameter named; Page counts a list's pages from 1.
	Resource string
	Page     int
	Status   int
}

// Calls returns the requests in the order in which they came.
func (s *Server) Calls() []Call {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.calls)
}

// Count returns how many requests came by operation.
func (s *Server) Count() map[string]int {
	count := map[string]int{}
	for _, call := range s.Calls() {
		count[call.Operation]++
	}
	return count
}

// Unknown returns the requests that belong to no operation, sorted: "GET /bucket?acl (s3)". Tests should fail on them.
func (s *Server) Unknown() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Sorted(maps.Keys(s.unknown))
}

// Reset forgets the requests that came, and leaves the faults.
func (s *Server) Reset() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.calls, s.unknown = nil, map[string]bool{}
}

// begin records a request and returns its place.
func (s *Server) begin(c Call) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.calls = append(s.calls, c)
	return len(s.calls) - 1
}

// end records the status of the request at a place.
func (s *Server) end(place, status int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if place < len(s.calls) {
		s.calls[place].Status = status
	}
}
