package aws

import (
	"context"
	"time"

	sdk "github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/acm"
	"github.com/aws/aws-sdk-go-v2/service/acm/types"

	"github.com/tomscan/tomscan/evidence"
)

// certificates reads the certificates of ACM. Those of a content delivery network are in the home region.
func certificates() reader {
	certificate := []evidence.Kind{evidence.Certificate{}.Kind()}
	return reader{
		service: "acm", kinds: certificate,
		operations: []operation{
			{name: "DescribeCertificate", action: "acm:DescribeCertificate", fills: []string{"certificate.renews"}},
			{name: "ListCertificates", action: "acm:ListCertificates", lists: certificate},
		},
		read: readCertificates,
	}
}

// readCertificates lists certificates of all sorts of keys: without naming them it would list those of RSA with 1024 and
// 2048 bits only. https://docs.aws.amazon.com/acm/latest/APIReference/API_Filters.html
func readCertificates(ctx context.Context, s *site) {
	client := acm.NewFromConfig(s.config())
	in := &acm.ListCertificatesInput{MaxItems: sdk.Int32(1000),
		Includes: &types.Filters{KeyTypes: types.KeyAlgorithm("").Values()}}
	next := func(i *acm.ListCertificatesInput, o *acm.ListCertificatesOutput) (**string, *string) {
		return &i.NextToken, o.NextToken
	}
	all, m := pages(ctx, s, "", client.ListCertificates, in, next,
		func(o *acm.ListCertificatesOutput) []types.CertificateSummary { return o.CertificateSummaryList })
	s.hide(m, evidence.Certificate{}.Kind())
	each(ctx, s, all, func(ctx context.Context, c types.CertificateSummary) {
		if c.NotAfter == nil {
			return // requested, and not issued
		}
		arn := sdk.ToString(c.CertificateArn)
		s.add(thing{arn: arn, typ: "acm:certificate", name: lastPart(arn)}, evidence.Certificate{
			Region:   evidence.Known(s.region),
			DaysLeft: evidence.Known(int(max(0, c.NotAfter.Sub(s.now())) / (24 * time.Hour))),
			InUse:    inUse(c.InUse),
			KeyBits:  keyBits(c.KeyAlgorithm),
			Renews:   s.renews(ctx, client, c),
		})
	})
}

func inUse(told *bool) evidence.Value[bool] {
	if told == nil {
		return evidence.Value[bool]{}
	}
	return evidence.Known(*told)
}

// keyBits is the length of an RSA key that is as strong.
func keyBits(algorithm types.KeyAlgorithm) evidence.Value[int] {
	bits := map[types.KeyAlgorithm]int{
		types.KeyAlgorithmRsa1024: 1024, types.KeyAlgorithmRsa2048: 2048, types.KeyAlgorithmRsa3072: 3072, types.KeyAlgorithmRsa4096: 4096,
		"RSA-1024": 1024, "RSA-2048": 2048, "RSA-3072": 3072, "RSA-4096": 4096, // as descriptions and older lists write them
	}
	if n, ok := bits[algorithm]; ok {
		return evidence.Known(n)
	}
	curves := map[types.KeyAlgorithm]int{types.KeyAlgorithmEcPrime256v1: 256, types.KeyAlgorithmEcSecp384r1: 384, types.KeyAlgorithmEcSecp521r1: 521}
	if n, ok := evidence.KeyBitsOfCurve(curves[algorithm]); ok {
		return evidence.Known(n)
	}
	return evidence.Unresolved[int](evidence.Because("unmodelled_value", "value", string(algorithm)))
}

// renews says whether ACM renews a certificate in time by itself. It renews none that was imported, none that nothing uses,
// and asks by mail for those that were validated by mail.
// https://docs.aws.amazon.com/acm/latest/userguide/managed-renewal.html
func (s *site) renews(ctx context.Context, client *acm.Client, c types.CertificateSummary) evidence.Value[bool] {
	switch {
	case c.Type == types.CertificateTypeImported || c.RenewalEligibility == types.RenewalEligibilityIneligible:
		return evidence.Known(false)
	case c.RenewalEligibility == "":
		return evidence.Value[bool]{}
	case c.Type == types.CertificateTypePrivate:
		return evidence.Known(true)
	case !s.needs("DescribeCertificate"):
		return notAsked[bool]()
	}
	out, m := get(ctx, s, sdk.ToString(c.CertificateArn), client.DescribeCertificate, &acm.DescribeCertificateInput{CertificateArn: c.CertificateArn})
	return told(out, m, evidence.Value[bool]{}, func(o *acm.DescribeCertificateOutput) evidence.Value[bool] {
		if o.Certificate == nil {
			return evidence.Value[bool]{}
		}
		byItself := evidence.Value[bool]{}
		for _, v := range o.Certificate.DomainValidationOptions {
			switch v.ValidationMethod {
			case types.ValidationMethodEmail:
				return evidence.Known(false)
			case types.ValidationMethodDns, types.ValidationMethodHttp:
				byItself = evidence.Known(true)
			}
		}
		return byItself
	})
}
