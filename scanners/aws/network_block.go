package aws

import (
	"context"
	"slices"
	"strings"

	sdk "github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/tomscan/tomscan/evidence"
)

// internetBlock is the block of public access of an account and region. In both directions it keeps all traffic from
// internet gateways, but for the networks and subnets that are excluded.
// https://docs.aws.amazon.com/vpc/latest/userguide/security-vpc-bpa.html
type internetBlock struct {
	bidirectional evidence.Value[bool]
	excluded      []string // networks and subnets
	miss          *miss    // why there may be other exclusions
}

// internetBlock reads the block, and the exclusions where it holds.
func (s *site) internetBlock(ctx context.Context) internetBlock {
	var b internetBlock
	out, m := get(ctx, s, "", s.ec2().DescribeVpcBlockPublicAccessOptions, &ec2.DescribeVpcBlockPublicAccessOptionsInput{})
	b.bidirectional = told(out, m, evidence.Value[bool]{}, func(o *ec2.DescribeVpcBlockPublicAccessOptionsOutput) evidence.Value[bool] {
		options := o.VpcBlockPublicAccessOptions
		switch {
		case options == nil || options.InternetGatewayBlockMode == "":
			return evidence.Value[bool]{}
		case options.InternetGatewayBlockMode != types.InternetGatewayBlockModeBlockBidirectional,
			options.State == types.VpcBlockPublicAccessStateUpdateInProgress:
			return evidence.Known(false)
		case options.State != types.VpcBlockPublicAccessStateUpdateComplete:
			return evidence.Unresolved[bool](evidence.Because("value_not_understood"))
		}
		return evidence.Known(true)
	})
	if evidence.IsKnown(b.bidirectional, true) {
		in := &ec2.DescribeVpcBlockPublicAccessExclusionsInput{MaxResults: sdk.Int32(1000)}
		next := func(i *ec2.DescribeVpcBlockPublicAccessExclusionsInput, o *ec2.DescribeVpcBlockPublicAccessExclusionsOutput) (**string, *string) {
			return &i.NextToken, o.NextToken
		}
		b.excluded, b.miss = pages(ctx, s, "", s.ec2().DescribeVpcBlockPublicAccessExclusions, in, next, excludedIDs)
	}
	return b
}

// excludedIDs are the ids of what is excluded, or may be: an exclusion counts until it is gone.
func excludedIDs(o *ec2.DescribeVpcBlockPublicAccessExclusionsOutput) []string {
	gone := []types.VpcBlockPublicAccessExclusionState{types.VpcBlockPublicAccessExclusionStateCreateFailed,
		types.VpcBlockPublicAccessExclusionStateDeleteComplete, types.VpcBlockPublicAccessExclusionStateDisableComplete}
	var ids []string
	for _, e := range o.VpcBlockPublicAccessExclusions {
		if !slices.Contains(gone, e.State) {
			arn := sdk.ToString(e.ResourceArn)
			ids = append(ids, arn[strings.LastIndex(arn, "/")+1:])
		}
	}
	return ids
}

// holdsFor says whether the block holds for a subnet of a network.
func (b internetBlock) holdsFor(subnet, vpc string) evidence.Value[bool] {
	switch {
	case !evidence.IsKnown(b.bidirectional, true):
		return b.bidirectional
	case slices.Contains(b.excluded, subnet) || slices.Contains(b.excluded, vpc):
		return evidence.Known(false)
	case b.miss != nil:
		return refused[bool](b.miss)
	}
	return evidence.Known(true)
}
