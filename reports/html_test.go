package reports

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"html"
	"regexp"
	"strings"
	"testing"
)

// TestHTMLAllowsOnlyItsOwnScriptAndStyle holds the policy's digests to what stands in the page.
func TestHTMLAllowsOnlyItsOwnScriptAndStyle(t *testing.T) {
	page := string(render(t, HTML, fixture(), Options{}))
	policy := html.UnescapeString(between(t, page, `Content-Security-Policy" content="`, `"`))
	for tag, directive := range map[string]string{"style": "style-src", "script": "script-src"} {
		if n := strings.Count(page, "<"+tag); n != 1 {
			t.Errorf("%d elements %s, want 1", n, tag)
		}
		sum := sha256.Sum256([]byte(between(t, page, "<"+tag+">", "</"+tag+">")))
		if want := directive + " 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"; !strings.Contains(policy, want) {
			t.Errorf("the policy %q lacks %q", policy, want)
		}
	}
	if !strings.HasPrefix(policy, "default-src 'none'; ") || strings.Contains(policy, "unsafe") {
		t.Errorf("the policy %q is not strict", policy)
	}
	if m := regexp.MustCompile(`(?i)\s(style|on[a-z]+|src|srcset)=`).FindString(page); m != "" {
		t.Errorf("the page has an attribute %q", m)
	}
}

// TestHTMLNamesTheDigestOfTheJSON compares the digest in the page with that of the JSON.
func TestHTMLNamesTheDigestOfTheJSON(t *testing.T) {
	sum := sha256.Sum256(render(t, JSON, fixture(), Options{}))
	page := string(render(t, HTML, fixture(), Options{}))
	if got, want := between(t, page, `id="json-digest">`, "<"), hex.EncodeToString(sum[:]); got != want {
		t.Errorf("the page names %s, want %s", got, want)
	}
}

// TestHTMLHasEveryResult looks for every result that is not a pass, and for the resources that pass.
func TestHTMLHasEveryResult(t *testing.T) {
	page := html.UnescapeString(string(render(t, HTML, fixture(), Options{})))
	x := newIndex(fixture(), wordsIn(t, "en"))
	for _, r := range x.Results {
		if !strings.Contains(page, "<code>"+x.subject(r.Fact)+"</code>") {
			t.Errorf("the page lacks %s (%s)", r.ID, r.Verdict)
		}
	}
}

func between(t *testing.T, text, before, after string) string {
	t.Helper()
	_, rest, ok := strings.Cut(text, before)
	if !ok {
		t.Fatalf("no %q", before)
	}
	part, _, _ := strings.Cut(rest, after)
	return part
}
