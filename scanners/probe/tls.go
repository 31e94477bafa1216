package probe

import (
	"context"
	"fmt"
	"net"
	"strings"

	"github.com/tomscan/tomscan/evidence"
)

// opener makes a connection on which TLS begins.
type opener func(context.Context) (net.Conn, func(), error)

// tls calls an address that speaks TLS from the beginning.
func (p *peer) tls(ctx context.Context) {
	open := func(ctx context.Context) (net.Conn, func(), error) { return p.call(ctx, p.at) }
	n := p.negotiate(ctx, open)
	if !n.spoken {
		p.unreachable(n.failed)
		return
	}
	p.listener(n, p.protocol)
	starttls := evidence.Unresolved[string](evidence.Because("endpoint_not_told", "what", "STARTTLS"))
	if p.implicit {
		starttls = evidence.Known("implicit").At(p.said("tls handshake", p.at, ""))
	}
	p.session(ctx, open, starttls)
	if p.name == "https" && p.at == 443 {
		p.plain(ctx, 80, "/")
	}
}

// negotiated is what an address made of each version.
type negotiated struct {
	spoken bool
	failed error // why it does not speak
	min    evidence.Value[int]
}

// negotiate asks for each version on a connection of its own.
func (p *peer) negotiate(ctx context.Context, open opener) negotiated {
	n := negotiated{failed: errNonsense}
	answers := map[version]answer{}
	for _, v := range versions() {
		a, err := p.ask(ctx, open, v)
		answers[v] = a
		n.spoken = n.spoken || a.spoken
		if err != nil {
			n.failed = err
		}
		if err != nil && !n.spoken { // nobody is there, or who is there is silent: one wait is enough
			return n
		}
	}
	n.min = p.lowest(answers)
	return n
}

// lowest is the lowest version that was accepted. What did not answer may be accepted: then it is as high as it can be.
func (p *peer) lowest(answers map[version]answer) evidence.Value[int] {
	var at []evidence.Position
	var silence []string
	low := version(0)
	for _, v := range versions() {
		a := answers[v]
		at = append(at, p.said("tls handshake", p.at, fmt.Sprintf("%s (%s)", v, a.detail)))
		switch a.verdict {
		case accepted:
			low, silence = v, nil
		case silent:
			silence = append(silence, v.String())
		}
	}
	why := evidence.Because("endpoint_version_silent", "address", joined(p.address, p.at), "versions", strings.Join(silence, ", "))
	switch {
	case low == 0 && len(silence) > 0:
		return evidence.Unresolved[int](why).At(at...)
	case low == 0:
		return evidence.Unresolved[int](evidence.Because("endpoint_no_version", "address", joined(p.address, p.at))).At(at...)
	case len(silence) > 0:
		return evidence.Known(rank(low)).Incomplete(why).At(at...)
	}
	return evidence.Known(rank(low)).At(at...)
}

// rank is the rank that settings have. That of SSL 3.0 lies between none and TLS 1.0.
func rank(v version) int {
	if v == ssl30 {
		return evidence.RankSSL30
	}
	return evidence.RankTLS10 + int(v-tls10)
}

// ask asks for one version. Who hangs up without a word is asked once more, and refuses when they do so again: some servers refuse like
// that, and others are only busy.
func (p *peer) ask(ctx context.Context, open opener, v version) (answer, error) {
	var a answer
	for range 2 {
		conn, done, err := open(ctx)
		if err != nil {
			return answer{detail: plainly(err)}, err
		}
		a, err = p.exchange(conn, v)
		done()
		if !a.closed {
			return a, err
		}
	}
	return answer{verdict: refused, detail: "refused: the connection was closed"}, nil
}

// exchange sends a hello and judges the answer.
func (p *peer) exchange(conn net.Conn, v version) (answer, error) {
	if _, err := conn.Write(hello(v, p.serverName())); err != nil && !reset(err) {
		return answer{detail: plainly(err)}, err
	}
	var failed failure
	a := judge(failed.watch(conn), v)
	if a.verdict == silent && !a.closed {
		if failed.err == nil {
			failed.err = errNonsense
		}
		if !a.spoken {
			a.detail = plainly(failed.err)
		}
		return a, failed.err
	}
	return a, nil
}

// serverName is what goes into SNI: https://datatracker.ietf.org/doc/html/rfc6066#section-3
func (p *peer) serverName() string {
	if p.named() {
		return p.host
	}
	return ""
}

// failure keeps the error with which reading ended.
type failure struct {
	from net.Conn
	err  error
}

func (f *failure) watch(conn net.Conn) *failure {
	f.from = conn
	return f
}

// Read reads from the connection.
func (f *failure) Read(b []byte) (int, error) {
	n, err := f.from.Read(b)
	f.err = err
	return n, err
}

// listener makes the fact of what was negotiated.
func (p *peer) listener(n negotiated, protocol string) {
	p.add("listener", evidence.Listener{
		Region: nowhere(), Public: p.public(), Port: evidence.Known(p.at), TLSMin: n.min,
		Protocol:         evidence.Known(protocol),
		RedirectsToHTTPS: evidence.Known(false),
	})
}
