package packets

import (
	"bufio"
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// tablesReader reads what iptables-save and ip6tables-save say, and the files that iptables-restore loads.
// https://man7.org/linux/man-pages/man8/iptables.8.html
type tablesReader struct {
	out    *Ruleset
	family string // ip or ip6
	file   string
	sets   IPSets
	table  string
}

// ReadTables reads tables of iptables (IPv4) or ip6tables (IPv6). File is where the text comes from. Lines that are not understood are
// rules that may do anything.
func ReadTables(text []byte, f Family, file string, sets IPSets) (*Ruleset, error) {
	r := tablesReader{out: &Ruleset{}, family: "ip", file: file, sets: sets}
	if f == IPv6 {
		r.family = "ip6"
	}
	if err := r.read(text); err != nil {
		return nil, err
	}
	r.foreign(text)
	return r.out, nil
}

// foreign makes unclear what targets do that are neither chains of the text nor known extensions.
func (r *tablesReader) foreign(text []byte) {
	made := declared(text)
	for _, c := range r.out.Chains {
		for i := range c.Rules {
			for j := range c.Rules[i].branches {
				v := &c.Rules[i].branches[j].verdict
				if v.chain != nil && len(v.chain.Rules) == 0 && v.chain.Hook == "" && !made[v.chain.ID.name] {
					*v = verdict{action: unclear}
				}
			}
		}
	}
}

// declared are the chains that a text declares.
func declared(text []byte) map[string]bool {
	made := map[string]bool{}
	for line := range bytes.Lines(text) {
		words := strings.Fields(string(line))
		switch {
		case len(words) > 1 && (words[0] == "-N" || words[0] == "--new-chain"):
			made[words[1]] = true
		case len(words) > 1 && words[0][0] == ':':
			made[words[0][1:]] = true
		}
	}
	return made
}

// read adds the rules of a text to those that are there.
func (r *tablesReader) read(text []byte) error {
	r.noteChanges(text)
	lines := bufio.NewScanner(bytes.NewReader(text))
	lines.Buffer(nil, 1<<20)
	for n := 1; lines.Scan(); n++ {
		if err := r.line(strings.TrimSpace(lines.Text()), n); err != nil {
			return fmt.Errorf("read %s:%d: %w", r.file, n, err)
		}
	}
	if err := lines.Err(); err != nil {
		return fmt.Errorf("read %s: %w", r.file, err)
	}
	return nil
}

// noteChanges finds the sets that rules add to.
func (r *tablesReader) noteChanges(text []byte) {
	words := strings.Fields(string(text))
	for i, w := range words {
		if (w == "--add-set" || w == "--del-set") && i+1 < len(words) {
			r.sets.changed(strings.Trim(words[i+1], `"`))
		}
	}
}

func (r *tablesReader) line(line string, n int) error {
	switch {
	case line == "" || line[0] == '#' || line == "COMMIT":
		return nil
	case line[0] == '*':
		r.begin(line[1:])
		return nil
	case r.table == "":
		return fmt.Errorf("%q stands in no table", cutText(line))
	case line[0] == ':':
		f := strings.Fields(line[1:])
		if len(f) < 2 {
			return fmt.Errorf("a chain without a policy")
		}
		r.policy(r.chain(f[0]), f[1])
		return nil
	case line[0] == '[': // counters
		_, line, _ = strings.Cut(line, "]")
	}
	words, err := splitWords(strings.TrimSpace(line))
	if err != nil || len(words) < 2 {
		return fmt.Errorf("%q is no rule", cutText(line))
	}
	return r.command(words, Where{File: r.file, Line: n, Text: strings.TrimSpace(line)})
}

// textLimit is how much of a line an error shows.
const textLimit = 60

func cutText(s string) string { return s[:min(len(s), textLimit)] }

// priorities are those of the tables: https://wiki.nftables.org/wiki-nftables/index.php/Netfilter_hooks#Priority_within_hook
func (r *tablesReader) begin(table string) {
	r.table = table
	hooks := map[string][]string{
		"raw": {"PREROUTING", "OUTPUT"}, "mangle": {"PREROUTING", "INPUT", "FORWARD", "OUTPUT", "POSTROUTING"}, "nat": {"PREROUTING", "INPUT", "OUTPUT", "POSTROUTING"},
		"filter": {"INPUT", "FORWARD", "OUTPUT"}, "security": {"INPUT", "FORWARD", "OUTPUT"},
	}[table]
	priority := map[string]int{"raw": -300, "mangle": -150, "nat": -100, "security": 50}[table]
	for _, hook := range hooks {
		c := r.chain(hook)
		c.Hook, c.Priority, c.Type = strings.ToLower(hook), priority, "filter"
		if table == "nat" {
			c.Type = "nat"
		}
	}
}

// policy declares a chain. Declaring one of the user's again empties it.
func (r *tablesReader) policy(c *Chain, policy string) {
	if policy == "-" {
		c.Rules = nil
		return
	}
	c.Drops = policy == "DROP"
}

func (r *tablesReader) chain(name string) *Chain {
	return r.out.chain(chainID{r.family, r.table, name})
}

// command carries out a command of iptables-restore.
func (r *tablesReader) command(words []string, at Where) error {
	c := r.chain(words[1])
	switch words[0] {
	case "-N", "--new-chain":
		return nil
	case "-F", "--flush":
		c.Rules = nil
		return nil
	case "-P", "--policy":
		c.Drops = len(words) > 2 && words[2] == "DROP"
		return nil
	case "-A", "--append":
		c.Rules = append(c.Rules, r.rule(words[2:], at))
	case "-I", "--insert":
		return r.insert(c, words[2:], at)
	default:
		return fmt.Errorf("%q is not understood", words[0])
	}
	return nil
}

func (r *tablesReader) insert(c *Chain, words []string, at Where) error {
	place := 1
	if len(words) > 0 {
		if n, err := strconv.Atoi(words[0]); err == nil {
			place, words = n, words[1:]
		}
	}
	if place < 1 || place > len(c.Rules)+1 {
		return fmt.Errorf("there is no place %d in the chain %s", place, c.ID.name)
	}
	c.Rules = slices.Insert(c.Rules, place-1, r.rule(words, at))
	return nil
}

// rule reads a rule's words.
func (r *tablesReader) rule(words []string, at Where) rule {
	r.out.Rules++
	p := tablesRule{tablesReader: r, words: words}
	for len(p.words) > 0 {
		p.option()
	}
	made := plain(at, p.verdict(), p.tests...)
	return made
}

// splitWords splits a line as iptables-restore does: by spaces, with double quotes around what has some.
func splitWords(line string) ([]string, error) {
	var words []string
	var word strings.Builder
	quoted, any := false, false
	for i := 0; i < len(line); i++ {
		ch := line[i]
		switch {
		case ch == '\\' && quoted && i+1 < len(line):
			i++
			word.WriteByte(line[i])
		case ch == '"':
			quoted, any = !quoted, true
		case !quoted && (ch == ' ' || ch == '\t'):
			if any || word.Len() > 0 {
				words = append(words, word.String())
			}
			word.Reset()
			any = false
		default:
			word.WriteByte(ch)
		}
	}
	if quoted {
		return nil, fmt.Errorf("a quote is not closed")
	}
	if any || word.Len() > 0 {
		words = append(words, word.String())
	}
	return words, nil
}
