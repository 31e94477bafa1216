package aws

import "sync"

// clients are the clients of one service, by region. They are remembered here and not by shared, which would make an
// interface of them; see pages.
type clients[C any] struct {
	mu sync.Mutex
	of map[string]*C
}

// in is the client of a region, made when it is asked for first.
func (c *clients[C]) in(region string, makeIt func() *C) *C {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.of[region] == nil {
		if c.of == nil {
			c.of = map[string]*C{}
		}
		c.of[region] = makeIt()
	}
	return c.of[region]
}
