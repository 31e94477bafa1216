package aws

import (
	"cmp"
	"context"
	"slices"

	"github.com/tomscan/tomscan/evidence"
)

// databaseOperations are the operations of a reader of databases: its own, with those of keys and of subnets. Sorted by
// name.
func databaseOperations(own ...operation) []operation {
	key := keyOperation("database.backup_encryption", "database.encryption", "recovery_point.encryption")
	return sortedOperations(append(own, key), subnetOperations("database.subnets_private"))
}

// cacheOperations are the operations of a reader of caches: its own, with those of keys and of subnets. Sorted by name.
func cacheOperations(own ...operation) []operation {
	return sortedOperations(append(own, keyOperation("cache.encryption")), subnetOperations("cache.subnets_private"))
}

// keyOperation is the operation of keyLevel, with the settings that a reader makes of it.
func keyOperation(fills ...string) operation {
	return operation{name: "kms.DescribeKey", action: "kms:DescribeKey", fills: fills}
}

func sortedOperations(lists ...[]operation) []operation {
	all := slices.Concat(lists...)
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
