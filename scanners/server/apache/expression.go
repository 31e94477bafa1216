package apache

import (
	"regexp"
	"strings"
)

var comparison = regexp.MustCompile(`^(!?)\s*(?:\(\s*)?"?%\{([A-Za-z0-9_:-]+)\}"?\s*(==|!=|=~|!~|=|-eq|-ne|-strmatch|-strcmatch)\s*(?:'([^']*)'|"([^"]*)"|m?[/#](.*)[/#](i?)|(\d+))\s*\)?$`)

// expression says how often an expression holds: one comparison of a variable is understood. https://httpd.apache.org/docs/2.4/expr.html
func expression(s string, q request) often {
	s = strings.TrimSpace(s)
	switch strings.ToLower(s) {
	case "true":
		return always
	case "false":
		return never
	}
	m := comparison.FindStringSubmatch(s)
	if m == nil {
		return sometimes
	}
	value, operand := q.variable(m[2]), m[4]+m[5]+m[8]
	var how often
	switch m[3] {
	case "==", "=", "-eq":
		how = equal(value, operand, false)
	case "!=", "-ne":
		how = equal(value, operand, false).not()
	case "=~":
		how = matches(m[6]+m[4]+m[5], m[7] != "", value)
	case "!~":
		how = matches(m[6]+m[4]+m[5], m[7] != "", value).not()
	default:
		return sometimes
	}
	if m[1] == "!" {
		return how.not()
	}
	return how
}
