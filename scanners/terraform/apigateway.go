package terraform

import (
	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/awsrules"
	"github.com/tomscan/tomscan/scanners/terraform/eval"
)

// apiDomains reads the custom domain names of APIs. They answer on port 443 with TLS only.
func apiDomains() reader {
	return reader{
		types: []string{"aws_api_gateway_domain_name", "aws_apigatewayv2_domain_name"},
		kinds: []evidence.Kind{evidence.Listener{}.Kind()},
		read: func(_ *eval.Root, i *eval.Instance) []observation {
			return one(evidence.Listener{
				Region:           i.Provider.Region,
				Public:           domainPublic(i),
				Protocol:         unset(i, "https", awsrules.DocAPIDomain),
				TLSMin:           domainTLS(i),
				RedirectsToHTTPS: unset(i, false, awsrules.DocAPIDomain),
				Port:             unset(i, 443, awsrules.DocAPIDomain),
			})
		},
	}
}

// domainTLS is the lowest version of the domain's policy. AWS does not say which one holds for a REST domain that
// leaves it unset; HTTP and WebSocket domains take TLS 1.2 and nothing less.
func domainTLS(i *eval.Instance) evidence.Value[int] {
	if i.Type == "aws_apigatewayv2_domain_name" {
		policy := i.Block.Block("domain_name_configuration").Attr("security_policy")
		return awsrules.Ranked(policy.Text(unset(i, "TLS_1_2", awsrules.DocAPIDomain)), awsrules.GatewayPolicyRank)
	}
	missing := evidence.Unresolved[string](evidence.Because("unset", "attribute", "security_policy")).At(i.At(evidence.RoleDefaults))
	return awsrules.Ranked(i.Attr("security_policy").Text(missing), awsrules.GatewayPolicyRank)
}

// domainPublic says whether the domain answers on the internet: unless its endpoint is private.
func domainPublic(i *eval.Instance) evidence.Value[bool] {
	types := i.Block.Block("endpoint_configuration").Attr("types")
	list := types.Texts(unset(i, []string{"EDGE"}, awsrules.DocAPIDomain))
	return evidence.Map(list, func(types []string) bool {
		for _, t := range types {
			if t == "PRIVATE" {
				return false
			}
		}
		return true
	})
}
