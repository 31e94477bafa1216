package packets

import "slices"

// Ruleset is what a host filters packets by.
type Ruleset struct {
	Chains []*Chain
	Rules  int // rules that were read, in all chains

	byName   map[chainID]*Chain
	notracks bool // something takes packets out of connection tracking
	marks    bool // something marks packets
}

// chainID names a chain.
type chainID struct{ family, table, name string }

// Chain is a list of rules. A base chain has a hook; the others are jumped to.
type Chain struct {
	ID       chainID
	Type     string // filter, nat or route
	Hook     string // ingress, prerouting, input, forward, output, postrouting; empty for a chain that is jumped to
	Priority int
	Device   []string // of a chain at ingress
	Drops    bool     // its policy
	Rules    []rule

	unsure bool // its table may sleep
}

// Where is the place of a rule: a line of a file, or its text in what a command told.
type Where struct {
	File string // or the command
	Line int
	Text string // the chain, and the rule's handle or text
}

// rule is one rule: when all its tests hold, the branches say what happens; the first that holds decides.
type rule struct {
	tests    []test
	branches []branch
	at       Where
}

// branch is a verdict under a test of its own, as verdict maps have them; a plain rule has one without a test.
type branch struct {
	tests   []test
	verdict verdict
}

// action is what a verdict does.
type action int

// The actions. An unclear one may do anything.
const (
	goesOn action = iota
	accepts
	drops
	jumps
	goesTo
	returns
	translates
	unclear
)

// verdict is an action with its chain or its new destination.
type verdict struct {
	action action
	chain  *Chain
	to     destination
}

// destination is where packets are sent instead.
type destination struct {
	here    bool // to the host itself
	address number
	keeps   bool // the port stays as it is
	port    int
	unclear bool
}

// chain returns the chain of this name, and makes it where it is not there yet: rules may name it before it is declared.
func (r *Ruleset) chain(id chainID) *Chain {
	if r.byName == nil {
		r.byName = map[chainID]*Chain{}
	}
	c := r.byName[id]
	if c == nil {
		c = &Chain{ID: id}
		r.byName[id] = c
		r.Chains = append(r.Chains, c)
	}
	return c
}

// add adds the chains of another ruleset. Tables that both have are of different programs: both apply.
func (r *Ruleset) add(other *Ruleset) {
	r.Chains = append(r.Chains, other.Chains...)
	r.Rules += other.Rules
	r.notracks = r.notracks || other.notracks
	r.marks = r.marks || other.marks
}

// plain is a rule of one verdict.
func plain(at Where, v verdict, tests ...test) rule {
	return rule{tests: tests, branches: []branch{{verdict: v}}, at: at}
}

// Empty says whether the ruleset stops nothing, for it has neither rules nor a chain that drops.
func (r *Ruleset) Empty() bool {
	return r.Rules == 0 && !slices.ContainsFunc(r.Chains, func(c *Chain) bool { return c.Drops })
}
