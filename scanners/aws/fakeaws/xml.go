package fakeaws

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
)

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
