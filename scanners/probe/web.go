package probe

import (
	"bufio"
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/tomscan/tomscan/evidence"
)

// headLimit is how much of an answer over http is read: its head. Bodies are not read.
const headLimit = 64 << 10

// secondPath is asked for beside the declared one: sites that redirect their front page alone are told by it.
const secondPath = "/tomscan-probe"

// errHTTP is an answer that is none of http.
var errHTTP = errors.New("what answers does not speak http")

// get asks for one path over http and returns the head of the answer.
func (p *peer) get(conn net.Conn, path string, port int) (*http.Response, error) {
	host := p.host
	if strings.Contains(host, ":") {
		host = "[" + host + "]"
	}
	if port != 80 && port != 443 {
		host += ":" + strconv.Itoa(port)
	}
	_, err := io.WriteString(conn, "GET "+path+" HTTP/1.1\r\nHost: "+host+"\r\nUser-Agent: tomscan\r\nAccept: */*\r\nConnection: close\r\n\r\n")
	if err != nil && !reset(err) {
		return nil, err
	}
	var failed failure
	response, err := http.ReadResponse(bufio.NewReaderSize(io.LimitReader(failed.watch(conn), headLimit), 4096), nil)
	switch {
	case err != nil && failed.err != nil && !errors.Is(failed.err, io.EOF):
		return nil, failed.err
	case err != nil:
		return nil, errHTTP
	}
	_ = response.Body.Close()
	return response, nil
}

// web makes the fact of what answers over https. Without a connection, nothing is known of it.
func (p *peer) web(conn *tls.Conn) {
	if p.name != "https" {
		return
	}
	at := p.said("GET https", p.at, p.path)
	days := evidence.Unresolved[int](evidence.Because("endpoint_no_answer", "address", joined(p.address, p.at), "why", "no handshake"))
	if conn != nil {
		response, err := p.get(conn, p.path, p.at)
		if err == nil {
			days = evidence.Known(hstsDays(response.Header))
			at.Call += " (" + strconv.Itoa(response.StatusCode) + ")"
		} else {
			days = evidence.Unresolved[int](evidence.Because("endpoint_no_answer", "address", joined(p.address, p.at), "why", httpTrouble(err)))
		}
	}
	p.add("web_endpoint", evidence.WebEndpoint{HSTSDays: days.At(at)})
}

func httpTrouble(err error) string {
	if errors.Is(err, errHTTP) {
		return err.Error()
	}
	return plainly(err)
}

// hstsDays is the max-age of the first Strict-Transport-Security, in whole days; 0 without a valid one. The first alone counts, and a
// header with a directive twice is no header: https://datatracker.ietf.org/doc/html/rfc6797#section-6.1 and #section-8.1
func hstsDays(h http.Header) int {
	all := h.Values("Strict-Transport-Security")
	if len(all) == 0 {
		return 0
	}
	days, seen := 0, map[string]bool{}
	for directive := range strings.SplitSeq(all[0], ";") {
		key, value, _ := strings.Cut(directive, "=")
		key, value = strings.ToLower(strings.TrimSpace(key)), strings.TrimSpace(value)
		if key == "" {
			continue
		}
		if seen[key] {
			return 0
		}
		seen[key] = true
		if key != "max-age" {
			continue
		}
		if len(value) > 1 && value[0] == '"' && value[len(value)-1] == '"' {
			value = value[1 : len(value)-1]
		}
		seconds, err := strconv.ParseUint(value, 10, 64)
		if errors.Is(err, strconv.ErrRange) {
			seconds = 1 << 63
		} else if err != nil {
			return 0
		}
		days = int(min(seconds/(24*60*60), evidence.Never-1))
	}
	return days
}

// plain calls a port without TLS. Nobody there is no listener.
func (p *peer) plain(ctx context.Context, port int, path string) {
	paths := []string{path, secondPath}
	var at []evidence.Position
	redirects := evidence.Known(true)
	for n, path := range paths {
		one, said, err := p.redirects(ctx, port, path)
		if err != nil && n == 0 {
			p.nothingPlain(port, err)
			return
		}
		at = append(at, said)
		redirects = worse(redirects, one)
	}
	p.add("listener:"+strconv.Itoa(port), evidence.Listener{
		Region: nowhere(), Public: p.public(), Port: evidence.Known(port), Protocol: evidence.Known("http"),
		TLSMin: evidence.Known(evidence.RankPlain), RedirectsToHTTPS: redirects.At(at...),
	})
}

// worse is what two requests say together: one that is served without TLS decides.
func worse(a, b evidence.Value[bool]) evidence.Value[bool] {
	if x, known := a.Get(); known && x {
		return b
	}
	if y, known := b.Get(); known && !y {
		return b
	}
	return a
}

// nothingPlain is a port that did not answer: refused, nothing is served there; otherwise nobody knows.
func (p *peer) nothingPlain(port int, err error) {
	address := joined(p.address, port)
	switch {
	case p.name == "http":
		p.unreachable(err)
	case isRefused(err):
		p.remark(evidence.Because("endpoint_no_plain", "address", address), "listener")
	default:
		p.hide(evidence.Because("endpoint_silent", "endpoint", p.text, "address", address, "why", plainly(err)), "listener")
	}
}

// redirects asks for one path. The error is that of the connection; an answer that cannot be read leaves the setting open.
func (p *peer) redirects(ctx context.Context, port int, path string) (evidence.Value[bool], evidence.Position, error) {
	at := p.said("GET http", port, path)
	open := func(why string) evidence.Value[bool] {
		at.Call += " (" + why + ")"
		return evidence.Unresolved[bool](evidence.Because("endpoint_no_answer", "address", joined(p.address, port), "why", why))
	}
	conn, done, err := p.call(ctx, port)
	if err != nil {
		return open(plainly(err)), at, err
	}
	defer done()
	response, err := p.get(conn, path, port)
	if err != nil {
		return open(httpTrouble(err)), at, nil
	}
	at.Call += " (" + strconv.Itoa(response.StatusCode) + ")"
	return p.redirected(response, port), at, nil
}

// redirected judges an answer. An error serves nothing and leads nowhere: it decides nothing.
func (p *peer) redirected(r *http.Response, port int) evidence.Value[bool] {
	if r.StatusCode >= http.StatusBadRequest {
		return evidence.Unresolved[bool](evidence.Because("endpoint_error_status", "address", joined(p.address, port), "status", strconv.Itoa(r.StatusCode)))
	}
	switch r.StatusCode {
	case http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther, http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
		to, err := url.Parse(r.Header.Get("Location"))
		return evidence.Known(err == nil && strings.EqualFold(to.Scheme, "https") && sameSite(to.Hostname(), p.host))
	}
	return evidence.Known(false)
}

// sameSite says whether a redirect stays at the site: the host itself, one below it, or one that it is below, as with www.
func sameSite(to, host string) bool {
	to = strings.TrimSuffix(strings.ToLower(to), ".")
	return to == host || strings.HasSuffix(to, "."+host) || strings.Contains(to, ".") && strings.HasSuffix(host, "."+to)
}
