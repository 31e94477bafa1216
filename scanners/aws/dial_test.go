package aws

import (
	"context"
	"net"
	"testing"

	"github.com/tomscan/tomscan/evidence"
)

func TestNameThatDoesNotExist(t *testing.T) {
	unknown := &net.OpError{Op: "dial", Err: &net.DNSError{Err: "no such host", Name: "fsx.eu-south-2.amazonaws.com", IsNotFound: true}}
	for _, tt := range []struct {
		name, reached string
		lookup        error
		want          evidence.Outcome
		code          string
	}{
		{"a service that is not in the region", "sts.eu-central-1.amazonaws.com", nil, evidence.OutcomeUnsupportedRegion, noHost},
		{"a network that went away", "sts.eu-central-1.amazonaws.com", unknown, evidence.OutcomeError, noConnection},
		{"nothing was reached yet", "", unknown, evidence.OutcomeUnsupportedRegion, noHost},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d := newDialer(nil)
			d.reached = tt.reached
			d.lookup = func(context.Context, string) ([]string, error) { return nil, tt.lookup }
			outcome, code := classify("fsx.DescribeFileSystems", d.explain(t.Context(), unknown))
			if outcome != tt.want || code != tt.code {
				t.Errorf("got %s %q, want %s %q", outcome, code, tt.want, tt.code)
			}
		})
	}
}

func TestOnlyAServiceThatIsNotOfferedHasNothing(t *testing.T) {
	for code, want := range map[string]bool{noHost: true, "AuthFailure": false, "InvalidClientTokenId": false, "UnrecognizedClientException": false} {
		if m := (&miss{outcome: evidence.OutcomeUnsupportedRegion, code: code}); m.nothingThere() != want {
			t.Errorf("%s: nothing is there: %v, want %v", code, m.nothingThere(), want)
		}
	}
}
