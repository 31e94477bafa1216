package nginx

import (
	"regexp"
	"strconv"
	"strings"
)

// secondsOfDay is how a max-age becomes days.
const secondsOfDay = 86400

// docHeader says that only what is added is sent.
const docHeader = "https://nginx.org/en/docs/http/ngx_http_headers_module.html#add_header"

// maxAge is the time in a header: https://datatracker.ietf.org/doc/html/rfc6797#section-6.1.1
var maxAge = regexp.MustCompile(`(?i)(?:^|;)\s*max-age\s*=\s*"?(\d{1,12})"?\s*(?:;|$)`)

// hsts is for how many days clients are told to use https in a context. An application behind it may send the header by itself.
func hsts(s *scope) Setting[int] {
	list, unread := s.effective("add_header", false)
	for _, d := range list {
		if len(d.Args) < 2 || !strings.EqualFold(d.Args[0], "Strict-Transport-Security") || d.Args[1] == "" {
			continue
		}
		if strings.Contains(d.Args[1], "$") {
			return open[int](d)
		}
		return known(days(d.Args[1]), d)
	}
	if unread != nil {
		return open[int](unread)
	}
	if d := sender(s); d != nil {
		return open[int](d)
	}
	if len(list) > 0 {
		return known(0, list[0])
	}
	return unset(0, docHeader)
}

// days are the days of a header's value.
func days(header string) int {
	m := maxAge.FindStringSubmatch(header)
	if m == nil {
		return 0
	}
	seconds, err := strconv.Atoi(m[1])
	if err != nil {
		return 0
	}
	return seconds / secondsOfDay
}

// sender finds what else may send the header: an application, or a module of a third party.
func sender(s *scope) *Directive {
	for c := s; c != nil; c = c.up {
		for _, d := range c.block {
			header := strings.Contains(strings.ToLower(d.Text()), "strict-transport-security")
			if strings.HasPrefix(d.Name, "more_") && header || isForeign(d.Name) || strings.HasPrefix(d.Name, "header_filter_by_lua") {
				return d
			}
			if c == s && strings.HasSuffix(d.Name, "_pass") {
				return d
			}
		}
	}
	return nil
}

// hasNoAlways says whether the header is left out of the answers for errors.
func hasNoAlways(s *scope) *Directive {
	list, _ := s.effective("add_header", false)
	for _, d := range list {
		if len(d.Args) == 2 && strings.EqualFold(d.Args[0], "Strict-Transport-Security") {
			return d
		}
	}
	return nil
}
