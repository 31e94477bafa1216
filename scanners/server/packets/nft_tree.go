package packets

// The tree of a ruleset of nftables, as its JSON and its own language both give it. https://man7.org/linux/man-pages/man5/libnftables-json.5.html

// nftRule is a rule that is not compiled yet.
type nftRule struct {
	id         chainID
	statements []nftStatement
	at         Where
}

// nftStatement is a match, a verdict or anything else that a rule says. Kind is match, vmap, accept, drop, continue, return, jump,
// goto, reject, dnat, redirect, pass (has no bearing), limit, notrack, mark, dynamic, or unclear.
type nftStatement struct {
	kind   string
	left   nftValue
	op     string // ==, !=, <, >, <=, >=, in, !
	right  nftValue
	target string // of jump and goto; of dynamic: the set
	over   bool   // of limit: what is above it matches
	inner  *nftStatement
	port   *nftValue
	family Family // of reject and dnat: they are for packets of this family only; 0 for both
	proto  int    // of reject: for this protocol only; 0 for all
}

// nftValue is an expression.
type nftValue struct {
	kind  string // symbol, number, range, prefix, set, named, list, concat, field, and, pair, all, unclear
	text  string // of a symbol; of a named set; the protocol or the sort of a field
	name  string // of a field
	num   uint64
	parts []nftValue
	then  *nftStatement // of a pair: the verdict
}

// nftSet is a named set or map.
type nftSet struct {
	table    chainID // without a name
	name     string
	elements []nftValue
	changes  bool // packets or time change it
}

// nftTree is a ruleset before it is compiled.
type nftTree struct {
	chains []*Chain
	rules  []nftRule
	sets   []nftSet
	asleep sleepers
}

func symbol(text string) nftValue { return nftValue{kind: "symbol", text: text} }

func nftUnclear() nftValue { return nftValue{kind: "unclear"} }
