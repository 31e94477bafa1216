package apache

import "strings"

// names are the Host headers for which the host answers.
func (k Socket) names(h *Host) []text {
	var all []text
	for _, name := range append([]string{h.Name}, h.Aliases...) {
		if name != "" {
			one := text{s: strings.ToLower(strings.NewReplacer("*", "any", "?", "x").Replace(name))}
			if strings.ContainsAny(name, "*?") {
				one.kind = sample
			}
			if k.For(one.s) == h {
				all = append(all, one)
			}
		}
	}
	if k.Hosts[0] == h && k.For(unknownHost) == h {
		all = append(all, text{s: unknownHost, kind: sample})
	}
	return all
}

// probes are paths that are tried one by one: some that every host has, and those that its directives name.
func (sc scope) probes() []string {
	all := []string{"/", "/index.html", "/tomscan-probe/page"}
	add := func(path string) {
		if strings.HasPrefix(path, "/") && len(all) < 64 && !exempt(path) {
			all = append(all, path, strings.TrimSuffix(path, "/")+"/page")
		}
	}
	visit := func(d *Directive) {
		for n, arg := range d.Args {
			switch d.Name {
			case "redirect", "alias", "scriptalias", "location", "proxypass":
				if n < 2 && !strings.ContainsAny(arg, "*?") {
					add(arg)
				}
			case "redirectmatch", "rewriterule", "locationmatch", "rewritecond", "aliasmatch":
				if re, _ := compile(strings.TrimPrefix(arg, "!"), false); re != nil && n < 2 {
					literal, _ := re.LiteralPrefix()
					trimmed, _ := compile(strings.TrimLeft(arg, "!^"), false)
					if literal == "" && trimmed != nil {
						literal, _ = trimmed.LiteralPrefix()
					}
					if literal != "" {
						add("/" + strings.TrimPrefix(literal, "/"))
					}
				}
			}
		}
	}
	for _, list := range [][]*Directive{sc.own, sc.main} {
		for _, d := range list {
			visit(d)
			if d.Section && d.Name != "virtualhost" {
				walk(d, visit)
			}
		}
	}
	return all
}
