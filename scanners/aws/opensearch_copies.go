package aws

import (
	"context"

	sdk "github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/opensearch"
	"github.com/aws/aws-sdk-go-v2/service/opensearch/types"

	"github.com/tomscan/tomscan/evidence"
)

// domainPlacement is where a domain is, with the regions of the domains that may search it or follow its indices.
// https://docs.aws.amazon.com/opensearch-service/latest/developerguide/replication.html
func (s *site) domainPlacement(ctx context.Context, name string) evidence.Placement {
	if !s.needs("DescribeInboundConnections") {
		return s.placed(nil, evidence.Because("not_asked"))
	}
	connected := s.connectedDomains(ctx)
	if connected.miss != nil {
		return s.placed(connected.regions[name], connected.miss.reason())
	}
	return s.placed(connected.regions[name])
}

// connectedDomains are the regions of the domains that are connected to each domain of the site, with the miss that says
// why others may lack.
type connectedDomains struct {
	regions map[string][]string
	miss    *miss
}

type connectedDomainsKey struct{}

// connectedDomains lists the connections from other domains once.
func (s *site) connectedDomains(ctx context.Context) connectedDomains {
	return shared(s.place, connectedDomainsKey{}, func() connectedDomains {
		in := &opensearch.DescribeInboundConnectionsInput{MaxResults: 100}
		next := func(i *opensearch.DescribeInboundConnectionsInput, o *opensearch.DescribeInboundConnectionsOutput) (**string, *string) {
			return &i.NextToken, o.NextToken
		}
		found, m := pages(ctx, s, "", s.opensearch().DescribeInboundConnections, in, next,
			func(o *opensearch.DescribeInboundConnectionsOutput) []types.InboundConnection { return o.Connections })
		all := connectedDomains{regions: map[string][]string{}, miss: m}
		for _, c := range found {
			from, to := domainOf(c.LocalDomainInfo), domainOf(c.RemoteDomainInfo)
			if c.ConnectionStatus == nil || c.ConnectionStatus.StatusCode != types.InboundConnectionStatusCodeActive {
				continue
			}
			name := sdk.ToString(to.DomainName)
			all.regions[name] = append(all.regions[name], sdk.ToString(from.Region))
		}
		return all
	})
}

// domainOf is the domain at one end of a connection.
func domainOf(end *types.DomainInformationContainer) types.AWSDomainInformation {
	if end == nil || end.AWSDomainInformation == nil {
		return types.AWSDomainInformation{}
	}
	return *end.AWSDomainInformation
}
