package apache

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// rewriter goes through the rules of one context. https://httpd.apache.org/docs/2.4/rewrite/tech.html
type rewriter struct {
	request request
	rules   []rule
	subject func(request) text // what the patterns are matched with
	out     *outcomes
	steps   int
}

// rule is a RewriteRule with its conditions.
type rule struct {
	conditions []*Directive
	rule       *Directive
	flags      []string
}

// stepLimit bounds the ways through the rules.
const stepLimit = 4096

// rulesOf collects the rules of a context.
func rulesOf(list []*Directive) []rule {
	var all []rule
	var conditions []*Directive
	for _, d := range list {
		switch d.Name {
		case "rewritecond":
			conditions = append(conditions, d)
		case "rewriterule":
			r := rule{conditions: conditions, rule: d}
			if len(d.Args) > 2 {
				r.flags = flags(d.Args[2])
			}
			all, conditions = append(all, r), nil
		}
	}
	return all
}

// flags reads [L,R=301] in lower case.
func flags(arg string) []string {
	var all []string
	for f := range strings.SplitSeq(strings.Trim(arg, "[]"), ",") {
		all = append(all, strings.ToLower(strings.TrimSpace(f)))
	}
	return all
}

// flag finds a flag by its long or short name, with its value.
func (r rule) flag(names ...string) (string, bool) {
	for _, f := range r.flags {
		name, value, _ := strings.Cut(f, "=")
		if slices.Contains(names, name) {
			return value, true
		}
	}
	return "", false
}

// passed are requests that went through all rules: changed without being passed on as a URL, or not.
type passed struct {
	request request
	changed bool
}

// run follows the rules from one on, and returns what comes out behind them.
func (w *rewriter) run(n int, p passed) []passed {
	for ; n < len(w.rules); n++ {
		if w.steps++; w.steps > stepLimit {
			w.out.doubt = first(w.out.doubt, &Problem{Position: w.rules[n].rule.At, What: w.rules[n].rule.At.File})
			return nil
		}
		r := w.rules[n]
		if r.rule.Doubt != nil || len(r.rule.Args) < 2 {
			w.out.doubt = first(w.out.doubt, r.rule.Doubt, &Problem{Position: r.rule.At, What: r.rule.At.File})
			return nil
		}
		how := both(w.pattern(r, p.request), w.hold(r, p.request))
		var others []passed
		if how == sometimes {
			others = w.run(w.after(n), p)
		}
		if how != never {
			return append(others, w.apply(n, p)...)
		}
		n = w.after(n) - 1
	}
	return []passed{p}
}

// after is the rule that follows one that did not match: a chain is left as a whole.
func (w *rewriter) after(n int) int {
	for ; n < len(w.rules); n++ {
		if _, chained := w.rules[n].flag("c", "chain"); !chained {
			break
		}
	}
	return n + 1
}

// pattern says how often the pattern matches.
func (w *rewriter) pattern(r rule, q request) often {
	pattern, not := strings.CutPrefix(r.rule.Args[0], "!")
	_, fold := r.flag("nc", "nocase")
	how := matches(pattern, fold, w.subject(q))
	if not {
		return how.not()
	}
	return how
}

// hold says how often the conditions hold. One with OR goes together with the next.
func (w *rewriter) hold(r rule, q request) often {
	all, group := always, never
	for n, c := range r.conditions {
		group = either(group, condition(c, q))
		if len(c.Args) > 2 && slices.ContainsFunc(flags(c.Args[2]), func(f string) bool { return f == "or" || f == "ornext" }) && n < len(r.conditions)-1 {
			continue
		}
		all, group = both(all, group), never
	}
	return all
}

