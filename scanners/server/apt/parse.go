package apt

import (
	"errors"
	"strings"
)

// nestedLimit is how deep groups may lie in each other.
const nestedLimit = 64

// parser reads one file.
type parser struct {
	lexer
	file   string
	conf   *Conf
	groups []string
}

// parse reads `name "value";`, `name { ... };` and `"value";` in a group, with the comments // and # to the end of a line and /* */.
func (p *parser) parse() error {
	for {
		t, err := p.next()
		if err != nil {
			return err
		}
		switch {
		case t.kind == end:
			if len(p.groups) > 0 {
				return errors.New("a group is not closed")
			}
			return nil
		case t.kind == directive:
			if err := p.directive(t.text); err != nil {
				return err
			}
		case t.text == "}" && t.kind == mark:
			if len(p.groups) == 0 {
				return errors.New("a closing brace too many")
			}
			p.groups = p.groups[:len(p.groups)-1]
		case t.text == ";" && t.kind == mark:
		case t.kind == quoted: // an element of the list that the group is
			if len(p.groups) == 0 {
				return errors.New("a value without a name")
			}
			p.conf.set(Item{Name: p.name("") + "::", Value: t.text, File: p.file, Line: p.line})
		case t.kind == word:
			if err := p.item(t.text); err != nil {
				return err
			}
		default:
			return errors.New("not understood: " + t.text)
		}
	}
}

// item reads what follows a name: a value, a group, or nothing.
func (p *parser) item(name string) error {
	line := p.line
	t, err := p.next()
	switch {
	case err != nil:
		return err
	case t.kind == mark && t.text == "{":
		if len(p.groups) >= nestedLimit {
			return errors.New("groups lie too deep in each other")
		}
		p.groups = append(p.groups, name)
	case t.kind == quoted || t.kind == word:
		p.conf.set(Item{Name: p.name(name), Value: t.text, File: p.file, Line: line})
	case t.kind == mark && t.text == ";":
		p.conf.set(Item{Name: p.name(name), File: p.file, Line: line})
	default:
		return errors.New("a name without a value: " + name)
	}
	return nil
}

// name is the full name of something in the groups that are open.
func (p *parser) name(last string) string {
	parts := append([]string{}, p.groups...)
	if last != "" {
		parts = append(parts, last)
	}
	return strings.Join(parts, "::")
}

// directive carries out #clear. An #include names a file that may lie anywhere: it is not followed, and said to be one.
func (p *parser) directive(text string) error {
	f := strings.Fields(strings.TrimSuffix(text, ";"))
	if len(f) == 0 {
		return nil
	}
	switch f[0] {
	case "#clear":
		for _, name := range f[1:] {
			p.conf.clear(name)
		}
		return nil
	case "#include":
		return errors.New("#include is not followed")
	}
	return nil
}
