package aws

import (
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/aws/fakeaws"
)

// inFrontOf answers some paths itself, and has the fake answer the rest.
func inFrontOf(t *testing.T, server *fakeaws.Server, answers map[string]string) string {
	t.Helper()
	behind, err := url.Parse(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	proxy := httputil.NewSingleHostReverseProxy(behind)
	front := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		answer, own := answers[r.URL.Path]
		if !own {
			proxy.ServeHTTP(w, r)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write([]byte(answer))
	}))
	t.Cleanup(front.Close)
	return front.URL
}

func TestAListWithoutRegionsIsNotAnAccountWithoutRegions(t *testing.T) {
	for _, answer := range []string{`{}`, `{"Regions":[{}]}`} {
		server := fakeaws.New(fakeaws.Standard())
		t.Cleanup(server.Close)
		o := testOptions(server)
		o.Endpoint = inFrontOf(t, server, map[string]string{"/listRegions": answer})
		s := collectFrom(t, o, []string{"kms"})
		factOf(t, s, "encryption_key", "eu-central-1:"+storageAccount+":key/good-key")
		if diff := cmp.Diff([]string{"read_failed"}, gapCodes(s)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", answer, diff)
		}
	}
}

func TestABucketMayHoldLogsOfRegionsThatAreNotRead(t *testing.T) {
	for code, want := range map[string]string{"region_left_out": "region_left_out", "read_denied": "read_denied", "region_not_available": ""} {
		a := &account{logs: logTargets{buckets: map[string]bool{"logs": true}}, gaps: []evidence.Gap{{Reason: evidence.Because(code)}}}
		if got := a.holdsLogs("other").Why().Code; got != want || !evidence.IsKnown(a.holdsLogs("logs"), true) {
			t.Errorf("%s: got %q, want %q", code, got, want)
		}
	}
}
