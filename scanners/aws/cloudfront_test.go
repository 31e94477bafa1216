package aws

import (
	"testing"

	sdk "github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudfront/types"

	"github.com/tomscan/tomscan/evidence"
)

// An answer that lacks the certificate, which it always has, is not taken for one with CloudFront's own.
func TestLowestVersionForViewers(t *testing.T) {
	for _, c := range []struct {
		name        string
		certificate *types.ViewerCertificate
		want        int // -1: not known
	}{
		{"left out", nil, -1},
		{"CloudFront's own", &types.ViewerCertificate{CloudFrontDefaultCertificate: sdk.Bool(true),
			MinimumProtocolVersion: types.MinimumProtocolVersionTLSv122021}, evidence.RankTLS10},
		{"one's own", &types.ViewerCertificate{MinimumProtocolVersion: types.MinimumProtocolVersionTLSv122021}, evidence.RankTLS12},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, known := viewerTLS(c.certificate).Get()
			if !known {
				got = -1
			}
			if got != c.want {
				t.Errorf("got %d, want %d", got, c.want)
			}
		})
	}
}
