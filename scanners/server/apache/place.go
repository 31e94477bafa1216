package apache

import (
	"errors"
	"io/fs"
	"path"
	"strings"
)

// mapping is one way from URLs to files: DocumentRoot, or an Alias.
type mapping struct {
	url, file string
	unknown   bool // by an expression
}

// mappings lists the ways to files, aliases first: those of the host go before those of the main server.
func (sc scope) mappings() []mapping {
	var all []mapping
	for _, list := range [][]*Directive{sc.own, sc.main} {
		for _, d := range list {
			switch d.Name {
			case "alias", "scriptalias":
				if len(d.Args) == 2 {
					all = append(all, mapping{d.Args[0], sc.path(d.Args[1]), d.Doubt != nil})
				}
			case "aliasmatch", "scriptaliasmatch", "virtualdocumentroot", "virtualscriptalias", "userdir":
				if d.args() != "disabled" && !strings.HasPrefix(d.args(), "disabled ") {
					all = append(all, mapping{unknown: true})
				}
			}
		}
	}
	return append(all, mapping{url: "", file: sc.root()})
}

// root is the directory of the host's files. https://httpd.apache.org/docs/2.4/mod/core.html#documentroot
func (sc scope) root() string {
	d, _ := sc.last("documentroot")
	if d == nil || len(d.Args) == 0 {
		return sc.path("htdocs")
	}
	return sc.path(d.Args[0])
}

func (sc scope) path(name string) string {
	if path.IsAbs(name) {
		return path.Clean(name)
	}
	return path.Join(sc.host.server.Tree.Root, name)
}

// proxies says whether some requests are handed to another server, so that no directory concerns them.
func (sc scope) proxies() bool { return sc.proxied }

// universal says that a section is for every request to the host.
func (sc scope) universal(d *Directive) bool {
	return sc.concerns(d, request{path: text{kind: anyPath}, host: text{kind: anyText}, port: -1}, sc.proxies()) == always
}

// concerns says how often a section is for a request. Proxied requests have no files.
func (sc scope) concerns(d *Directive, q request, proxied bool) often {
	name := d.Name
	if len(d.Args) > 1 && d.Args[0] == "~" {
		name += "match"
	}
	how := never
	switch name {
	case "location":
		how = underURL(pattern(d), q.path)
	case "locationmatch":
		how = matches(pattern(d), false, q.path)
	case "directory":
		how = sc.underDirectory(pattern(d), q.path)
	case "directorymatch", "files", "filesmatch":
		how = sometimes
		if name != "directorymatch" && q.path.kind == exact {
			how = named(name, pattern(d), q.path.s)
		}
	case "if":
		how = expression(strings.Trim(d.Raw, ` "`), q)
		if len(d.Args) == 1 {
			how = expression(d.Args[0], q)
		}
	case "elseif", "else":
		how = sometimes
	}
	if rank(d) <= 3 && proxied {
		how = min(how, sometimes)
	}
	if d.Doubt != nil && how == always {
		how = sometimes
	}
	return how
}

// named says whether the last part of a path is a file of the section's name.
func named(name, pattern, url string) often {
	base := path.Base(url)
	if strings.HasSuffix(url, "/") {
		base = "index.html"
	}
	if name == "filesmatch" {
		return matches(pattern, false, text{s: base})
	}
	ok, err := path.Match(pattern, base)
	return whether(ok && err == nil)
}

// underURL says how often a path is in a Location, or begins with the path of a Redirect or Alias.
func underURL(prefix string, p text) often {
	switch {
	case prefix == "/" || prefix == "":
		return always
	case strings.ContainsAny(prefix, "*?["):
		return sometimes
	case p.kind == exact:
		rest, ok := strings.CutPrefix(p.s, prefix)
		return whether(ok && (rest == "" || strings.HasSuffix(prefix, "/") || rest[0] == '/'))
	case exempt(prefix):
		return never
	}
	return sometimes
}

// underDirectory says how often the file of a path is in a directory.
func (sc scope) underDirectory(dir string, p text) often {
	if strings.ContainsAny(dir, "*?[") {
		return sometimes
	}
	dir = sc.path(dir)
	in, out, near := false, false, false
	for _, m := range sc.ways {
		switch {
		case m.unknown:
			in, out = in || dir == "/", out || dir != "/"
			near = near || dir != "/"
			continue
		case p.kind == exact:
			how := underURL(m.url, p)
			if m.url == "" {
				how = always
			}
			if how == never {
				continue
			}
			m.file = path.Join(m.file, strings.TrimPrefix(p.s, m.url))
		}
		switch {
		case below(m.file, dir):
			in = true
		default:
			out, near = true, near || p.kind != exact && below(dir, m.file)
		}
		if p.kind == exact {
			break
		}
	}
	switch {
	case in && !out:
		return always
	case in || near:
		return sometimes
	}
	return never
}

// below says that a path is a directory or in it.
func below(name, dir string) bool {
	return name == dir || dir == "/" || strings.HasPrefix(name, strings.TrimSuffix(dir, "/")+"/")
}

// htaccess is why files in the directories of the host may change what it says, in classes such as fileinfo. What they say was
// read where the file of the root directory was collected; then there is no doubt.
// https://httpd.apache.org/docs/2.4/mod/core.html#allowoverride
func (sc scope) htaccess(class string) *Problem {
	var doubt *Problem
	allowed := map[string]bool{}
	for _, section := range sc.sections {
		if rank(section) > 2 || !sc.overrides(section) {
			continue
		}
		for _, d := range section.Children {
			if d.Name == "allowoverride" || d.Name == "allowoverridelist" {
				allowed[d.Name] = permits(d, class)
				doubt = &Problem{Position: d.At, What: path.Join(sc.root(), ".htaccess")}
			}
		}
	}
	if !allowed["allowoverride"] && !allowed["allowoverridelist"] {
		return nil
	}
	_, err := sc.host.server.Tree.files.Stat(doubt.What)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	doubt.Err = err
	return doubt
}

// overrides says that a section may concern files of the host.
func (sc scope) overrides(section *Directive) bool {
	return sc.concerns(section, request{path: text{kind: anyPath}}, false) != never
}

// permits says whether AllowOverride permits a class.
func permits(d *Directive, class string) bool {
	if d.Name == "allowoverridelist" {
		return d.args() != "none"
	}
	for _, arg := range d.Args {
		if arg = strings.ToLower(arg); arg == "all" || arg == class {
			return true
		}
	}
	return false
}
