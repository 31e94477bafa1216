package reports

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"reflect"
	"strings"
	"unicode/utf8"

	"github.com/tomscan/tomscan/evidence"
)

// JSON writes the report as it is, complete; the schema named report describes it. Equal reports give equal bytes.
func JSON(w io.Writer, r evidence.Report, _ Options) error { return WriteJSON(w, r) }

// WriteJSON writes a report or a snapshot: its members on lines of their own, every element of a list on one line. Lists
// and objects are never null. Characters that a terminal would obey are written as escapes, which JSON reads the same.
// It needs no more memory than the largest element.
func WriteJSON(w io.Writer, document any) error {
	b := bufio.NewWriter(w)
	if err := writeMembers(b, reflect.ValueOf(document), "  "); err != nil {
		return fmt.Errorf("write JSON: %w", err)
	}
	_ = b.WriteByte('\n') // the error stays in b until Flush
	return b.Flush()
}

// writeMembers writes a struct, one member a line.
func writeMembers(b *bufio.Writer, v reflect.Value, indent string) error {
	_, _ = b.WriteString("{")
	first := true
	for _, f := range reflect.VisibleFields(v.Type()) {
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		member := v.FieldByIndex(f.Index)
		if strings.Contains(options, "omitempty") && isEmpty(member) {
			continue
		}
		if !first {
			_, _ = b.WriteString(",")
		}
		first = false
		_, _ = fmt.Fprintf(b, "\n%s%q: ", indent, name)
		if err := writeMember(b, member, indent); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	_, err := b.WriteString("\n" + indent[2:] + "}")
	return err
}

func writeMember(b *bufio.Writer, v reflect.Value, indent string) error {
	switch {
	case v.Kind() == reflect.Slice:
		return writeList(b, v, indent)
	case v.Type() == reflect.TypeFor[evidence.Snapshot](), v.Type() == reflect.TypeFor[evidence.Annex]():
		return writeMembers(b, v, indent+"  ")
	}
	return writeValue(b, v)
}

// writeList writes a list, one element a line.
func writeList(b *bufio.Writer, v reflect.Value, indent string) error {
	if v.Len() == 0 {
		_, err := b.WriteString("[]")
		return err
	}
	for i := range v.Len() {
		before := ","
		if i == 0 {
			before = "["
		}
		_, _ = b.WriteString(before + "\n" + indent + "  ")
		if err := writeValue(b, v.Index(i)); err != nil {
			return err
		}
	}
	_, err := b.WriteString("\n" + indent + "]")
	return err
}

func writeValue(b *bufio.Writer, v reflect.Value) error {
	var data bytes.Buffer
	e := json.NewEncoder(&data)
	e.SetEscapeHTML(false)
	if err := e.Encode(filled(v).Interface()); err != nil {
		return err
	}
	_, err := b.Write(harmless(bytes.TrimSuffix(data.Bytes(), []byte("\n"))))
	return err
}

// harmless escapes what a terminal or an editor would obey rather than show. In JSON such characters stand in strings only.
func harmless(data []byte) []byte {
	if !hasOddRunes(data) {
		return data
	}
	var out []byte
	for len(data) > 0 {
		r, size := utf8.DecodeRune(data)
		if r >= 0x7f && visibleRune(r, string(data[:size])) != string(data[:size]) {
			out = appendEscape(out, r)
		} else {
			out = append(out, data[:size]...)
		}
		data = data[size:]
	}
	return out
}

func hasOddRunes(data []byte) bool {
	for _, c := range data {
		if c >= 0x7f {
			return true
		}
	}
	return false
}

// appendEscape writes a character as JSON escapes it, beyond the basic plane as a pair of surrogates.
func appendEscape(out []byte, r rune) []byte {
	if r < 0x10000 {
		return fmt.Appendf(out, `\u%04x`, r)
	}
	r -= 0x10000
	return fmt.Appendf(out, `\u%04x\u%04x`, 0xd800+(r>>10), 0xdc00+(r&0x3ff))
}

func isEmpty(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Slice, reflect.Map, reflect.String:
		return v.Len() == 0
	}
	return v.Kind() != reflect.Struct && v.IsZero()
}
