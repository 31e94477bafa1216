package reports

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/tomscan/tomscan/evidence"
)

// Value says a value of a setting: numbers and durations with their unit, TLS versions by name, listed values in words.
func (w Words) Value(setting, value string) string {
	unit := w.unit(setting)
	if n, err := strconv.Atoi(value); err == nil {
		return w.number(n, unit)
	}
	if unit == "tls rank" {
		return w.tls(value)
	}
	if m := duration.FindStringSubmatch(value); m != nil {
		n, _ := strconv.Atoi(m[1]) // nine digits at most
		return w.number(n, unitNames()[m[2]])
	}
	for _, key := range []string{"value." + setting + "." + value, "value." + value} {
		if text, ok := w.lookup(key); ok {
			return text
		}
	}
	switch value {
	case "never":
		return w.Text("unit.never")
	case "[]":
		return w.Text("value.nothing")
	}
	if setting == "grants" {
		value = w.grants(value)
	}
	return visible(value)
}

// grants says how far the grants of a policy reach: "s3:* (everything)".
func (w Words) grants(value string) string {
	pairs := []string{}
	for _, scope := range []string{"actions", "everything", "resources", "service"} {
		pairs = append(pairs, "("+scope+")", "("+w.Text("value.grants."+scope)+")")
	}
	return strings.NewReplacer(pairs...).Replace(value)
}

// duration is a duration as an annex writes it.
var duration = regexp.MustCompile(`^([0-9]{1,9})(m|h|d|mo|y)$`)

// unitNames are the units of durations by how an annex writes them.
func unitNames() map[string]string {
	return map[string]string{"m": "minutes", "h": "hours", "d": "days", "mo": "months", "y": "years"}
}

// tls says a TLS version that is written 1.2.
func (w Words) tls(version string) string {
	switch {
	case version == "none":
		return w.Text("unit.no_tls")
	case len(version) == 3 && strings.HasPrefix(version, "1."):
		return "TLS " + visible(version)
	}
	return visible(version)
}

// unit is what numbers of a setting count.
func (w Words) unit(setting string) string {
	if w.texts == nil {
		w = english()
	}
	return w.fields[setting].Unit
}

func (w Words) number(n int, unit string) string {
	switch {
	case unit == "tls rank" && n == evidence.RankPlain:
		return w.Text("unit.no_tls")
	case unit == "tls rank" && n == evidence.RankSSL30:
		return "SSL 3.0"
	case unit == "tls rank":
		return "TLS 1." + strconv.Itoa(n%10)
	case n == evidence.Never:
		return w.Text("unit.never")
	case w.Has("unit." + unit + ".one"):
		return w.Count("unit."+unit, n)
	}
	return strconv.Itoa(n)
}
