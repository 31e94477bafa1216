package nginx

// Position is a line of a configuration.
type Position struct {
	File string
	Line int
	Text string
}

// at is the position of a directive.
func (d *Directive) at() Position { return Position{d.File, d.Line, d.Text()} }

// Setting is what nginx does in one respect, or why that is not known.
type Setting[T any] struct {
	Value   T
	Known   bool
	Default string // link to the documentation, where nothing is set
	At      []Position
	What    string // what keeps it from being known: a directive, a file
	Err     error  // why a file was not read; nil for a directive that is not understood
}

// known is a setting that a directive decides.
func known[T any](v T, by ...*Directive) Setting[T] {
	s := Setting[T]{Value: v, Known: true}
	for _, d := range by {
		s.At = append(s.At, d.at())
	}
	return s
}

// unset is a setting that no directive decides.
func unset[T any](v T, doc string) Setting[T] { return Setting[T]{Value: v, Known: true, Default: doc} }

// open is a setting that a directive keeps from being known.
func open[T any](d *Directive) Setting[T] {
	return Setting[T]{What: d.Text(), Err: d.Unread, At: []Position{d.at()}}
}

// scope is a context of directives inside its outer ones.
type scope struct {
	up     *scope
	opener *Directive // nil for the whole file
	block  []*Directive
}

// in is the context that a block opens.
func (s *scope) in(d *Directive) *scope { return &scope{up: s, opener: d, block: d.Block} }

// own are the directives of a name that stand in the context itself.
func (s *scope) own(name string) []*Directive { return named(s.block, name) }

// named are the directives of a block with a name.
func named(block []*Directive, name string) []*Directive {
	var all []*Directive
	for _, d := range block {
		if d.Name == name && d.Unread == nil {
			all = append(all, d)
		}
	}
	return all
}

// unread is an include of the context that could not be followed.
func (s *scope) unread() *Directive {
	for _, d := range s.block {
		if d.Unread != nil {
			return d
		}
	}
	return nil
}

// effective are the directives of a name that hold in the context: its own, or else those of the next outer context that has any. They
// replace each other as a whole. The second value is an unread include that may hold others; where single is true, a directive
// that is there decides, for nginx refuses a second one.
// https://nginx.org/en/docs/http/ngx_http_headers_module.html#add_header, and alike for all directives that hold a list
func (s *scope) effective(name string, single bool) ([]*Directive, *Directive) {
	for c := s; c != nil; c = c.up {
		own := c.own(name)
		if len(own) > 0 && single {
			return own, nil
		}
		if unread := c.unread(); unread != nil {
			return own, unread
		}
		if len(own) > 0 {
			return own, nil
		}
	}
	return nil, nil
}

// flag reads a directive that is on or off.
func (s *scope) flag(name, doc string) Setting[bool] {
	list, unread := s.effective(name, true)
	switch {
	case unread != nil:
		return open[bool](unread)
	case len(list) == 0:
		return unset(false, doc)
	case len(list[0].Args) == 1 && (list[0].Args[0] == "on" || list[0].Args[0] == "off"):
		return known(list[0].Args[0] == "on", list[0])
	}
	return open[bool](list[0])
}

// word reads a directive with one argument.
func (s *scope) word(name, value, doc string) Setting[string] {
	list, unread := s.effective(name, true)
	switch {
	case unread != nil:
		return open[string](unread)
	case len(list) == 0:
		return unset(value, doc)
	case len(list[0].Args) == 1:
		return known(list[0].Args[0], list[0])
	}
	return open[string](list[0])
}
