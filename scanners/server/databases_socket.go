package server

import (
	"slices"
	"strings"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/server/systemd"
)

// wider is where a database listens that the service manager may hand sockets to: those count, and its own bind address does not. What
// the kernel says of the running daemon counts as well. Debian 12's mariadb.socket listens on every address, and the package enables it.
// https://mariadb.com/docs/server/server-management/starting-and-stopping-mariadb/systemd#systemd-socket-activation
func (h *host) wider(configured evidence.Value[string], socket string, programs ...string) evidence.Value[string] {
	where, known := configured.Get()
	if !known || where == listensAny {
		return configured
	}
	told := h.boundTo(programs)
	handed, err := h.handed(socket)
	if err != nil {
		return untold[string](socket, err)
	}
	for _, b := range append(handed, told...) {
		if on := listensOn([]string{b.address}); beyond(on, where) {
			where, configured = on, evidence.Known(on).At(b.at)
		}
	}
	return configured
}

// bound is an address that is listened on, and what says so.
type bound struct {
	address string
	at      evidence.Position
}

// handed are the addresses of a socket unit that is started.
func (h *host) handed(socket string) ([]bound, error) {
	units := systemd.Of(h.Capture)
	enabled, err := units.Enabled(socket)
	if err != nil || !enabled.Starts {
		return nil, err
	}
	unit, err := units.Unit(socket)
	if err != nil {
		return nil, err
	}
	var all []bound
	for _, e := range unit.List("Socket", "ListenStream") {
		all = append(all, bound{streamAddress(e.Value), h.line(e.File, e.Line, e.Key+"="+e.Value)})
	}
	return all, nil
}

// beyond says whether more can reach who listens there than where says.
func beyond(there, where string) bool {
	order := []string{listensLocal, listensPrivate, listensAny}
	return slices.Index(order, there) > slices.Index(order, where)
}

// streamAddress is the address of ListenStream=: a port alone is every address, a path and a name of the abstract space are this host's.
// https://www.freedesktop.org/software/systemd/man/latest/systemd.socket.html#ListenStream=
func streamAddress(value string) string {
	value = strings.TrimSpace(value)
	if value == "" || strings.ContainsAny(value[:1], "/@") || strings.HasPrefix(value, "vsock:") {
		return "localhost"
	}
	end := strings.LastIndex(value, ":")
	if end < 0 {
		return "::"
	}
	return strings.Trim(value[:end], "[]")
}

// boundTo are the addresses of the TCP sockets that programs listen on, as `ss -H -lntup` says it.
func (h *host) boundTo(programs []string) []bound {
	out, err := h.Output("ss")
	if err != nil {
		return nil
	}
	var all []bound
	for line := range strings.Lines(string(out)) {
		f := strings.Fields(line)
		if len(f) < 6 || f[0] != "tcp" || !slices.ContainsFunc(programs, func(p string) bool { return strings.Contains(line, `("`+p+`",`) }) {
			continue
		}
		if end := strings.LastIndex(f[4], ":"); end >= 0 {
			all = append(all, bound{strings.Trim(f[4][:end], "[]"), h.said("ss")})
		}
	}
	return all
}
