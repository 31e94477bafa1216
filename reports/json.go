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
	j := &jsonWriter{Writer: bufio.NewWriter(w), nullable: nullable{}}
	j.encoder = json.NewEncoder(&j.value)
	j.encoder.SetEscapeHTML(false)
	if err := j.members(reflect.ValueOf(document), "  "); err != nil {
		return fmt.Errorf("write JSON: %w", err)
	}
	_ = j.WriteByte('\n') // the error stays in the writer until Flush
	return j.Flush()
}

// jsonWriter writes a document value by value.
type jsonWriter struct {
	*bufio.Writer
	encoder  *json.Encoder
	value    bytes.Buffer // what encoder writes to
	nullable nullable
}

// members writes a struct, one member a line.
func (j *jsonWriter) members(v reflect.Value, indent string) error {
	_, _ = j.WriteString("{")
	first := true
	for _, f := range reflect.VisibleFields(v.Type()) {
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		member := v.FieldByIndex(f.Index)
		if strings.Contains(options, "omitempty") && isEmpty(member) {
			continue
		}
		if !first {
			_, _ = j.WriteString(",")
		}
		first = false
		_, _ = fmt.Fprintf(j, "\n%s%q: ", indent, name)
		if err := j.member(member, indent); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	_, err := j.WriteString("\n" + indent[2:] + "}")
	return err
}

func (j *jsonWriter) member(v reflect.Value, indent string) error {
	switch {
	case v.Kind() == reflect.Slice:
		return j.list(v, indent)
	case v.Type() == reflect.TypeFor[evidence.Snapshot](), v.Type() == reflect.TypeFor[evidence.Annex]():
		return j.members(v, indent+"  ")
	}
	return j.plain(v)
}

// list writes a list, one element a line.
func (j *jsonWriter) list(v reflect.Value, indent string) error {
	if v.Len() == 0 {
		_, err := j.WriteString("[]")
		return err
	}
	for i := range v.Len() {
		before := ","
		if i == 0 {
			before = "["
		}
		_, _ = j.WriteString(before + "\n" + indent + "  ")
		if err := j.plain(v.Index(i)); err != nil {
			return err
		}
	}
	_, err := j.WriteString("\n" + indent + "]")
	return err
}

func (j *jsonWriter) plain(v reflect.Value) error {
	j.value.Reset()
	if err := j.encoder.Encode(j.nullable.filled(v).Interface()); err != nil {
		return err
	}
	_, err := j.Write(harmless(bytes.TrimSuffix(j.value.Bytes(), []byte("\n"))))
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
