package terraform

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function/stdlib"

	"github.com/tomscan/tomscan/evidence"
)

func TestCovers(t *testing.T) {
	for _, c := range []struct {
		pattern, whole string
		want           bool
	}{
		{"*", "s3:*", true},
		{"s3:*", "s3:*", true},
		{"S3:*", "s3:*", true},
		{"s3:Get*", "s3:*", false},
		{"s3:?", "s3:*", false},
		{"s3:GetObject", "s3:GetObject", true},
		{"s3:*Object", "s3:GetObject", true},
		{"arn:aws:s3:::a*", "arn:aws:s3:::a/*", true},
		{"arn:aws:s3:::a/*", "arn:aws:s3:::a", false},
		{"", "s3:*", false},
		{"*a*b", "xaxb", true},
		{"*a*b", "xbxa", false},
	} {
		if got := covers(c.pattern, c.whole); got != c.want {
			t.Errorf("covers(%q, %q): got %v, want %v", c.pattern, c.whole, got, c.want)
		}
	}
}

// decoded reads a policy in JSON.
func decoded(t *testing.T, text string) document {
	t.Helper()
	v, err := stdlib.JSONDecode(cty.StringVal(text))
	if err != nil {
		t.Fatal(err)
	}
	return documentOf(v, evidence.Reason{})
}

func TestStatementForms(t *testing.T) {
	for name, text := range map[string]string{
		"lists":        `{"Statement": [{"Effect": "Deny", "Principal": {"AWS": ["*"]}, "Action": ["s3:*"], "Resource": ["*"], "Condition": {"Bool": {"aws:SecureTransport": ["false"]}}}]}`,
		"single":       `{"Statement": {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*", "Condition": {"Bool": {"aws:SecureTransport": false}}}}`,
		"case of keys": `{"statement": {"effect": "Deny", "principal": "*", "action": "s3:*", "resource": "*", "condition": {"bool": {"AWS:securetransport": "false"}}}}`,
	} {
		d := decoded(t, text)
		if len(d.statements) != 1 || len(d.more) != 0 {
			t.Fatalf("%s: got %d statements, %v", name, len(d.statements), d.more)
		}
		s := d.statements[0]
		for what, v := range map[string]evidence.Value[bool]{
			"effect": s.effectIs("Deny"), "everybody": s.everybody(), "actions": s.actions.cover("s3:*"), "resources": s.resources.cover("*"),
			"condition": s.onlyCondition(isPlainRequest), "document": d.deniesPlain("s3:*"),
		} {
			if !evidence.IsKnown(v, true) {
				t.Errorf("%s: %s: got %v, want true", name, what, v.Reading())
			}
		}
	}
}

func TestStatementUnknowns(t *testing.T) {
	unknown := cty.UnknownVal(cty.String)
	why := evidence.Because("variable_without_value", "name", "x")
	read := func(members map[string]cty.Value) statement {
		d := documentOf(cty.ObjectVal(map[string]cty.Value{"Statement": cty.TupleVal([]cty.Value{cty.ObjectVal(members)})}), why)
		return d.statements[0]
	}
	text := cty.StringVal
	for name, v := range map[string]evidence.Value[bool]{
		"effect":              read(map[string]cty.Value{"Effect": unknown}).effectIs("Allow"),
		"no effect":           read(map[string]cty.Value{}).effectIs("Allow"),
		"action":              read(map[string]cty.Value{"Action": unknown}).actions.cover("s3:*"),
		"one of the actions":  read(map[string]cty.Value{"Action": cty.TupleVal([]cty.Value{text("s3:Get*"), unknown})}).actions.cover("s3:*"),
		"list of actions":     read(map[string]cty.Value{"Action": cty.DynamicVal}).actions.cover("s3:*"),
		"principal":           read(map[string]cty.Value{"Principal": unknown}).everybody(),
		"principals":          read(map[string]cty.Value{"Principal": cty.DynamicVal}).everybody(),
		"one of principals":   read(map[string]cty.Value{"Principal": cty.ObjectVal(map[string]cty.Value{"AWS": unknown})}).everybody(),
		"conditions":          read(map[string]cty.Value{"Condition": cty.DynamicVal}).onlyCondition(isPlainRequest),
		"value of condition":  read(map[string]cty.Value{"Condition": cty.ObjectVal(map[string]cty.Value{"Bool": cty.ObjectVal(map[string]cty.Value{"aws:SecureTransport": unknown})})}).onlyCondition(isPlainRequest),
		"restricting address": read(map[string]cty.Value{"Condition": cty.ObjectVal(map[string]cty.Value{"IpAddress": cty.ObjectVal(map[string]cty.Value{"aws:SourceIp": unknown})})}).unrestricted(),
	} {
		if v.State() != evidence.StateUnresolved {
			t.Errorf("%s: got %v, want unresolved", name, v.Reading())
		}
	}
	arn := cty.UnknownVal(cty.String).Refine().StringPrefix("arn:aws:iam::").NewValue()
	if v := read(map[string]cty.Value{"Principal": cty.ObjectVal(map[string]cty.Value{"AWS": arn})}).everybody(); !evidence.IsKnown(v, false) {
		t.Errorf("principal that begins with arn: got %v, want false", v.Reading())
	}
	d := documentOf(cty.ObjectVal(map[string]cty.Value{"Statement": cty.TupleVal([]cty.Value{cty.DynamicVal})}), why)
	if diff := cmp.Diff([]evidence.Reason{why}, d.more); diff != "" {
		t.Errorf("statement that is not known (-want +got):\n%s", diff)
	}
}

func FuzzDocument(f *testing.F) {
	f.Add(`{"Statement": [{"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*", "Condition": {"Bool": {"aws:SecureTransport": false}}}]}`)
	f.Add(`{"Statement": {"NotAction": ["a"], "NotPrincipal": {"AWS": 1}, "NotResource": null}}`)
	f.Add(`[{"Statement": []}, null, "*"]`)
	f.Fuzz(func(t *testing.T, text string) {
		v, err := stdlib.JSONDecode(cty.StringVal(text))
		if err != nil {
			return
		}
		d := documentOf(v, evidence.Reason{})
		plain := d.deniesPlain("s3:*")
		if evidence.IsKnown(plain, true) && !strings.Contains(strings.ToLower(text), "deny") && !strings.Contains(text, `\u`) {
			t.Errorf("%s: denies without a Deny", text)
		}
		for _, s := range d.statements {
			s.everybody()
			s.unrestricted()
		}
	})
}
