package fakeaws

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/aws/smithy-go/encoding/cbor"
)

// elementsOf returns the elements of a list of any sort, and whether the value is one.
func elementsOf(value any) ([]any, bool) {
	switch v := value.(type) {
	case []any:
		return v, true
	case Flat:
		return v, true
	case List:
		return v.Items, true
	case []string:
		return anys(v), true
	case []Node:
		return anys(v), true
	case []int:
		return anys(v), true
	}
	return nil, false
}

func anys[T any](list []T) []any {
	all := make([]any, len(list))
	for i, element := range list {
		all[i] = element
	}
	return all
}

// membersOf returns the members of a structure or map, and whether the value is one.
func membersOf(value any) (Node, bool) {
	switch v := value.(type) {
	case Node:
		return v, true
	case map[string]any:
		return v, true
	case Entries:
		return Node(v), true
	case map[string]string:
		all := Node{}
		for key, member := range v {
			all[key] = member
		}
		return all, true
	}
	return nil, false
}

// toJSON makes plain maps and slices of a value; times become seconds since 1970, as AWS' JSON protocols have them.
func toJSON(value any) any {
	if members, ok := membersOf(value); ok {
		object := map[string]any{}
		for name, member := range members {
			if member != nil {
				object[name] = toJSON(member)
			}
		}
		return object
	}
	if elements, ok := elementsOf(value); ok {
		array := make([]any, len(elements))
		for i, element := range elements {
			array[i] = toJSON(element)
		}
		return array
	}
	if at, ok := value.(time.Time); ok {
		return float64(at.UnixMilli()) / 1000
	}
	return value
}

// toCBOR is toJSON for services that speak CBOR; times have the tag 1.
func toCBOR(value any) cbor.Value {
	if members, ok := membersOf(value); ok {
		object := cbor.Map{}
		for name, member := range members {
			if member != nil {
				object[name] = toCBOR(member)
			}
		}
		return object
	}
	if elements, ok := elementsOf(value); ok {
		array := make(cbor.List, len(elements))
		for i, element := range elements {
			array[i] = toCBOR(element)
		}
		return array
	}
	switch v := value.(type) {
	case string:
		return cbor.String(v)
	case bool:
		return cbor.Bool(v)
	case float64:
		return cbor.Float64(v)
	case int:
		if v < 0 {
			return cbor.NegInt(-v)
		}
		return cbor.Uint(v)
	case time.Time:
		return &cbor.Tag{ID: 1, Value: cbor.Float64(float64(v.UnixMilli()) / 1000)}
	}
	panic(fmt.Sprintf("fakeaws: %T has no form in CBOR", value))
}

// plainCBOR makes of decoded CBOR what encoding/json makes of JSON.
func plainCBOR(value cbor.Value) any {
	switch v := value.(type) {
	case cbor.Map:
		object := map[string]any{}
		for name, member := range v {
			object[name] = plainCBOR(member)
		}
		return object
	case cbor.List:
		array := make([]any, len(v))
		for i, element := range v {
			array[i] = plainCBOR(element)
		}
		return array
	case cbor.String:
		return string(v)
	case cbor.Bool:
		return bool(v)
	case cbor.Uint:
		return uint64(v)
	case *cbor.Tag:
		return plainCBOR(v.Value)
	case cbor.Float64:
		return float64(v)
	}
	return nil
}

// element is the protocol's own name for elements of lists.
func (s service) element() string {
	if s.Protocol == ec2Query {
		return "item"
	}
	return "member"
}

// xmlBytes writes a body under a root element.
func xmlBytes(s service, root string, body Node) []byte {
	w := xmlWriter{element: s.element()}
	w.WriteString(xml.Header)
	w.value(root, body)
	return w.Bytes()
}

// xmlWriter writes nodes as XML.
type xmlWriter struct {
	bytes.Buffer
	element string
}

func (w *xmlWriter) value(name string, value any) {
	if value == nil {
		return
	}
	if entries, ok := value.(Entries); ok {
		w.entries(name, entries)
		return
	}
	if members, ok := membersOf(value); ok {
		w.structure(name, members)
		return
	}
	if elements, ok := elementsOf(value); ok {
		w.list(name, value, elements)
		return
	}
	w.open(name, nil)
	w.text(value)
	w.close(name)
}

func (w *xmlWriter) structure(name string, members Node) {
	w.open(name, members)
	for _, member := range slices.Sorted(maps.Keys(members)) {
		switch {
		case member == "":
			w.text(members[member])
		case !strings.HasPrefix(member, "@"):
			w.value(member, members[member])
		}
	}
	w.close(name)
}

func (w *xmlWriter) list(name string, value any, elements []any) {
	element := w.element
	switch v := value.(type) {
	case Flat:
		for _, each := range v {
			w.value(name, each)
		}
		return
	case List:
		element = v.Name
	}
	w.open(name, nil)
	for _, each := range elements {
		w.value(element, each)
	}
	w.close(name)
}

func (w *xmlWriter) entries(name string, entries Entries) {
	w.open(name, nil)
	for _, key := range slices.Sorted(maps.Keys(entries)) {
		w.structure("entry", Node{"key": key, "value": entries[key]})
	}
	w.close(name)
}

func (w *xmlWriter) open(name string, members Node) {
	w.WriteString("<" + name)
	for _, member := range slices.Sorted(maps.Keys(members)) {
		if attribute, ok := strings.CutPrefix(member, "@"); ok {
			w.WriteString(" " + attribute + `="`)
			w.text(members[member])
			w.WriteString(`"`)
		}
	}
	w.WriteString(">")
}

func (w *xmlWriter) close(name string) { w.WriteString("</" + name + ">") }

func (w *xmlWriter) text(value any) {
	words := fmt.Sprint(value)
	if at, ok := value.(time.Time); ok {
		words = at.UTC().Format(time.RFC3339)
	}
	_ = xml.EscapeText(&w.Buffer, []byte(words)) // a buffer takes all
}
