package aws

import (
	"cmp"
	"context"
	"slices"

	"github.com/tomscan/tomscan/evidence"
)

// storeOperations are the operations of a reader of databases or caches: its own, with those of keys and of subnets, which
// all such readers call. Sorted by name.
func storeOperations(kind evidence.Kind, own ...operation) []operation {
	encryption := []string{string(kind) + ".encryption"}
	if kind == (evidence.Database{}).Kind() {
		encryption = append([]string{"database.backup_encryption"}, encryption...)
	}
	all := append(own, operation{name: "kms.DescribeKey", action: "kms:DescribeKey", fills: encryption})
	all = append(all, subnetOperations(string(kind)+".subnets_private")...)
	slices.SortFunc(all, func(a, b operation) int { return cmp.Compare(a.name, b.name) })
	return all
}

// privateSubnets says whether all subnets of a database or cache are private, where anybody wants to know it.
func (s *site) privateSubnets(ctx context.Context, subnets []string) evidence.Value[bool] {
	if !s.needs("ec2.DescribeRouteTables") {
		return notAsked[bool]()
	}
	return s.subnetsPrivate(ctx, subnets)
}

// subnetGroups are the subnets of the groups of one service by the group's name, with the miss that says why some may lack.
type subnetGroups struct {
	subnets map[string][]string
	miss    *miss
}

// private says whether all subnets of the named group are private. Name the operation that lists groups in the reader's
// table: list is called only where anybody wants to know.
func (s *site) privateGroup(ctx context.Context, name string, list func(context.Context) subnetGroups) evidence.Value[bool] {
	if !s.needs("ec2.DescribeRouteTables") {
		return notAsked[bool]()
	}
	groups := list(ctx)
	subnets, ok := groups.subnets[name]
	if !ok && groups.miss != nil {
		return refused[bool](groups.miss)
	}
	return s.subnetsPrivate(ctx, subnets)
}
