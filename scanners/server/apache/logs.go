package apache

import "strings"

// DocLogs tells which logs a host writes.
const DocLogs = "https://httpd.apache.org/docs/2.4/mod/mod_log_config.html#customlog"

// Logs says whether every request to a host is written to some log, and where that is decided. A host that has logs of its own does not
// write those of the main server, but for those with GlobalLog. A log with a condition does not get every request.
func (h *Host) Logs() (all bool, at Position, doubt *Problem) {
	sc := h.scope()
	doubt = sc.doubt
	lists := [][]*Directive{sc.own, sc.main}
	for n, list := range lists {
		own := false
		for _, d := range list {
			global := d.Name == "globallog" && n == len(lists)-1
			if d.Name != "customlog" && d.Name != "transferlog" && !global {
				continue
			}
			if d.Doubt != nil {
				doubt = first(doubt, d.Doubt)
				continue
			}
			own = own || !global
			if unconditional(d) {
				return true, d.At, nil
			}
			at = d.At
		}
		if own && n == 0 {
			for _, d := range sc.main {
				if d.Name == "globallog" && d.Doubt == nil && unconditional(d) {
					return true, d.At, nil
				}
			}
			break
		}
	}
	if at == (Position{}) {
		at = h.At
	}
	return false, at, doubt
}

// unconditional says that a log gets every request. What goes nowhere is no log.
func unconditional(d *Directive) bool {
	if len(d.Args) == 0 || d.Args[0] == "/dev/null" {
		return false
	}
	for _, arg := range d.Args[1:] {
		if strings.HasPrefix(arg, "env=") || strings.HasPrefix(arg, "expr=") {
			return false
		}
	}
	return true
}
