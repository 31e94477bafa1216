package aws

import (
	"context"
	"net/netip"
	"slices"

	sdk "github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/awsrules"
)

// prefixListOperations are the operations of prefixList.
func prefixListOperations(fills ...string) []operation {
	return []operation{
		{name: "ec2.DescribeManagedPrefixLists", action: "ec2:DescribeManagedPrefixLists", fills: fills},
		{name: "ec2.GetManagedPrefixListEntries", action: "ec2:GetManagedPrefixListEntries", fills: fills},
	}
}

// unaskedLists are the same by name, for what names no list.
func unaskedLists() []string {
	return []string{"ec2.DescribeManagedPrefixLists", "ec2.GetManagedPrefixListEntries"}
}

// prefixList are the address blocks of a prefix list.
type prefixList struct {
	blocks []netip.Prefix
	aws    bool              // it holds the addresses of a service of AWS, and none is shown
	miss   *miss             // why there may be others
	more   []evidence.Reason // the same, with what is not understood
}

type prefixListKey struct{ id string }

// prefixList reads the blocks of one list of the site once. Lists that AWS manages hold the addresses of one of its
// services, never the world: of these it gives none.
// https://docs.aws.amazon.com/vpc/latest/userguide/working-with-aws-managed-prefix-lists.html
func (s *site) prefixList(ctx context.Context, id string) prefixList {
	return shared(s.place, prefixListKey{id}, func() prefixList {
		owners := s.prefixListOwners(ctx)
		owner, ok := owners.byID[id]
		switch {
		case owner == "AWS":
			return prefixList{aws: true}
		case !ok && owners.miss != nil:
			return prefixList{miss: owners.miss, more: []evidence.Reason{owners.miss.reason()}}
		case !ok:
			return prefixList{more: []evidence.Reason{evidence.Because("not_among_listed", "name", id)}}
		}
		return s.prefixListEntries(ctx, id)
	})
}

func (s *site) prefixListEntries(ctx context.Context, id string) prefixList {
	var l prefixList
	in := &ec2.GetManagedPrefixListEntriesInput{PrefixListId: &id, MaxResults: sdk.Int32(100)}
	next := func(i *ec2.GetManagedPrefixListEntriesInput, o *ec2.GetManagedPrefixListEntriesOutput) (**string, *string) {
		return &i.NextToken, o.NextToken
	}
	cidrs, m := pages(ctx, s, id, s.ec2().GetManagedPrefixListEntries, in, next, func(o *ec2.GetManagedPrefixListEntriesOutput) []string {
		return project(o.Entries, func(e types.PrefixListEntry) string { return sdk.ToString(e.Cidr) })
	})
	for _, cidr := range cidrs {
		l.add(cidr)
	}
	if m != nil {
		l.miss, l.more = m, append(l.more, m.reason())
	}
	return l
}

// add reads a text as an address block.
func (l *prefixList) add(cidr string) {
	if block, err := netip.ParsePrefix(cidr); err == nil {
		l.blocks = append(l.blocks, block.Masked())
	} else {
		l.more = append(l.more, evidence.Because("value_not_understood"))
	}
}

// beyondPrivate says whether the list holds addresses that are not private.
func (l prefixList) beyondPrivate() evidence.Value[bool] {
	switch {
	case l.aws || slices.ContainsFunc(l.blocks, func(b netip.Prefix) bool { return !awsrules.IsPrivateBlock(b) }):
		return evidence.Known(true)
	case l.miss != nil:
		return refused[bool](l.miss)
	case len(l.more) > 0:
		return evidence.Unresolved[bool](l.more[0])
	}
	return evidence.Known(false)
}

// prefixListOwners says who owns the lists of a region.
type prefixListOwners struct {
	byID map[string]string
	miss *miss
}

type prefixListOwnersKey struct{}

func (s *site) prefixListOwners(ctx context.Context) prefixListOwners {
	return shared(s.place, prefixListOwnersKey{}, func() prefixListOwners {
		in := &ec2.DescribeManagedPrefixListsInput{MaxResults: sdk.Int32(100)}
		next := func(i *ec2.DescribeManagedPrefixListsInput, o *ec2.DescribeManagedPrefixListsOutput) (**string, *string) {
			return &i.NextToken, o.NextToken
		}
		all, m := pages(ctx, s, "", s.ec2().DescribeManagedPrefixLists, in, next, func(o *ec2.DescribeManagedPrefixListsOutput) [][2]string {
			return project(o.PrefixLists, func(l types.ManagedPrefixList) [2]string {
				return [2]string{sdk.ToString(l.PrefixListId), sdk.ToString(l.OwnerId)}
			})
		})
		owners := prefixListOwners{byID: map[string]string{}, miss: m}
		for _, l := range all {
			owners.byID[l[0]] = l[1]
		}
		return owners
	})
}

// project turns the items of a page into what is kept of them.
func project[T, U any](items []T, keep func(T) U) []U {
	all := make([]U, 0, len(items))
	for _, item := range items {
		all = append(all, keep(item))
	}
	return all
}
