package postgres

import (
	"errors"
	"net/netip"
	"slices"
	"strings"

	"github.com/tomscan/tomscan/scanners/server/capture"
)

// Rule is one line of pg_hba.conf. https://www.postgresql.org/docs/current/auth-pg-hba-conf.html
type Rule struct {
	Type      string // local, host, hostssl, hostnossl, hostgssenc, hostnogssenc
	Databases []string
	Users     []string
	Address   string // as it is written: all, samehost, samenet, a host name, or a network; empty for local
	Network   netip.Prefix
	Method    string
	Options   []string
	File      string
	Line      int
}

// HBA are the rules in the order in which they are tried.
type HBA struct {
	capture.Includes
	Rules []Rule
}

// LoadHBA reads a pg_hba.conf. The error is of the file itself, or of a line that PostgreSQL refuses: it would not start with it.
func LoadHBA(f capture.Files, file string) (*HBA, error) {
	h := &HBA{Includes: capture.Includes{From: f, Depth: depthLimit}}
	return h, h.read(file)
}

func (h *HBA) read(file string) error {
	start, pending := 0, ""
	err := h.Lines(file, func(line string, n int) error {
		line = strings.TrimRight(line, "\r")
		if pending == "" {
			start = n
		}
		if before, ok := strings.CutSuffix(line, `\`); ok { // goes on in the next line
			pending += before
			return nil
		}
		line, pending = pending+line, ""
		return h.line(file, start, line)
	})
	if err != nil || pending == "" {
		return err
	}
	return h.line(file, start, pending)
}

func (h *HBA) line(file string, n int, line string) error {
	fields := tokens(line)
	switch {
	case len(fields) == 0:
		return nil
	case len(fields[0]) == 1 && strings.HasPrefix(fields[0][0].text, "include") && len(fields) == 2: // since PostgreSQL 16
		follow(&h.Includes, fields[0][0].text, resolve(file, fields[1][0].text), h.read)
		return nil
	}
	rule, err := h.rule(file, fields)
	rule.File, rule.Line = file, n
	if err == nil {
		h.Rules = append(h.Rules, rule)
	}
	return err
}

// rulesLimit is how many rules are read: each is compared with those before it.
const rulesLimit = 5000

var types = []string{"host", "hostgssenc", "hostnogssenc", "hostnossl", "hostssl", "local"}

func (h *HBA) rule(file string, fields [][]token) (Rule, error) {
	r := Rule{Type: fields[0][0].text}
	switch {
	case !slices.Contains(types, r.Type):
		return r, errors.New("unknown type of connection " + r.Type)
	case len(fields) < 4:
		return r, errors.New("the line ends too early")
	}
	if len(h.Rules) >= rulesLimit {
		return r, errors.New("too many rules")
	}
	r.Databases, r.Users = h.names(file, fields[1]), h.names(file, fields[2])
	rest := fields[3:]
	if r.Type != "local" {
		var err error
		if rest, err = r.address(rest); err != nil {
			return r, err
		}
	}
	if len(rest) == 0 {
		return r, errors.New("a line without a method")
	}
	r.Method = rest[0][0].text
	for _, option := range rest[1:] {
		if !strings.Contains(option[0].text, "=") {
			return r, errors.New("an option that is not name=value")
		}
		r.Options = append(r.Options, option[0].text)
	}
	return r, nil
}

// names are the elements of a list, those of files (@FILE) in their place.
func (h *HBA) names(file string, list []token) []string {
	var all []string
	for _, t := range list {
		name, isFile := strings.CutPrefix(t.text, "@")
		if !isFile || t.quoted || name == "" {
			all = append(all, t.mark())
			continue
		}
		name = resolve(file, name)
		err := h.Lines(name, func(line string, _ int) error {
			for _, field := range tokens(line) {
				all = append(all, h.names(name, field)...)
			}
			return nil
		})
		if err != nil {
			h.Miss(name, err)
			all = append(all, t.text)
		}
	}
	return all
}

// address reads the address of a rule, and its mask where that stands in a column of its own.
func (r *Rule) address(fields [][]token) ([][]token, error) {
	r.Address = fields[0][0].mark()
	switch r.Address {
	case "all", "samehost", "samenet":
		return fields[1:], nil
	}
	if p, err := netip.ParsePrefix(r.Address); err == nil {
		r.Network = p.Masked()
		return fields[1:], nil
	}
	a, err := netip.ParseAddr(r.Address)
	switch {
	case err != nil && strings.ContainsAny(r.Address, "/:"):
		return nil, errors.New("not an address: " + r.Address)
	case !a.IsValid(): // a host name
		return fields[1:], nil
	case len(fields) < 2:
		return nil, errors.New("an address without a mask")
	}
	mask, err := netip.ParseAddr(fields[1][0].text)
	if err != nil || mask.BitLen() != a.BitLen() {
		return nil, errors.New("not a mask: " + fields[1][0].text)
	}
	bits := ones(mask)
	if bits < 0 {
		return nil, errors.New("a mask with holes is not read")
	}
	r.Network = netip.PrefixFrom(a, bits).Masked()
	return fields[2:], nil
}

// ones is the length of a mask, negative for one with holes.
func ones(mask netip.Addr) int {
	n, done := 0, false
	for _, b := range mask.AsSlice() {
		for bit := 7; bit >= 0; bit-- {
			set := b&(1<<bit) != 0
			if set && done {
				return -1
			}
			done = done || !set
			if set {
				n++
			}
		}
	}
	return n
}

// token is a word of a line; quotes take the special meaning from all, sameuser and the like.
type token struct {
	text   string
	quoted bool
}

// mark is the text of a token, with a mark where quotes make an ordinary name of a keyword.
func (t token) mark() string {
	if t.quoted {
		return `"` + t.text + `"`
	}
	return t.text
}

// tokens splits a line into fields, and each field at its commas. A # begins a comment. A quote that is not closed ends with the line.
func tokens(line string) [][]token {
	var fields [][]token
	var field []token
	var b strings.Builder
	inQuotes, quoted, any, comma := false, false, false, false
	end := func() {
		if any {
			field = append(field, token{b.String(), quoted})
		}
		b.Reset()
		quoted, any = false, false
	}
	for n := 0; n < len(line); n++ {
		c := line[n]
		switch {
		case c == '"' && inQuotes && n+1 < len(line) && line[n+1] == '"':
			b.WriteByte('"')
			n++
		case c == '"':
			inQuotes = !inQuotes
			quoted, any = quoted || b.Len() == 0, true
			comma = false
		case inQuotes:
			b.WriteByte(c)
		case c == '#':
			n = len(line)
		case c == ',':
			end()
			comma = true
		case c == ' ' || c == '\t' || c == '\r' || c == '\n':
			end()
			if !comma && field != nil {
				fields, field = append(fields, field), nil
			}
		default:
			b.WriteByte(c)
			any, comma = true, false
		}
	}
	end()
	if field != nil {
		fields = append(fields, field)
	}
	return fields
}
