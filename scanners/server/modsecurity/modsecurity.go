// Package modsecurity says what ModSecurity does with requests: nothing, write down what its rules match, or refuse it.
//
// Both web servers share it. Apache's module puts ModSecurity's directives among the server's own: its reader hands them over one by one
// (Rules.Add). The connector of nginx reads files of rules (File) and text in its configuration (Text). Then merges what an inner
// context says with its outer one.
package modsecurity

import (
	"strconv"
	"strings"
)

// Mode is what ModSecurity does.
type Mode string

// The modes. The zero Mode is: nobody said.
const (
	Off    Mode = "off"
	Detect Mode = "detect" // rules are applied and what they match is written down, nothing is refused
	Block  Mode = "block"
)

// DocEngine says that the engine is off where nothing is set.
const DocEngine = "https://github.com/owasp-modsecurity/ModSecurity/wiki/Reference-Manual-(v2.x)-Configuration-Directives#user-content-SecRuleEngine"

// Position is a line of a file.
type Position struct {
	File string
	Line int
	Text string
}

// Unread is a file of rules that may say more, and why it could not be read; Err is nil for a directive that is not understood.
type Unread struct {
	Position
	Path string
	Err  error
}

// Rules are what one context says.
type Rules struct {
	Engine   Mode // the last SecRuleEngine; empty when there is none
	At       Position
	Rules    int // rules that look at requests, without the checks of the engine's own recommended file
	Unread   []Unread
	Excepted *Position // a rule that changes the engine for the requests that it matches
}

// Add takes one directive, in the order of the configuration. It says whether it is one of ModSecurity's.
func (r *Rules) Add(name string, args []string, at Position) bool {
	switch strings.ToLower(name) {
	case "secruleengine":
		r.engine(args, at)
	case "secrule", "secrulescript":
		r.rule(args, at)
	case "secaction":
		r.action(args, at)
	case "secremoterules":
		r.Rules++
	case "secruleinheritance":
		if len(args) == 1 && strings.EqualFold(args[0], "off") {
			r.Unread = append(r.Unread, Unread{Position: at, Path: at.File})
		}
	default:
		return strings.HasPrefix(strings.ToLower(name), "sec")
	}
	return true
}

// engine reads SecRuleEngine.
func (r *Rules) engine(args []string, at Position) {
	modes := map[string]Mode{"on": Block, "off": Off, "detectiononly": Detect}
	if len(args) == 1 {
		if mode, ok := modes[strings.ToLower(args[0])]; ok {
			r.Engine, r.At = mode, at
			return
		}
	}
	r.Unread = append(r.Unread, Unread{Position: at, Path: at.File})
}

// rule counts a rule. The recommended configuration has checks of the parser itself, numbered from 200000, which are no set of rules:
// https://github.com/owasp-modsecurity/ModSecurity/blob/v2/master/modsecurity.conf-recommended
func (r *Rules) rule(args []string, at Position) {
	actions := ""
	if len(args) > 0 {
		actions = args[len(args)-1]
	}
	if id, ok := ruleID(actions); !ok || id < 200000 || id > 200999 {
		r.Rules++
	}
	if strings.Contains(strings.ToLower(actions), "ctl:ruleengine=") {
		r.Excepted = &at
	}
}

// action reads SecAction: it is a rule that matches each request.
func (r *Rules) action(args []string, at Position) {
	if len(args) == 0 {
		return
	}
	_, mode, ok := strings.Cut(strings.ToLower(args[len(args)-1]), "ctl:ruleengine=")
	if !ok {
		return
	}
	end := strings.IndexFunc(mode, func(c rune) bool { return c < 'a' || c > 'z' })
	if end >= 0 {
		mode = mode[:end]
	}
	r.engine([]string{mode}, at)
}

// ruleID finds the number of a rule in its actions.
func ruleID(actions string) (int, bool) {
	for part := range strings.SplitSeq(actions, ",") {
		name, value, _ := strings.Cut(strings.TrimSpace(part), ":")
		if strings.EqualFold(name, "id") {
			id, err := strconv.Atoi(strings.Trim(value, `'" `))
			return id, err == nil
		}
	}
	return 0, false
}

// Then is what holds in an inner context of r: its own engine or else that of r, and the rules of both.
func (r Rules) Then(inner Rules) Rules {
	all := Rules{Engine: inner.Engine, At: inner.At, Rules: r.Rules + inner.Rules, Excepted: inner.Excepted}
	if inner.Engine == "" {
		all.Engine, all.At = r.Engine, r.At
	}
	if all.Excepted == nil {
		all.Excepted = r.Excepted
	}
	all.Unread = append(append(all.Unread, r.Unread...), inner.Unread...)
	return all
}

// Verdict says what is done with requests. It is not known (false) where something unread or a rule may change it. An engine without
// rules does nothing, and neither does one that nobody turned on.
func (r Rules) Verdict() (Mode, bool) {
	if len(r.Unread) > 0 {
		return "", false
	}
	switch {
	case r.Engine == "" || r.Engine == Off || r.Rules == 0:
		return Off, r.Excepted == nil || r.Rules == 0
	case r.Excepted != nil:
		return "", false
	}
	return r.Engine, true
}
