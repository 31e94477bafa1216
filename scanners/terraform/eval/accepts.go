package eval

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/tomscan/tomscan/evidence"
)

// acceptWord begins an inline accept.
const acceptWord = "tomscan:accept"

// accepting is an inline accept with the line that it stands on.
type accepting struct {
	Accept
	line  int32
	alone bool // the comment has the line for itself
}

// accepts returns the inline accepts in the comments of a native file, and a note for each malformed one. The JSON
// syntax has no comments.
func (s *source) accepts() ([]accepting, []evidence.Gap) {
	if !bytes.Contains(s.text, []byte(acceptWord)) || strings.HasSuffix(s.path, ".json") {
		return nil, nil
	}
	var found []accepting
	var notes []evidence.Gap
	tokens, _ := hclsyntax.LexConfig(s.text, s.path, hcl.InitialPos)
	for i, t := range tokens {
		if t.Type != hclsyntax.TokenComment || !bytes.Contains(t.Bytes, []byte(acceptWord)) {
			continue
		}
		alone := i == 0 || tokens[i-1].Range.End.Line < t.Range.Start.Line || bytes.HasSuffix(tokens[i-1].Bytes, []byte("\n"))
		at := s.at(t.Range)
		accept, ok := parseAccept(string(t.Bytes))
		if !ok {
			notes = append(notes, evidence.Gap{Reason: evidence.Because("accept_malformed"), At: []evidence.Position{at.bare()}})
			continue
		}
		accept.At = at.bare()
		found = append(found, accepting{accept, at.line, alone})
	}
	return found, notes
}

// parseAccept reads `tomscan:accept CHECK key=value key="value with spaces"` out of a comment.
func parseAccept(comment string) (Accept, bool) {
	_, rest, _ := strings.Cut(comment, acceptWord)
	rest = strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(rest), "*/"))
	check, rest, _ := strings.Cut(rest, " ")
	if !isCheck(check) {
		return Accept{}, false
	}
	a := Accept{Check: check, Fields: map[string]string{}}
	for rest = strings.TrimSpace(rest); rest != ""; rest = strings.TrimSpace(rest) {
		key, after, found := strings.Cut(rest, "=")
		if !found || !isAcceptField(key) {
			return Accept{}, false
		}
		value, tail, ok := acceptValue(after)
		if _, twice := a.Fields[key]; twice || !ok {
			return Accept{}, false
		}
		a.Fields[key], rest = value, tail
	}
	return a, true
}

// acceptValue reads a value, in quotes or up to the next space.
func acceptValue(text string) (value, rest string, ok bool) {
	if !strings.HasPrefix(text, `"`) {
		value, rest, _ = strings.Cut(text, " ")
		return value, rest, value != "" && !strings.Contains(value, `"`)
	}
	value, rest, ok = strings.Cut(text[1:], `"`)
	return value, rest, ok && utf8.ValidString(value) && (rest == "" || rest[0] == ' ')
}

// isCheck says whether text looks like the id of a check.
func isCheck(text string) bool {
	if !strings.Contains(text, "-") || len(text) > 64 {
		return false
	}
	for _, r := range text {
		if r != '-' && r != '_' && (r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z') {
			return false
		}
	}
	return true
}

func isAcceptField(key string) bool {
	switch key {
	case "until", "owner", "ticket", "reason":
		return true
	}
	return false
}

// attach gives the accepts of a file to the resources and module calls that they stand in or directly above.
func (c *config) attach(blocks []*block, found []accepting) {
	for n, a := range found {
		b := acceptedBlock(blocks, found[n:], a)
		if b == nil || !c.accept(b, a.Accept) {
			c.notes = append(c.notes, evidence.Gap{Reason: evidence.Because("accept_unattached", "check", a.Check), At: []evidence.Position{a.At}})
		}
	}
}

// acceptedBlock returns the block that a stands in or above. Accepts may stand below each other.
func acceptedBlock(blocks []*block, following []accepting, a accepting) *block {
	line := a.line
	for _, next := range following[1:] {
		if next.alone && next.line == line+1 {
			line = next.line
		}
	}
	for _, b := range blocks {
		if a.line >= b.whole.line && a.line <= b.whole.endLine || a.alone && line+1 == b.whole.line {
			return b
		}
	}
	return nil
}

// accept gives an accept to the resource or module call that b declares.
func (c *config) accept(b *block, a Accept) bool {
	switch {
	case len(b.labels) == 2 && (b.typ == "resource" || b.typ == "data"):
		address := b.labels[0] + "." + b.labels[1]
		if b.typ == "data" {
			address = "data." + address
		}
		if r := c.resources[address]; r != nil {
			r.accepts = append(r.accepts, a)
			return true
		}
	case len(b.labels) == 1 && b.typ == "module":
		if m := c.calls[b.labels[0]]; m != nil {
			m.accepts = append(m.accepts, a)
			return true
		}
	}
	return false
}
