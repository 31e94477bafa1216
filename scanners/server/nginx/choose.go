package nginx

import (
	"regexp"
	"strings"
	"unicode"
)

// pattern is the regular expression of a location or rewrite; nil for what has none, and where Go does not understand it.
func (d *Directive) pattern() *regexp.Regexp {
	modifier, text := "~", ""
	switch {
	case d.Name == "location":
		modifier, text = locationOf(d)
	case d.Name == "rewrite" && len(d.Args) > 1:
		text = d.Args[0]
	}
	if modifier == "~*" {
		text = "(?i)" + text
	} else if modifier != "~" || text == "" {
		return nil
	}
	compiled, err := regexp.Compile(text)
	if err != nil {
		return nil
	}
	return compiled
}

// matches says whether the regular expression of a location or rewrite takes a path, and whether that can be told.
func (d *Directive) matches(text, path string) (bool, bool) {
	beginning, all := allBut(text)
	switch {
	case everything(text):
		return true, true
	case all:
		return !strings.HasPrefix(path, beginning), true
	case d.expression == nil:
		return false, false
	}
	return d.expression.MatchString(path), true
}

// choose returns the location that a path is answered by, the context itself where there is none. It is false where a pattern cannot
// be told, and where a rewrite of the server comes first.
// https://nginx.org/en/docs/http/ngx_http_core_module.html#location
func choose(s *scope, path string) (*scope, bool) {
	if !s.inLocation() && rewrites(s.block, path) {
		return nil, false
	}
	return chooseIn(s, path, 0)
}

func chooseIn(s *scope, path string, depth int) (*scope, bool) {
	if depth > depthLimit {
		return nil, false
	}
	prefix, modifier := longest(s, path)
	at := s
	if prefix != nil {
		at = s.in(prefix)
		if modifier == "=" {
			return at, true
		}
		inner, ok := chooseIn(at, path, depth+1)
		if !ok {
			return nil, false
		}
		if inner.opener != at.opener {
			if m, _ := locationOf(inner.opener); strings.HasPrefix(m, "~") || m == "=" {
				return inner, true
			}
			at = inner
		}
		if modifier == "^~" {
			return at, true
		}
	}
	for _, d := range s.own("location") {
		m, pattern := locationOf(d)
		if !strings.HasPrefix(m, "~") {
			continue
		}
		switch yes, ok := d.matches(pattern, path); {
		case !ok:
			return nil, false
		case yes:
			return chooseIn(s.in(d), path, depth+1)
		}
	}
	return at, true
}

// longest is the location with the longest prefix of a path, or the path itself.
func longest(s *scope, path string) (*Directive, string) {
	var best *Directive
	bestModifier, length := "", -1
	for _, d := range s.own("location") {
		modifier, prefix := locationOf(d)
		switch {
		case modifier == "=" && prefix == path:
			return d, "="
		case (modifier == "" || modifier == "^~") && strings.HasPrefix(path, prefix) && len(prefix) > length:
			best, bestModifier, length = d, modifier, len(prefix)
		}
	}
	return best, bestModifier
}

// rewrites says whether a rewrite of a block, or of an if in it, may take a path.
func rewrites(block []*Directive, path string) bool {
	for _, d := range block {
		if d.Name == "if" && rewrites(d.Block, path) {
			return true
		}
		if d.Name == "rewrite" && len(d.Args) > 1 {
			if yes, ok := d.matches(d.Args[0], path); yes || !ok {
				return true
			}
		}
	}
	return false
}

// witnesses are paths made of the words of locations, one of which most locations should answer.
func witnesses(s *scope) []string {
	const odd = "zq7x"
	all := []string{"/", "/" + odd, "/.well-known/" + odd, "/.well-known/acme-challenge/" + odd}
	for _, p := range collect(s, nil, 0) {
		if p.named || len(all) > 2000 {
			continue
		}
		modifier, path := locationOf(p.opener)
		if !strings.HasPrefix(modifier, "~") {
			all = append(all, path, path+odd, strings.TrimSuffix(path, "/")+"/"+odd)
			continue
		}
		for _, word := range strings.FieldsFunc(path, func(r rune) bool {
			return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("/_-", r)
		}) {
			word = strings.TrimPrefix(word, "/")
			all = append(all, "/"+word, "/"+word+odd, "/"+word+"/"+odd, "/"+odd+"."+word, "/."+word, "/"+odd+"/"+word)
		}
		literal := strings.Trim(strings.ReplaceAll(path, `\`, ""), "^$")
		all = append(all, literal, "/"+odd+literal, literal+odd)
	}
	kept := all[:0]
	for _, path := range all {
		if strings.HasPrefix(path, "/") {
			kept = append(kept, path)
		}
	}
	return kept
}
