package aws

import (
	"context"
	"slices"

	sdk "github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/apigateway"
	"github.com/aws/aws-sdk-go-v2/service/apigateway/types"
	"github.com/aws/aws-sdk-go-v2/service/apigatewayv2"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/awsrules"
)

// apiDomains reads the custom domain names of APIs. They answer on port 443 with TLS only.
func apiDomains() reader {
	listener := []evidence.Kind{evidence.Listener{}.Kind()}
	return reader{
		service: "apigateway", kinds: listener,
		operations: []operation{
			{name: "GetDomainNames", action: "apigateway:GET", lists: listener},
			{name: "apigatewayv2.GetDomainNames", action: "apigateway:GET", lists: listener},
		},
		read: readAPIDomains,
	}
}

// apiDomain is a custom domain name as one of the two interfaces tells it.
type apiDomain struct {
	name, policy string
	private      bool
	v2           bool // of an HTTP or WebSocket API
}

// readAPIDomains reads the domains of both interfaces. One that serves APIs of both sorts is listed by both: it is one
// thing.
func readAPIDomains(ctx context.Context, s *site) {
	domains, m := s.restDomains(ctx)
	s.hide(m, evidence.Listener{}.Kind())
	others, m := s.httpDomains(ctx)
	s.hide(m, evidence.Listener{}.Kind())
	for _, d := range others {
		same := slices.IndexFunc(domains, func(x apiDomain) bool { return x.name == d.name })
		switch {
		case same < 0:
			domains = append(domains, d)
		case domains[same].policy == "":
			domains[same].policy = d.policy
		}
	}
	for _, d := range domains {
		arn := "arn:" + s.partition + ":apigateway:" + s.region + "::/domainnames/" + d.name
		s.add(thing{arn: arn}, evidence.Listener{
			Region:           evidence.Known(s.region),
			Public:           evidence.Known(!d.private),
			Protocol:         evidence.Default("https", awsrules.DocAPIDomain),
			TLSMin:           domainTLS(d),
			RedirectsToHTTPS: evidence.Default(false, awsrules.DocAPIDomain),
			Port:             evidence.Default(443, awsrules.DocAPIDomain),
		})
	}
}

// domainTLS is the lowest version of the domain's policy. AWS does not say which one holds for a REST domain that names
// none; HTTP and WebSocket domains take TLS 1.2 and nothing less.
func domainTLS(d apiDomain) evidence.Value[int] {
	switch {
	case d.policy != "":
		return awsrules.Ranked(evidence.Known(d.policy), awsrules.GatewayPolicyRank)
	case d.v2:
		return evidence.Default(evidence.RankTLS12, awsrules.DocAPIDomain)
	}
	return evidence.Unresolved[int](evidence.Because("unset", "attribute", "security_policy"))
}

func (s *site) restDomains(ctx context.Context) ([]apiDomain, *miss) {
	in := &apigateway.GetDomainNamesInput{Limit: sdk.Int32(500)}
	next := func(i *apigateway.GetDomainNamesInput, o *apigateway.GetDomainNamesOutput) (**string, *string) {
		return &i.Position, o.Position
	}
	return pages(ctx, s, "", apigateway.NewFromConfig(s.config()).GetDomainNames, in, next, func(o *apigateway.GetDomainNamesOutput) []apiDomain {
		var domains []apiDomain
		for _, d := range o.Items {
			e := d.EndpointConfiguration
			domains = append(domains, apiDomain{name: sdk.ToString(d.DomainName), policy: string(d.SecurityPolicy),
				private: e != nil && slices.Contains(e.Types, types.EndpointTypePrivate)})
		}
		return domains
	})
}

func (s *site) httpDomains(ctx context.Context) ([]apiDomain, *miss) {
	client := apigatewayv2.NewFromConfig(s.config())
	in := &apigatewayv2.GetDomainNamesInput{MaxResults: sdk.String("500")}
	next := func(i *apigatewayv2.GetDomainNamesInput, o *apigatewayv2.GetDomainNamesOutput) (**string, *string) {
		return &i.NextToken, o.NextToken
	}
	return pages(ctx, s, "", client.GetDomainNames, in, next, func(o *apigatewayv2.GetDomainNamesOutput) []apiDomain {
		var domains []apiDomain
		for _, d := range o.Items {
			domain := apiDomain{name: sdk.ToString(d.DomainName), v2: true}
			for _, c := range d.DomainNameConfigurations {
				domain.policy = string(c.SecurityPolicy)
			}
			domains = append(domains, domain)
		}
		return domains
	})
}
