package aws

import (
	"strings"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/awsrules"
)

// placed is a placement in the site's region, with copies in the regions of others; more says why there may be other copies.
func (s *site) placed(regions []string, more ...evidence.Reason) evidence.Placement {
	return evidence.Placement{Region: evidence.Known(s.region), Copies: regionsBut(s.region, regions).Incomplete(more...)}
}

// regionsOf are the regions in ARNs. What is no ARN is a name in the region where it stands, and has none.
func regionsOf(arns []string) []string { return project(arns, awsrules.ARNRegion) }

// said is a setting as an answer has it; where the answer leaves it out it is not known.
func said[T any](v *T) evidence.Value[T] {
	if v == nil {
		return evidence.Value[T]{}
	}
	return evidence.Known(*v)
}

// saidAs says whether a word of an answer is a certain one, in capitals or not: the models and the answers of AWS do not
// always agree on that. MemoryDB's model has multiaz, its answers have MultiAZ.
// https://docs.aws.amazon.com/memorydb/latest/devguide/clusters.create.html
func saidAs[T ~string](v, word T) evidence.Value[bool] {
	if v == "" {
		return evidence.Value[bool]{}
	}
	return evidence.Known(strings.EqualFold(string(v), string(word)))
}

// saidDays is a number of days as an answer has it.
func saidDays(v *int32) evidence.Value[int] {
	return evidence.Map(said(v), func(n int32) int { return int(n) })
}
