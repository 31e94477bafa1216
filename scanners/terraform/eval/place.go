package eval

import (
	"sync"

	"github.com/hashicorp/hcl/v2"

	"github.com/tomscan/tomscan/evidence"
)

// place is a range in a source file, from which a position with its excerpt is made when somebody asks for it.
type place struct {
	src                    *source
	line, col, endLine, to int32 // lines and columns count from 1
	start, end             int32 // bytes
}

// source is the text of a file.
type source struct {
	path   string // slash path relative to the boundary
	text   []byte
	values bool // a variables file

	mu       sync.Mutex
	excerpts map[span]string
}

// at returns the place of a range in s.
func (s *source) at(r hcl.Range) place {
	return place{src: s, line: int32(r.Start.Line), col: int32(r.Start.Column), endLine: int32(r.End.Line),
		to: int32(r.End.Column), start: int32(r.Start.Byte), end: int32(r.End.Byte)}
}

// position returns p with its excerpt.
func (p place) position(role evidence.Role) evidence.Position {
	if p.src == nil {
		return evidence.Position{Role: role}
	}
	return evidence.Position{File: p.src.path, StartLine: int(p.line), StartCol: int(p.col),
		EndLine: int(p.endLine), EndCol: int(p.to), Role: role, Excerpt: p.src.excerpt(span{p.start, p.end})}
}

// bare returns p without excerpt.
func (p place) bare() evidence.Position {
	if p.src == nil {
		return evidence.Position{}
	}
	return evidence.Position{File: p.src.path, StartLine: int(p.line), StartCol: int(p.col),
		EndLine: int(p.endLine), EndCol: int(p.to)}
}
