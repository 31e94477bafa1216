package nginx

import (
	"strconv"
	"strings"
)

// often says for how many requests of a class something holds.
type often int

const (
	never  often = iota
	maybe        // for some, none or all
	always       // surely for some, if not for all
)

// holds says how often a condition holds for the request, and how often it does not.
// https://nginx.org/en/docs/http/ngx_http_rewrite_module.html#if
func (r *request) holds(d *Directive) (often, often) {
	words := condition(d)
	if len(words) == 0 || !strings.HasPrefix(words[0], "$") {
		return maybe, maybe
	}
	variable := strings.Trim(words[0], "${}")
	value, isKnown := r.value(variable)
	switch {
	case len(words) == 1 && isKnown:
		return certain(value != "" && value != "0")
	case len(words) == 1:
		return free(variable)
	case len(words) != 3:
		return maybe, maybe
	}
	operator, operand := words[1], words[2]
	switch operator {
	case "=", "!=":
		equal, differs := free(variable)
		switch {
		case strings.Contains(operand, "$"):
			equal, differs = maybe, maybe
		case isKnown:
			equal, differs = certain(value == operand)
		case variable == "host" || variable == "http_host": // another host than the names of the server
			equal, differs = maybe, always
			if variable == "host" && r.server.has(operand) {
				equal = never
			}
		}
		if operator == "!=" {
			return differs, equal
		}
		return equal, differs
	case "~", "~*", "!~", "!~*":
		matches, misses := r.pattern(variable, operand)
		if strings.HasPrefix(operator, "!") {
			return misses, matches
		}
		return matches, misses
	}
	return maybe, maybe
}

// condition is what stands in the parentheses.
func condition(d *Directive) []string {
	words := strings.Fields(strings.Join(quotedEmpty(d.Args), " "))
	if len(words) == 0 {
		return nil
	}
	words[0] = strings.TrimPrefix(words[0], "(")
	last := len(words) - 1
	words[last] = strings.TrimSuffix(words[last], ")")
	if words[0] == "" {
		words = words[1:]
	}
	if n := len(words); n > 1 && words[n-1] == "" {
		words = words[:n-1]
	}
	for i, w := range words {
		if w == emptyWord {
			words[i] = ""
		}
	}
	return words
}

// emptyWord stands for a word that is empty.
const emptyWord = "\x00"

func quotedEmpty(words []string) []string {
	all := make([]string, len(words))
	for i, w := range words {
		if all[i] = w; w == "" {
			all[i] = emptyWord
		}
	}
	return all
}

// value is the value of a variable for plain requests of the class.
func (r *request) value(variable string) (string, bool) {
	switch variable {
	case "scheme":
		if r.tls {
			return "https", true
		}
		return "http", true
	case "https":
		if r.tls {
			return "on", true
		}
		return "", true
	case "ssl_protocol", "ssl_cipher", "ssl_server_name":
		return "", !r.tls
	case "server_port":
		return strconv.Itoa(r.port), r.port > 0
	case "host":
		return r.host, r.host != ""
	case "server_name":
		return r.server.names()[0], true
	}
	return "", false
}

// has says whether the server has a name, by which a request for an unexpected host cannot ask.
func (s *server) has(name string) bool {
	for _, n := range s.names() {
		if n == name {
			return true
		}
	}
	return false
}

// certain is a condition that is known.
func certain(b bool) (often, often) {
	if b {
		return always, never
	}
	return never, always
}

// free says how often a comparison with a word holds: whatever the client chooses can be equal, and can differ.
func free(variable string) (often, often) {
	for _, prefix := range []string{"http_", "arg_", "cookie_"} {
		if strings.HasPrefix(variable, prefix) {
			return always, always
		}
	}
	switch variable {
	case "args", "query_string", "is_args":
		return always, always
	case "request_method", "uri", "request_uri", "document_uri", "request_filename":
		return maybe, always
	}
	return maybe, maybe
}

// pattern says how often a regular expression matches.
func (r *request) pattern(variable, expression string) (often, often) {
	path := variable == "uri" || variable == "request_uri" || variable == "document_uri"
	switch {
	case path && validates(expression) && r.all:
		return maybe, maybe
	case path && validates(expression):
		return never, always // the requests left out of account are the only ones that match
	case path && everything(expression):
		return always, never
	}
	return maybe, maybe
}
