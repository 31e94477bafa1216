package eval

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"sync"

	"github.com/tomscan/tomscan/evidence"
)

// Parser reads and parses configurations below a file boundary. It may be used by several goroutines; a module that
// several roots call is parsed once.
type Parser struct {
	fs     fs.FS
	mu     sync.Mutex
	inputs map[string]evidence.Input
	loaded map[string]*loading
	calls  map[string]int // how many module calls lead to a directory, as FindRoots saw
	work   int            // what one root may cause, see maxRootWork
}

// loading is a module directory that is parsed once.
type loading struct {
	once sync.Once
	conf *config
	err  error
}

// NewParser returns a parser of the files below fsys, whose root is the boundary: no path leaves it. Links are followed
// as fsys follows them.
func NewParser(fsys fs.FS) *Parser {
	return &Parser{fs: fsys, inputs: map[string]evidence.Input{}, loaded: map[string]*loading{}, calls: map[string]int{}, work: maxRootWork}
}

// Inputs returns the files that were read so far, sorted by path.
func (p *Parser) Inputs() []evidence.Input {
	p.mu.Lock()
	defer p.mu.Unlock()
	inputs := make([]evidence.Input, 0, len(p.inputs))
	for _, in := range p.inputs {
		inputs = append(inputs, in)
	}
	slices.SortFunc(inputs, func(a, b evidence.Input) int { return cmp.Compare(a.Path, b.Path) })
	return inputs
}

// errTooBig is the error of a file over the size limit.
var errTooBig = errors.New("file is too large")

// read reads a file of at most limit bytes and records it as an input.
func (p *Parser) read(name string, limit int64) ([]byte, error) {
	f, err := p.fs.Open(name)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%s: not a regular file", name)
	}
	text, err := readAll(f, min(info.Size(), limit), limit)
	if err != nil {
		return nil, err
	}
	p.record(name, text)
	return text, nil
}

// readAll reads f, which is expected to have size bytes and must not have more than limit.
func readAll(f io.Reader, size, limit int64) ([]byte, error) {
	text := make([]byte, 0, size+1)
	for {
		n, err := f.Read(text[len(text):cap(text)])
		text = text[:len(text)+n]
		switch {
		case int64(len(text)) > limit:
			return nil, errTooBig
		case errors.Is(err, io.EOF):
			return text, nil
		case err != nil:
			return nil, err
		case len(text) == cap(text):
			text = append(text, 0)[:len(text)]
		}
	}
}

// record remembers a file as an input.
func (p *Parser) record(name string, text []byte) {
	p.mu.Lock()
	_, known := p.inputs[name]
	p.mu.Unlock()
	if known {
		return
	}
	sum := sha256.Sum256(text)
	p.mu.Lock()
	defer p.mu.Unlock()
	p.inputs[name] = evidence.Input{Path: name, SHA256: hex.EncodeToString(sum[:]), Size: len(text)}
}

// load returns the configuration of a directory.
func (p *Parser) load(dir string) (*config, error) {
	p.mu.Lock()
	l := p.loaded[dir]
	if l == nil {
		l = &loading{}
		p.loaded[dir] = l
	}
	p.mu.Unlock()
	l.once.Do(func() { l.conf, l.err = p.loadConfig(dir) })
	return l.conf, l.err
}

// release drops the parsed configurations of directories that no other root needs.
func (p *Parser) release(dirs []string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, dir := range dirs {
		if p.calls[dir] < 2 {
			delete(p.loaded, dir)
		}
	}
}
