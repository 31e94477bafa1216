package fakeaws

import "slices"

// index finds resources fast.
type index struct {
	accounts map[string]Account
	all      []Account
	lists    map[place][]Resource
	names    map[place]map[string]Resource
}

type place struct{ account, region, kind string }

func newIndex(e Estate) index {
	i := index{accounts: map[string]Account{}, lists: map[place][]Resource{}, names: map[place]map[string]Resource{}}
	for _, account := range e.Accounts {
		if account.Partition == "" {
			account.Partition = "aws"
		}
		if account.Regions == nil {
			account.Regions = defaultRegions()
		}
		i.accounts[account.ID] = account
		i.all = append(i.all, account)
		for _, resource := range account.Resources {
			i.add(place{account.ID, resource.Region, resource.Type}, resource)
		}
	}
	return i
}

func (i index) add(p place, r Resource) {
	i.lists[p] = append(i.lists[p], r)
	if i.names[p] == nil {
		i.names[p] = map[string]Resource{}
	}
	for _, name := range append([]string{r.ID}, r.IDs...) {
		i.names[p][name] = r
	}
}

// list returns the resources of a type, those of no region first.
func (i index) list(account, region, kind string) []Resource {
	global, regional := i.lists[place{account, "", kind}], i.lists[place{account, region, kind}]
	switch {
	case len(global) == 0:
		return regional
	case len(regional) == 0:
		return global
	}
	return slices.Concat(global, regional)
}

// get returns the resource of a type that has the name.
func (i index) get(account, region, kind, id string) (Resource, bool) {
	for _, where := range []string{region, ""} {
		if r, ok := i.names[place{account, where, kind}][id]; ok {
			return r, true
		}
	}
	return Resource{}, false
}

// admit refuses keys of no account and regions that the account has not opted into.
func (i index) admit(account, region string) Error {
	owner, ok := i.accounts[account]
	if !ok || slices.Contains(owner.Disabled, region) {
		return NotEnabled()
	}
	return Error{}
}

// defaultRegions are the regions that every account has,
// https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html.
func defaultRegions() []string {
	return []string{
		"ap-northeast-1", "ap-northeast-2", "ap-northeast-3", "ap-south-1", "ap-southeast-1", "ap-southeast-2", "ca-central-1",
		"eu-central-1", "eu-north-1", "eu-west-1", "eu-west-2", "eu-west-3", "sa-east-1", "us-east-1", "us-east-2", "us-west-1",
		"us-west-2",
	}
}
