package probe

import (
	"context"
	"fmt"
	"net"
	"net/netip"
	"slices"
	"strconv"

	"github.com/tomscan/tomscan/evidence"
)

// subject is an endpoint while it is called.
type subject struct {
	*Options
	target
	facts []evidence.Fact
	gaps  []evidence.Gap
	notes []evidence.Gap
	found map[evidence.Kind]int
}

func (s *subject) place() evidence.Place { return evidence.Place{Host: s.host} }

// read calls every address of the endpoint.
func (s *subject) read(ctx context.Context) {
	addresses, err := s.addresses(ctx)
	if err != nil || len(addresses) == 0 {
		why := "no address"
		if err != nil {
			why = plainly(err)
		}
		s.hide(evidence.Because("endpoint_unresolved", "endpoint", s.text, "why", why))
		return
	}
	if len(addresses) > addressLimit {
		s.hide(evidence.Because("endpoint_addresses", "endpoint", s.text, "n", strconv.Itoa(len(addresses)), "limit", strconv.Itoa(addressLimit)))
		addresses = addresses[:addressLimit]
	}
	for _, a := range addresses {
		p := &peer{subject: s, address: a}
		if s.Log != nil {
			s.Log("call " + s.text + " at " + a.String())
		}
		p.read(ctx)
	}
}

// addresses are those of the host, sorted, IPv4 first.
func (s *subject) addresses(ctx context.Context) ([]netip.Addr, error) {
	if a, err := netip.ParseAddr(s.host); err == nil {
		return []netip.Addr{a}, nil
	}
	ctx, cancel := context.WithTimeout(ctx, s.Timeout)
	defer cancel()
	all, err := s.Resolve(ctx, s.host)
	if err != nil {
		return nil, err
	}
	sorted := make([]netip.Addr, 0, len(all))
	for _, a := range all {
		sorted = append(sorted, a.Unmap())
	}
	slices.SortFunc(sorted, netip.Addr.Compare)
	return slices.Compact(sorted), nil
}

// hide says that facts may be missing, and why.
func (s *subject) hide(why evidence.Reason, kinds ...evidence.Kind) {
	s.gaps = append(s.gaps, evidence.Gap{Reason: why, Kinds: kinds})
}

// remark says what hides nothing.
func (s *subject) remark(why evidence.Reason, kinds ...evidence.Kind) {
	s.notes = append(s.notes, evidence.Gap{Reason: why, Kinds: kinds})
}

// peer is one address of an endpoint while it is called.
type peer struct {
	*subject
	address netip.Addr
}

// read calls the address as its scheme says.
func (p *peer) read(ctx context.Context) {
	switch {
	case p.name == "http":
		p.plain(ctx, p.at, p.path)
	case p.starttls != "":
		p.mail(ctx)
	default:
		p.tls(ctx)
	}
}

// add makes a fact; suffix tells it from others of its kind.
func (p *peer) add(suffix string, r evidence.Resource, notes ...evidence.Reason) {
	address := fmt.Sprintf("%s@%s/%s", p.text, p.address, suffix)
	f := evidence.NewFact(name+":"+address, evidence.Source{Collector: name, Level: evidence.LevelImplementation, Place: p.place()}, r)
	f.Address, f.Addresses, f.Notes = address, []string{address}, notes
	p.facts = append(p.facts, f)
	p.found[f.Kind]++
}

// said is the position of what a call told.
func (p *peer) said(call string, port int, what string) evidence.Position {
	return evidence.Position{Host: p.host, Call: call + " " + joined(p.address, port) + " " + what, Role: evidence.RoleDecides}
}

// unreachable says that an address did not answer. One that refuses the connection is known not to answer; silence may be that of a
// network in between.
func (p *peer) unreachable(err error) {
	why := plainly(err)
	p.hide(evidence.Because("endpoint_silent", "endpoint", p.text, "address", joined(p.address, p.at), "why", why))
	if isRefused(err) && p.name != "http" {
		nothing := evidence.Because("endpoint_silent", "endpoint", p.text, "address", joined(p.address, p.at), "why", why)
		p.add("endpoint", evidence.Endpoint{
			Answers:            evidence.Known(false).At(p.said("tcp connection to", p.at, "("+why+")")),
			CertificateTrusted: evidence.Unresolved[bool](nothing), StartTLS: evidence.Unresolved[string](nothing),
		})
	}
}

// call opens a connection that ends with the timeout or the context, whichever is first. The returned function closes it.
func (p *peer) call(ctx context.Context, port int) (net.Conn, func(), error) {
	ctx, cancel := context.WithTimeout(ctx, p.Timeout)
	conn, err := p.Dial(ctx, "tcp", joined(p.address, port))
	if err != nil {
		cancel()
		return nil, nil, err
	}
	stop := context.AfterFunc(ctx, func() { _ = conn.SetDeadline(past) })
	return conn, func() {
		stop()
		cancel()
		_ = conn.Close()
	}, nil
}
