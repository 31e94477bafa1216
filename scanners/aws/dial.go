package aws

import (
	"context"
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

	mu   sync.Mutex
	open map[*connection]bool
}

func newDialer(endpoint *url.URL) *dialer {
	return &dialer{Dialer: net.Dialer{Timeout: 10 * time.Second, KeepAlive: 30 * time.Second}, endpoint: endpoint, open: map[*connection]bool{}}
}

// dial connects to the endpoint whatever name is put in front of its host: some services call the account's number as a
// host below it. A proxy is reached at its own address.
func (d *dialer) dial(ctx context.Context, network, address string) (net.Conn, error) {
	if host, port, err := net.SplitHostPort(address); err == nil && d.endpoint != nil && strings.HasSuffix(host, "."+d.endpoint.Hostname()) {
		address = net.JoinHostPort(d.endpoint.Hostname(), port)
	}
	conn, err := d.DialContext(ctx, network, address)
	if err != nil {
		return nil, err
	}
	c := &connection{Conn: conn, dialer: d}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.open[c] = true
	return c, nil
}

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
