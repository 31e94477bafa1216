package awsrules

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/evidence"
)

// parsed reads a policy that has to be one.
func parsed(t *testing.T, text string) Document {
	t.Helper()
	d, err := ParseDocument(text)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return d
}

const denyPlain = `{"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": ["arn:aws:s3:::b", "arn:aws:s3:::b/*"],
	"Condition": {"Bool": {"aws:SecureTransport": "false"}}}`

func TestParseDocument(t *testing.T) {
	got := parsed(t, `{"Version": "2012-10-17", "statement": {"Effect": "Allow", "Principal": {"Service": "a.amazonaws.com", "AWS": ["1", "*"]},
		"notaction": ["s3:GetObject", 7], "Resource": "*", "Condition": {"Bool": {"aws:SecureTransport": true}}}}`)
	text := func(s string) Term { return Term{Text: s, Known: true} }
	want := Document{Statements: []Statement{{
		Effect:     evidence.Known("Allow"),
		NotActions: Terms{Written: true, All: []Term{text("s3:GetObject"), text("7")}},
		Resources:  Terms{Written: true, All: []Term{text("*")}},
		Principals: []Principal{{"AWS", text("1")}, {"AWS", text("*")}, {"Service", text("a.amazonaws.com")}},
		Conditions: []Condition{{"Bool", "aws:SecureTransport", Terms{Written: true, All: []Term{text("true")}}}},
	}}}
	if diff := cmp.Diff(got, want, cmp.AllowUnexported(evidence.Value[string]{})); diff != "" {
		t.Errorf("(-got +want):\n%s", diff)
	}
	for _, bad := range []string{`[]`, `"x"`, `{`, `{} {}`, `{"Statement": ` + strings.Repeat("[", 20000) + `}`, strings.Repeat(" ", 1<<20) + "{}"} {
		if _, err := ParseDocument(bad); err == nil {
			t.Errorf("%.40s: got no error", bad)
		}
	}
	if got := parsed(t, " "); len(got.Statements) != 0 || len(got.More) != 0 {
		t.Errorf("empty text: got %+v, want nothing", got)
	}
}

func TestBucketPolicies(t *testing.T) {
	const public = `{"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}`
	const guarded = `{"Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "*", "Condition": {"StringEquals": {"aws:SourceVpce": "vpce-1"}}}`
	const below13 = `{"Effect": "Deny", "Principal": "*", "Action": "*", "Resource": "arn:aws-cn:s3:::b*", "Condition": {"NumericLessThan": {"s3:TlsVersion": 1.3}}}`
	const objects = `{"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "arn:aws:s3:::b/*", "Condition": {"Bool": {"aws:SecureTransport": "false"}}}`
	const other = `{"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": ["arn:aws:s3:::c", "arn:aws:s3:::c/*"], "Condition": {"Bool": {"aws:SecureTransport": "false"}}}`
	const broken = `{"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*", "Condition": "x"}`
	for _, c := range []struct {
		name, statements string
		plain            string
		tls              int
		public           bool
	}{
		{"denied", denyPlain, "denied", evidence.RankTLS12, false},
		{"objects only", objects, "allowed", evidence.RankTLS12, false},
		{"another bucket", other, "allowed", evidence.RankTLS12, false},
		{"public", public, "allowed", evidence.RankTLS12, true},
		{"everybody through an endpoint", guarded, "allowed", evidence.RankTLS12, false},
		{"only 1.3, in another partition", below13, "allowed", evidence.RankTLS13, false},
		{"several", denyPlain + "," + public, "denied", evidence.RankTLS12, true},
	} {
		documents := []Document{parsed(t, `{"Statement": [`+c.statements+`]}`)}
		if got, known := PlainTransport(documents, WholeBucket("b")).Get(); !known || got != c.plain {
			t.Errorf("%s: plain transport: got %q, want %q", c.name, got, c.plain)
		}
		if got, known := BucketTLSMin(documents, WholeBucket("b")).Get(); !known || got != c.tls {
			t.Errorf("%s: lowest version: got %d, want %d", c.name, got, c.tls)
		}
		if got, known := Public(documents).Get(); !known || got != c.public {
			t.Errorf("%s: public: got %v, want %v", c.name, got, c.public)
		}
	}
	if got := PlainTransport([]Document{parsed(t, `{"Statement": [`+broken+`]}`)}, WholeBucket("b")); got.State() != evidence.StateUnresolved {
		t.Errorf("condition that is none: got %v, want unresolved", got.Reading())
	}
	if got := PlainTransport(nil, WholeBucket("b")); !evidence.IsKnown(got, "allowed") || !got.Defaulted() {
		t.Errorf("no policy: got %v, want the default", got.Reading())
	}
}

func TestGrantsOfDocuments(t *testing.T) {
	for _, c := range []struct {
		name, statement string
		want            []evidence.Grant
		factor          bool
	}{
		{"everything", `{"Effect": "Allow", "Action": "*", "Resource": "*"}`, []evidence.Grant{{Scope: "everything", Action: "*"}}, false},
		{"everything in two stars", `{"Effect": "Allow", "Action": "**", "Resource": "*"}`, []evidence.Grant{{Scope: "everything", Action: "**"}}, false},
		{"named", `{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}`, []evidence.Grant{}, false},
		{"service", `{"Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::*"}`, []evidence.Grant{{Scope: "service", Action: "s3:*"}}, false},
		{"denied without a second factor", `{"Effect": "Deny", "NotAction": "iam:EnableMFADevice", "Resource": "*", "Condition": {"BoolIfExists": {"aws:MultiFactorAuthPresent": "false"}}}`,
			[]evidence.Grant{}, true},
		{"nothing denied without a second factor", `{"Effect": "Deny", "NotAction": "*", "Resource": "*", "Condition": {"BoolIfExists": {"aws:MultiFactorAuthPresent": "false"}}}`,
			[]evidence.Grant{}, false},
	} {
		d := parsed(t, `{"Statement": `+c.statement+`}`)
		got, _ := Grants(d).Get()
		if diff := cmp.Diff(got, c.want); diff != "" {
			t.Errorf("%s: grants (-got +want):\n%s", c.name, diff)
		}
		if got := DemandsSecondFactor(d); !evidence.IsKnown(got, c.factor) {
			t.Errorf("%s: second factor: got %v, want %v", c.name, got.Reading(), c.factor)
		}
	}
}

func FuzzParseDocument(f *testing.F) {
	f.Add(`{"Statement": [` + denyPlain + `]}`)
	f.Add(`{"Statement": {"NotAction": ["a"], "NotPrincipal": {"AWS": 1}, "NotResource": null}}`)
	f.Add(`{"Statement": [[], null, "*", {"Condition": {"Bool": 1}, "Principal": 7}]}`)
	f.Fuzz(func(t *testing.T, text string) {
		d, err := ParseDocument(text)
		if err != nil {
			return
		}
		plain := PlainTransport([]Document{d}, WholeBucket("b"))
		if evidence.IsKnown(plain, "denied") && !strings.Contains(strings.ToLower(text), "deny") && !strings.Contains(text, `\u`) {
			t.Errorf("%s: denies without a Deny", text)
		}
		Public([]Document{d})
		Grants(d)
		DemandsSecondFactor(d)
		d.DeniesPlain("sqs:*")
	})
}
