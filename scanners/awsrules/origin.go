package awsrules

import "github.com/tomscan/tomscan/evidence"

// Origin is how a distribution of CloudFront fetches one origin: whether over http (always, as-viewer, never), and with
// which TLS version at least.
type Origin struct {
	Plain  evidence.Value[string]
	TLSMin evidence.Value[int]
}

// ObjectOrigin is an origin that is a bucket and no website: it is fetched with the protocol of the viewer, and its service
// takes no TLS below 1.2.
func ObjectOrigin() Origin {
	return Origin{Plain: evidence.Default("as-viewer", DocObjectOrigin), TLSMin: evidence.Default(evidence.RankTLS12, DocObjectOrigin)}
}

// ViewerPlain is what the weakest of all behaviours does with http: served, redirected or refused.
func ViewerPlain(behaviours []evidence.Value[string]) evidence.Value[string] {
	return WeakestOf([]string{"served", "redirected", "refused"}, behaviours)
}

// OriginPlain is whether the weakest origin is fetched over http. As the viewer comes means never where no viewer is served
// over http.
func OriginPlain(origins []Origin, viewer evidence.Value[string]) evidence.Value[string] {
	var all []evidence.Value[string]
	for _, o := range origins {
		if evidence.IsKnown(o.Plain, "as-viewer") {
			o.Plain = evidence.Map(viewer, asViewer).At(o.Plain.Positions()...)
		}
		all = append(all, o.Plain)
	}
	return WeakestOf([]string{"always", "as-viewer", "never"}, all)
}

func asViewer(viewer string) string {
	if viewer == "served" {
		return "as-viewer"
	}
	return "never"
}

// OriginTLSMin is the lowest TLS version that an origin is fetched with, none where one is fetched over http.
func OriginTLSMin(origins []Origin) evidence.Value[int] {
	var all []evidence.Value[int]
	for _, o := range origins {
		all = append(all, o.TLSMin)
	}
	return WeakestOf([]int{evidence.RankPlain, evidence.RankTLS10, evidence.RankTLS11, evidence.RankTLS12, evidence.RankTLS13}, all)
}

// WeakestOf returns the known value that stands first in order. One that stands first of all decides alone; otherwise a
// value that is not known leaves it open. Of no values it is the zero Value.
func WeakestOf[T comparable](order []T, values []evidence.Value[T]) evidence.Value[T] {
	var open, best *evidence.Value[T]
	rank := func(v evidence.Value[T]) int {
		for n, o := range order {
			if evidence.IsKnown(v, o) {
				return n
			}
		}
		return len(order)
	}
	for n, v := range values {
		if v.State() != evidence.StateKnown {
			open = &values[n]
		} else if best == nil || rank(v) < rank(*best) {
			best = &values[n]
		}
	}
	switch {
	case best != nil && (open == nil || rank(*best) == 0):
		return *best
	case open != nil:
		return *open
	}
	return evidence.Value[T]{}
}
