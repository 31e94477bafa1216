package packets

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
)

// ReadNFT reads what `nft -j list ruleset` says. Tables that skip names, by family and name, are left out.
func ReadNFT(text []byte, skip func(family, table string) bool) (*Ruleset, error) {
	var all struct {
		Objects []map[string]json.RawMessage `json:"nftables"`
	}
	if err := json.Unmarshal(text, &all); err != nil {
		return nil, fmt.Errorf("read the rules of nftables: %w", err)
	}
	if all.Objects == nil {
		return nil, errors.New("read the rules of nftables: no list of objects")
	}
	tree := nftTree{asleep: sleepers{}}
	for _, object := range all.Objects {
		for kind, raw := range object {
			if err := tree.object(kind, raw, skip); err != nil {
				return nil, fmt.Errorf("read the rules of nftables: %s: %w", kind, err)
			}
		}
	}
	rules := tree.compile()
	tree.asleep.calm(rules)
	return rules, nil
}

// nftObject is an object of the JSON.
type nftObject struct {
	Family, Table, Name, Chain string
	Handle                     int
	Type                       json.RawMessage
	Hook                       string
	Priority                   json.Number     `json:"prio"`
	Device                     json.RawMessage `json:"dev"`
	Policy                     string
	Statements                 []json.RawMessage `json:"expr"`
	Elements                   []json.RawMessage `json:"elem"`
	Flags                      json.RawMessage
	Timeout                    json.RawMessage
}

func (t *nftTree) object(kind string, raw json.RawMessage, skip func(family, table string) bool) error {
	if kind == "metainfo" {
		return nil
	}
	var o nftObject
	if err := json.Unmarshal(raw, &o); err != nil {
		return err
	}
	if skip(o.Family, o.Table) {
		return nil
	}
	switch kind {
	case "table":
		t.asleep[chainID{family: o.Family, table: o.Name}] = flagged(o.Name, o.Flags)
	case "chain":
		t.chains = append(t.chains, o.chain())
	case "rule":
		t.rules = append(t.rules, o.rule())
	case "set", "map":
		t.sets = append(t.sets, o.set())
	}
	return nil
}

func (o *nftObject) chain() *Chain {
	c := &Chain{ID: chainID{o.Family, o.Table, o.Name}, Hook: o.Hook, Drops: o.Policy == "drop"}
	_ = json.Unmarshal(o.Type, &c.Type)
	c.Priority, _ = strconv.Atoi(o.Priority.String())
	if json.Unmarshal(o.Device, &c.Device) != nil {
		var one string
		if json.Unmarshal(o.Device, &one) == nil {
			c.Device = []string{one}
		}
	}
	return c
}

func (o *nftObject) rule() nftRule {
	text := o.Family + " " + o.Table + " " + o.Chain + " handle " + strconv.Itoa(o.Handle)
	r := nftRule{id: chainID{o.Family, o.Table, o.Chain}, at: Where{File: "nft -j list ruleset", Text: text}}
	for _, raw := range o.Statements {
		r.statements = append(r.statements, jsonStatement(raw))
	}
	return r
}

func (o *nftObject) set() nftSet {
	s := nftSet{table: chainID{o.Family, o.Table, ""}, name: o.Name}
	s.changes = bytes.Contains(o.Flags, []byte("dynamic")) || bytes.Contains(o.Flags, []byte("timeout")) || len(o.Timeout) > 0
	for _, raw := range o.Elements {
		s.elements = append(s.elements, jsonElement(raw, 0))
	}
	return s
}

// jsonStatement reads a statement. What it does not know may do anything.
func jsonStatement(raw json.RawMessage) nftStatement {
	key, body, ok := only(raw)
	if !ok {
		return nftStatement{kind: "unclear"}
	}
	switch key {
	case "match":
		var m struct {
			Op          string
			Left, Right json.RawMessage
		}
		_ = json.Unmarshal(body, &m)
		return nftStatement{kind: "match", op: m.Op, left: jsonValue(m.Left, 0), right: jsonValue(m.Right, 0)}
	case "vmap":
		var m struct{ Key, Data json.RawMessage }
		_ = json.Unmarshal(body, &m)
		return nftStatement{kind: "vmap", left: jsonValue(m.Key, 0), right: jsonValue(m.Data, 0)}
	case "jump", "goto":
		var j struct{ Target string }
		_ = json.Unmarshal(body, &j)
		return nftStatement{kind: key, target: j.Target}
	case "limit", "ct count", "quota":
		var l struct{ Inv bool }
		if json.Unmarshal(body, &l) != nil { // the name of a limit that is declared elsewhere
			return nftStatement{kind: "doubt"}
		}
		return nftStatement{kind: "limit", over: l.Inv}
	case "dnat", "redirect":
		return jsonNAT(key, body)
	case "reject":
		var r struct{ Type string }
		_ = json.Unmarshal(body, &r)
		return rejection(r.Type)
	case "set", "map", "meter":
		return jsonDynamic(body)
	case "mangle":
		return jsonMangle(body)
	case "xt":
		return jsonExtension(body)
	}
	return nftStatement{kind: bare(key)}
}

