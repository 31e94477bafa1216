package packets

import (
	"encoding/json"
	"math"
)

// valueDepth is how deep expressions may lie in one another.
const valueDepth = 12

// jsonValue reads an expression. What it does not know is unclear.
func jsonValue(raw json.RawMessage, depth int) nftValue {
	if len(raw) == 0 || depth > valueDepth {
		return nftUnclear()
	}
	switch raw[0] {
	case '"':
		var s string
		_ = json.Unmarshal(raw, &s)
		return jsonSymbol(s)
	case '[':
		return nftValue{kind: "list", parts: jsonValues(raw, depth)}
	case '{':
		return jsonObject(raw, depth)
	case 't':
		return nftValue{kind: "number", num: 1}
	case 'f':
		return nftValue{kind: "number"}
	}
	var n float64
	if json.Unmarshal(raw, &n) != nil || n < 0 || n >= math.MaxUint32*2 || n != math.Trunc(n) {
		return nftUnclear()
	}
	return nftValue{kind: "number", num: uint64(n)}
}

func jsonSymbol(s string) nftValue {
	switch {
	case s == "*":
		return nftValue{kind: "all"}
	case len(s) > 1 && s[0] == '@':
		return nftValue{kind: "named", text: s[1:]}
	}
	return symbol(s)
}

func jsonValues(raw json.RawMessage, depth int) []nftValue {
	var items []json.RawMessage
	_ = json.Unmarshal(raw, &items)
	values := make([]nftValue, 0, len(items))
	for _, item := range items {
		values = append(values, jsonValue(item, depth+1))
	}
	return values
}

func jsonObject(raw json.RawMessage, depth int) nftValue {
	key, body, ok := only(raw)
	if !ok {
		return nftUnclear()
	}
	switch key {
	case "range", "concat":
		return nftValue{kind: key, parts: jsonValues(body, depth)}
	case "set":
		return nftValue{kind: "set", parts: jsonElements(body, depth)}
	case "|":
		return nftValue{kind: "or", parts: jsonValues(body, depth)}
	case "&":
		return nftValue{kind: "and", parts: jsonValues(body, depth)}
	case "prefix":
		var p struct {
			Addr json.RawMessage
			Len  uint64
		}
		_ = json.Unmarshal(body, &p)
		return nftValue{kind: "prefix", num: p.Len, parts: []nftValue{jsonValue(p.Addr, depth+1)}}
	case "elem":
		var e struct{ Val json.RawMessage }
		_ = json.Unmarshal(body, &e)
		return jsonValue(e.Val, depth+1)
	}
	return jsonField(key, body)
}

// jsonElements reads the elements of a set or of a map, which are pairs. A set of one may be written without its list.
func jsonElements(raw json.RawMessage, depth int) []nftValue {
	var items []json.RawMessage
	if json.Unmarshal(raw, &items) != nil {
		return []nftValue{jsonValue(raw, depth+1)}
	}
	values := make([]nftValue, 0, len(items))
	for _, item := range items {
		values = append(values, jsonElement(item, depth))
	}
	return values
}

func jsonElement(item json.RawMessage, depth int) nftValue {
	var pair []json.RawMessage
	if json.Unmarshal(item, &pair) == nil && len(pair) == 2 {
		if then := jsonStatement(pair[1]); then.kind != "unclear" {
			key := jsonValue(pair[0], depth+1)
			return nftValue{kind: "pair", parts: []nftValue{key}, then: &then}
		}
	}
	return jsonValue(item, depth+1)
}

// jsonField reads a field of a packet or of its circumstances.
func jsonField(key string, body json.RawMessage) nftValue {
	var f struct {
		Protocol, Field, Key, Base, Name, Result, Dir string
		Offset, Len                                   int
		Flags                                         json.RawMessage
	}
	_ = json.Unmarshal(body, &f)
	v := nftValue{kind: "field", text: key}
	switch key {
	case "payload":
		v.text, v.name = f.Protocol, f.Field
		if f.Base == "transport" && f.Offset == 16 && f.Len == 16 {
			v.text, v.name = "th", "dport"
		}
	case "meta":
		v.name = f.Key
	case "ct":
		v.name = f.Key
		if f.Dir != "" {
			v.name = f.Dir + " " + f.Key
		}
	case "fib":
		var flags []string
		if json.Unmarshal(f.Flags, &flags) != nil {
			var one string
			_ = json.Unmarshal(f.Flags, &one)
			flags = []string{one}
		}
		v.name = fibName(f.Result, flags)
	case "exthdr":
		v.name = f.Name
		if f.Field != "" {
			v.name += " " + f.Field
		}
	}
	return v
}
