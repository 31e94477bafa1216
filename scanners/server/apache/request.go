package apache

import (
	"strconv"
	"strings"
)

// request is a request in clear text, or all of those to one host.
type request struct {
	host text // of the Host header, without port
	port int
	path text

	canonical bool // the server's name is not the one that was asked for, but a name that it has
}

// variable is what a variable of mod_rewrite or of an expression is for a request over plain http. Headers that proxies set are not
// there. https://httpd.apache.org/docs/2.4/expr.html#vars
func (r request) variable(name string) text {
	name = strings.ToUpper(name)
	header, _ := strings.CutPrefix(strings.TrimPrefix(name, "HTTP:"), "REQ:")
	switch name {
	case "HTTPS", "SSL:HTTPS":
		return text{s: "off"}
	case "ENV:HTTPS":
		return text{}
	case "REQUEST_SCHEME":
		return text{s: "http"}
	case "SERVER_PORT":
		return text{s: strconv.Itoa(r.port)}
	case "HTTP_HOST", "HTTP:HOST":
		t := r.host
		if r.port != 80 {
			t.s += ":" + strconv.Itoa(r.port)
		}
		return t
	case "SERVER_NAME":
		if r.canonical {
			return text{kind: anyText}
		}
		return r.host
	case "REQUEST_URI":
		return r.path
	case "REQUEST_METHOD":
		if r.path.kind == exact {
			return text{s: "GET"}
		}
	case "QUERY_STRING":
		if r.path.kind == exact {
			return text{}
		}
	}
	header = strings.ReplaceAll(strings.TrimPrefix(header, "HTTP_"), "_", "-")
	if header != name && (strings.HasPrefix(header, "X-FORWARDED-") || header == "CLOUDFRONT-FORWARDED-PROTO" || header == "CF-VISITOR" || header == "FRONT-END-HTTPS") {
		return text{}
	}
	return text{kind: anyText}
}

// expand replaces the variables of a text; what is not one string makes the whole any text.
func (r request) expand(s string) text {
	if strings.HasPrefix(s, "%{") && strings.IndexByte(s, '}') == len(s)-1 {
		return r.variable(s[2 : len(s)-1])
	}
	var b strings.Builder
	for {
		start := strings.IndexByte(s, '%')
		if start < 0 {
			break
		}
		end := strings.IndexByte(s[start:], '}')
		if !strings.HasPrefix(s[start:], "%{") || end < 0 {
			return text{kind: anyText}
		}
		t := r.variable(s[start+2 : start+end])
		if t.kind != exact {
			return text{kind: anyText}
		}
		b.WriteString(s[:start])
		b.WriteString(t.s)
		s = s[start+end+1:]
	}
	if strings.Contains(s, "$") {
		return text{kind: anyText}
	}
	b.WriteString(s)
	return text{s: b.String()}
}

// outcomes are what may become of requests.
type outcomes struct {
	redirect bool
	refused  bool
	content  *Position // answered in clear text, or sent to another place without TLS: where that is decided
	doubt    *Problem
}

// stopped says that nothing is answered in clear text but redirects to https and refusals.
func (o outcomes) stopped() bool { return o.content == nil && o.doubt == nil }

// answered says that content is the only thing that can become of it.
func (o outcomes) answered() bool {
	return o.content != nil && !o.redirect && !o.refused && o.doubt == nil
}

func (o *outcomes) answer(at Position) {
	if o.content == nil {
		o.content = &at
	}
}

// target notes a redirect to a place.
func (o *outcomes) target(to string, at Position) {
	switch lower := strings.ToLower(to); {
	case strings.HasPrefix(lower, "https://"):
		o.redirect = true
	case strings.HasPrefix(lower, "http://") || strings.HasPrefix(lower, "/"):
		o.answer(at)
	default:
		o.doubt = first(o.doubt, &Problem{Position: at, What: at.File})
	}
}
