package aws

import (
	"context"
	"errors"
	"net"
	"net/url"
	"strings"
	"sync"
	"time"
)

// dialer opens the connections of one run, and closes them all when it is over: the SDK's client keeps them open for a
// while.
type dialer struct {
	net.Dialer
	endpoint *url.URL // called instead of AWS; nil for AWS
	lookup   func(context.Context, string) ([]string, error)

	mu      sync.Mutex
	open    map[*connection]bool
	reached string // a host that was reached
}

func newDialer(endpoint *url.URL) *dialer {
	return &dialer{
		Dialer:   net.Dialer{Timeout: 10 * time.Second, KeepAlive: 30 * time.Second},
		endpoint: endpoint, lookup: net.DefaultResolver.LookupHost, open: map[*connection]bool{},
	}
}

// dial connects to the endpoint whatever name is put in front of its host: some services call the account's number as a
// host below it. A proxy is reached at its own address.
func (d *dialer) dial(ctx context.Context, network, address string) (net.Conn, error) {
	if host, port, err := net.SplitHostPort(address); err == nil && d.endpoint != nil && strings.HasSuffix(host, "."+d.endpoint.Hostname()) {
		address = net.JoinHostPort(d.endpoint.Hostname(), port)
	}
	conn, err := d.DialContext(ctx, network, address)
	if err != nil {
		return nil, d.explain(ctx, err)
	}
	c := &connection{Conn: conn, dialer: d}
	host, _, _ := net.SplitHostPort(address)
	d.mu.Lock()
	defer d.mu.Unlock()
	d.open[c] = true
	if d.reached == "" {
		d.reached = host
	}
	return c, nil
}

// explain tells a name that does not exist from a network that is gone, where no name can be looked up: not even that of
// a host that was reached before.
func (d *dialer) explain(ctx context.Context, err error) error {
	d.mu.Lock()
	known := d.reached
	d.mu.Unlock()
	if known == "" || !isUnknownHost(err) {
		return err
	}
	if _, lost := d.lookup(ctx, known); lost != nil {
		return &net.OpError{Op: "dial", Err: errNoNames}
	}
	return err
}

var errNoNames = errors.New("names cannot be looked up")

// close closes the connections that are still open.
func (d *dialer) close() {
	d.mu.Lock()
	defer d.mu.Unlock()
	for c := range d.open {
		_ = c.Conn.Close()
	}
	clear(d.open)
}

// connection is a connection that its dialer knows.
type connection struct {
	net.Conn
	dialer *dialer
}

// Close closes the connection.
func (c *connection) Close() error {
	c.dialer.mu.Lock()
	defer c.dialer.mu.Unlock()
	delete(c.dialer.open, c)
	return c.Conn.Close()
}