// bare is the kind of a statement of which nothing but its name matters.
func bare(key string) string {
	switch key {
	case "accept", "drop", "continue", "return", "notrack":
		return key
	case "counter", "log", "snat", "masquerade", "flow", "ct helper", "ct timeout", "ct expectation", "dup", "last", "comment", "secmark":
		return map[bool]string{true: "accept", false: "pass"}[key == "snat" || key == "masquerade"]
	}
	return "unclear"
}

// jsonExtension reads a match or target of iptables, of which nft tells the name alone.
func jsonExtension(body json.RawMessage) nftStatement {
	var x struct{ Type, Name string }
	_ = json.Unmarshal(body, &x)
	switch {
	case x.Name == "comment", x.Name == "LOG", x.Name == "NFLOG":
		return nftStatement{kind: "pass"}
	case x.Name == "REJECT":
		return rejection("")
	case x.Name == "MARK", x.Name == "CONNMARK":
		return nftStatement{kind: "mark"}
	case x.Type == "match":
		return nftStatement{kind: "doubt"}
	}
	return nftStatement{kind: "unclear"}
}

// rejection is a reject statement. What it answers says which packets it is for, and the condition is not told apart from it.
func rejection(answer string) nftStatement {
	s := nftStatement{kind: "reject"}
	switch answer {
	case "icmp":
		s.family = IPv4
	case "icmpv6":
		s.family = IPv6
	case "tcp reset":
		s.proto = tcp
	}
	return s
}

// jsonMangle reads a statement that changes a packet. A mark is remembered; an address or a port that is written over is unclear.
func jsonMangle(body json.RawMessage) nftStatement {
	var m struct{ Key json.RawMessage }
	_ = json.Unmarshal(body, &m)
	field := jsonValue(m.Key, 0)
	switch {
	case field.kind != "field" || field.text != "meta" && field.text != "ct":
		return nftStatement{kind: "unclear"}
	case field.name == "mark":
		return nftStatement{kind: "mark"}
	}
	return nftStatement{kind: "pass"}
}

// jsonDynamic reads a statement that adds to a set, perhaps below a limit.
func jsonDynamic(body json.RawMessage) nftStatement {
	var d struct {
		Set, Map  string
		Statement json.RawMessage   `json:"stmt"`
		Several   []json.RawMessage `json:"-"`
	}
	_ = json.Unmarshal(body, &d)
	s := nftStatement{kind: "dynamic", target: d.Set + d.Map}
	inner := []json.RawMessage{d.Statement}
	if json.Unmarshal(d.Statement, &d.Several) == nil && len(d.Several) > 0 {
		inner = d.Several
	}
	for _, raw := range inner {
		if one := jsonStatement(raw); one.kind == "limit" {
			s.inner = &one
		}
	}
	return s
}

// jsonNAT reads a translation of targets.
func jsonNAT(kind string, body json.RawMessage) nftStatement {
	var n struct {
		Addr, Port json.RawMessage
		Family     string
	}
	_ = json.Unmarshal(body, &n)
	s := nftStatement{kind: kind, family: map[string]Family{"ip": IPv4, "ip6": IPv6}[n.Family]}
	if len(n.Addr) > 0 {
		s.right = jsonValue(n.Addr, 0)
	}
	if len(n.Port) > 0 {
		port := jsonValue(n.Port, 0)
		s.port = &port
	}
	return s
}

// only takes the one key of an object, and its value.
func only(raw json.RawMessage) (string, json.RawMessage, bool) {
	var o map[string]json.RawMessage
	if json.Unmarshal(raw, &o) != nil || len(o) != 1 {
		return "", nil, false
	}
	for key, body := range o {
		return key, body, true
	}
	return "", nil, false
}