// condition says how often one RewriteCond holds. https://httpd.apache.org/docs/2.4/mod/mod_rewrite.html#rewritecond
func condition(d *Directive, q request) often {
	if len(d.Args) < 2 || d.Doubt != nil {
		return sometimes
	}
	if strings.EqualFold(d.Args[0], "expr") {
		return expression(d.Args[1], q)
	}
	value := q.expand(d.Args[0])
	pattern, not := strings.CutPrefix(d.Args[1], "!")
	fold := len(d.Args) > 2 && slices.ContainsFunc(flags(d.Args[2]), func(f string) bool { return f == "nc" || f == "nocase" })
	var how often
	switch {
	case strings.HasPrefix(pattern, "="):
		how = equal(value, strings.Trim(pattern[1:], `"`), fold)
	case strings.HasPrefix(pattern, "-") || strings.HasPrefix(pattern, "<") || strings.HasPrefix(pattern, ">"):
		return sometimes
	default:
		how = matches(pattern, fold, value)
	}
	if not {
		return how.not()
	}
	return how
}

// equal says how often a text is a string.
func equal(t text, s string, fold bool) often {
	switch {
	case t.kind != exact:
		return sometimes
	case fold:
		return whether(strings.EqualFold(t.s, s))
	}
	return whether(t.s == s)
}

// apply does what a rule does with requests that it matches, and goes on.
func (w *rewriter) apply(n int, p passed) []passed {
	r := w.rules[n]
	target := r.rule.Args[1]
	if _, ok := r.flag("f", "forbidden", "g", "gone"); ok {
		w.out.refused = true
		return nil
	}
	status, redirect := r.flag("r", "redirect")
	if code, err := strconv.Atoi(status); redirect && err == nil && (code < 300 || code > 399) {
		w.out.refused = true
		return nil
	}
	absolute := absoluteURL.MatchString(target)
	_, last := r.flag("l", "last", "end")
	_, proxied := r.flag("p", "proxy")
	switch {
	case proxied:
		w.out.answer(r.rule.At)
		return nil
	case redirect || absolute:
		return w.redirect(n, p, last)
	case target != "-":
		p.request.path = text{kind: anyPath}
		_, through := r.flag("pt", "passthrough")
		p.changed, last = !through, last || through
	}
	if _, ok := r.flag("n", "next"); ok {
		w.out.doubt = first(w.out.doubt, &Problem{Position: r.rule.At, What: r.rule.At.File})
		return nil
	}
	if skip, ok := r.flag("s", "skip"); ok {
		count, err := strconv.Atoi(skip)
		if err != nil || count < 0 {
			count = 0
		}
		n += min(count, len(w.rules))
	}
	if last {
		return []passed{p}
	}
	return w.run(n+1, p)
}

var absoluteURL = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9+.-]*://`)

// redirect notes a redirect. Later rules see the new URL where this is not the last; they rarely take a redirect back, and where there
// are any that may, it is not known.
func (w *rewriter) redirect(n int, p passed, last bool) []passed {
	r := w.rules[n]
	target := r.rule.Args[1]
	if target == "-" {
		w.out.doubt = first(w.out.doubt, &Problem{Position: r.rule.At, What: r.rule.At.File})
		return nil
	}
	if !last && n+1 < len(w.rules) {
		later := &outcomes{}
		more := &rewriter{request: p.request, rules: w.rules, subject: func(request) text { return text{kind: anyText} }, out: later, steps: w.steps}
		changed := slices.ContainsFunc(more.run(n+1, p), func(p passed) bool { return p.changed })
		w.steps = more.steps // one budget for all: many redirects that are not the last would be looked at again and again
		if changed || later.content != nil || later.doubt != nil {
			w.out.doubt = first(w.out.doubt, later.doubt, &Problem{Position: r.rule.At, What: r.rule.At.File})
			return nil
		}
	}
	if expanded := p.request.expand(target); strings.HasPrefix(target, "%{") && expanded.kind == exact {
		target = expanded.s
	} else if strings.HasPrefix(target, "%{REQUEST_SCHEME}") {
		target = "http" + strings.TrimPrefix(target, "%{REQUEST_SCHEME}")
	}
	w.out.target(target, r.rule.At)
	return nil
}
