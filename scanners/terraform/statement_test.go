package terraform

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function/stdlib"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/awsrules"
)

// decoded reads a policy in JSON.
func decoded(t *testing.T, text string) awsrules.Document {
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
		if len(d.Statements) != 1 || len(d.More) != 0 {
			t.Fatalf("%s: got %d statements, %v", name, len(d.Statements), d.More)
		}
		s := d.Statements[0]
		for what, v := range map[string]evidence.Value[bool]{
			"effect": s.EffectIs("Deny"), "everybody": s.Everybody(), "actions": s.Actions.Cover("s3:*"), "resources": s.Resources.Cover("*"),
			"document": d.DeniesPlain("s3:*"),
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
	document := func(members map[string]cty.Value) awsrules.Document {
		return documentOf(cty.ObjectVal(map[string]cty.Value{"Statement": cty.TupleVal([]cty.Value{cty.ObjectVal(members)})}), why)
	}
	read := func(members map[string]cty.Value) awsrules.Statement { return document(members).Statements[0] }
	text := cty.StringVal
	under := func(effect string, condition cty.Value) awsrules.Document {
		return document(map[string]cty.Value{"Effect": text(effect), "Principal": text("*"), "Action": text("s3:*"), "Condition": condition})
	}
	for name, v := range map[string]evidence.Value[bool]{
		"effect":              read(map[string]cty.Value{"Effect": unknown}).EffectIs("Allow"),
		"no effect":           read(map[string]cty.Value{}).EffectIs("Allow"),
		"action":              read(map[string]cty.Value{"Action": unknown}).Actions.Cover("s3:*"),
		"one of the actions":  read(map[string]cty.Value{"Action": cty.TupleVal([]cty.Value{text("s3:Get*"), unknown})}).Actions.Cover("s3:*"),
		"list of actions":     read(map[string]cty.Value{"Action": cty.DynamicVal}).Actions.Cover("s3:*"),
		"principal":           read(map[string]cty.Value{"Principal": unknown}).Everybody(),
		"principals":          read(map[string]cty.Value{"Principal": cty.DynamicVal}).Everybody(),
		"one of principals":   read(map[string]cty.Value{"Principal": cty.ObjectVal(map[string]cty.Value{"AWS": unknown})}).Everybody(),
		"conditions":          under("Deny", cty.DynamicVal).DeniesPlain("s3:*"),
		"value of condition":  under("Deny", cty.ObjectVal(map[string]cty.Value{"Bool": cty.ObjectVal(map[string]cty.Value{"aws:SecureTransport": unknown})})).DeniesPlain("s3:*"),
		"restricting address": awsrules.Public([]awsrules.Document{under("Allow", cty.ObjectVal(map[string]cty.Value{"IpAddress": cty.ObjectVal(map[string]cty.Value{"aws:SourceIp": unknown})}))}),
	} {
		if v.State() != evidence.StateUnresolved {
			t.Errorf("%s: got %v, want unresolved", name, v.Reading())
		}
	}
	arn := cty.UnknownVal(cty.String).Refine().StringPrefix("arn:aws:iam::").NewValue()
	if v := read(map[string]cty.Value{"Principal": cty.ObjectVal(map[string]cty.Value{"AWS": arn})}).Everybody(); !evidence.IsKnown(v, false) {
		t.Errorf("principal that begins with arn: got %v, want false", v.Reading())
	}
	d := documentOf(cty.ObjectVal(map[string]cty.Value{"Statement": cty.TupleVal([]cty.Value{cty.DynamicVal})}), why)
	if diff := cmp.Diff([]evidence.Reason{why}, d.More); diff != "" {
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
		plain := d.DeniesPlain("s3:*")
		if evidence.IsKnown(plain, true) && !strings.Contains(strings.ToLower(text), "deny") && !strings.Contains(text, `\u`) {
			t.Errorf("%s: denies without a Deny", text)
		}
		awsrules.Public([]awsrules.Document{d})
	})
}
