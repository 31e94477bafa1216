package packets

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/tomscan/tomscan/scanners/server/capture"
)

// ReadNFTFile reads what `nft -f` would load from a file, with the files that it includes. An error says that a part was not understood
// which may be anything.
func ReadNFTFile(files capture.Files, name string) (*Ruleset, error) {
	r := fileReader{files: files, defined: map[string][]token{}}
	if err := r.file(name, 0); err != nil {
		return nil, err
	}
	return r.tree.compile(), nil
}

// fileReader reads files of nft's language.
type fileReader struct {
	files   capture.Files
	tree    nftTree
	defined map[string][]token
	tokens  []token // of the file that is read
	ahead   []token // of a variable, before them
	name    string
	total   int // tokens so far
}

// includeDepth is nft's limit: https://man7.org/linux/man-pages/man8/nft.8.html#INPUT_FILE_FORMATS
const includeDepth = 16

// tokenLimit bounds what variables and includes can unfold to.
const tokenLimit = 1_000_000

// file reads one file.
func (r *fileReader) file(name string, depth int) error {
	if depth > includeDepth {
		return fmt.Errorf("read %s: includes lie too deep in one another", name)
	}
	text, err := r.files.Read(name)
	if err != nil {
		return err
	}
	tokens, err := lexNFT(string(text))
	if err != nil {
		return fmt.Errorf("read %s: %w", name, err)
	}
	before := *r
	r.tokens, r.ahead, r.name = tokens, nil, name
	defer func() { r.tokens, r.ahead, r.name = before.tokens, before.ahead, before.name }()
	for r.more() {
		if err := r.top(depth); err != nil {
			return err
		}
	}
	return nil
}

// more says whether tokens are left.
func (r *fileReader) more() bool { return len(r.ahead)+len(r.tokens) > 0 }

// peek is the next token, with variables replaced.
func (r *fileReader) peek() token {
	for r.more() {
		from := &r.ahead
		if len(r.ahead) == 0 {
			from = &r.tokens
		}
		t := (*from)[0]
		value, ok := r.defined[t.text]
		if t.kind != "variable" || !ok {
			return t
		}
		if r.total += len(value); r.total > tokenLimit {
			return t
		}
		replaced := slices.Clone(value)
		for i := range replaced {
			replaced[i].line = t.line
		}
		*from = (*from)[1:]
		r.ahead = append(replaced, r.ahead...)
	}
	return token{kind: "end"}
}

// next takes the next token.
func (r *fileReader) next() token {
	t := r.peek()
	switch {
	case len(r.ahead) > 0:
		r.ahead = r.ahead[1:]
	case len(r.tokens) > 0:
		r.tokens = r.tokens[1:]
	}
	return t
}

// is says whether the next token is the word or sign, and takes it.
func (r *fileReader) is(text string) bool {
	if t := r.peek(); t.kind == "string" || t.text != text {
		return false
	}
	r.next()
	return true
}

// sep skips ends of statements.
func (r *fileReader) sep() {
	for r.more() && r.peek().kind == "end" {
		r.next()
	}
}

// wrong is the error of a part that is not understood.
func (r *fileReader) wrong(t token) error {
	return fmt.Errorf("read %s:%d: %q is not understood", r.name, t.line, cutText(t.text))
}

// top reads a command.
func (r *fileReader) top(depth int) error {
	r.sep()
	if !r.more() {
		return nil
	}
	t := r.next()
	switch t.text {
	case "include":
		return r.include(r.next().text, depth)
	case "define", "redefine":
		return r.define(t)
	case "undefine":
		delete(r.defined, r.next().text)
		return nil
	case "flush":
		return r.flush(t)
	case "table":
		return r.table(r.family())
	case "delete", "destroy":
		return r.delete(t)
	case "add", "create", "insert":
		return r.add(r.next(), t.text == "insert")
	case "chain", "rule", "set", "map", "element":
		return r.add(t, false)
	}
	return r.wrong(t)
}

// include reads the files that match a pattern. A pattern without a match is no error, a file that is not there is.
func (r *fileReader) include(pattern string, depth int) error {
	if !path.IsAbs(pattern) {
		pattern = path.Join("/etc", pattern) // the folder that nft is built with; ./ is that of whoever starts it
	}
	names, err := capture.Glob(r.files, pattern)
	if err != nil {
		return fmt.Errorf("read %s: %w", r.name, err)
	}
	if len(names) == 0 && !strings.ContainsAny(pattern, "*?[") {
		return fmt.Errorf("read %s: include %s: %w", r.name, pattern, fs.ErrNotExist)
	}
	for _, name := range names {
		if info, err := r.files.Stat(name); err == nil && info.Mode.IsDir() {
			continue
		}
		if err := r.file(name, depth+1); err != nil {
			return err
		}
	}
	return nil
}

// define reads a variable: its tokens up to the end of the line, that of braces left out.
func (r *fileReader) define(at token) error {
	name := r.next().text
	if !r.is("=") {
		return r.wrong(at)
	}
	var value []token
	for depth := 0; r.more(); {
		t := r.peek()
		if t.kind == "end" && depth == 0 {
			break
		}
		if t.kind == "variable" { // one that is not defined; with itself it would never end
			return r.wrong(t)
		}
		depth += braces(t)
		if t = r.next(); t.kind != "end" {
			value = append(value, t)
		}
		if r.total++; r.total > tokenLimit {
			return errors.New("variables unfold without an end")
		}
	}
	r.defined[name] = value
	return nil
}

// braces is how much deeper a token leads.
func braces(t token) int {
	switch {
	case t.kind == "sign" && t.text == "{":
		return 1
	case t.kind == "sign" && t.text == "}":
		return -1
	}
	return 0
}

// family reads the family of a table; without a word it is ip.
func (r *fileReader) family() string {
	switch f := r.peek().text; f {
	case "ip", "ip6", "inet", "arp", "bridge", "netdev":
		r.next()
		return f
	}
	return "ip"
}

// flush empties everything, or a table's or chain's rules.
func (r *fileReader) flush(at token) error {
	switch r.next().text {
	case "ruleset":
		if f := r.peek(); f.kind != "end" {
			return r.wrong(at)
		}
		r.tree = nftTree{}
	case "table":
		family, table := r.family(), r.next().text
		r.tree.rules = slices.DeleteFunc(r.tree.rules, func(o nftRule) bool { return o.id.family == family && o.id.table == table })
	case "chain":
		id := chainID{r.family(), r.next().text, r.next().text}
		r.tree.rules = slices.DeleteFunc(r.tree.rules, func(o nftRule) bool { return o.id == id })
	default:
		return r.wrong(at)
	}
	return nil
}

// delete removes a table.
func (r *fileReader) delete(at token) error {
	if !r.is("table") {
		return r.wrong(at)
	}
	r.drop(r.family(), r.next().text)
	return nil
}

func (r *fileReader) drop(family, table string) {
	r.tree.chains = slices.DeleteFunc(r.tree.chains, func(c *Chain) bool { return c.ID.family == family && c.ID.table == table })
	r.tree.rules = slices.DeleteFunc(r.tree.rules, func(o nftRule) bool { return o.id.family == family && o.id.table == table })
	r.tree.sets = slices.DeleteFunc(r.tree.sets, func(s nftSet) bool { return s.table.family == family && s.table.table == table })
}
