package aws

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/aws/fakeaws"
)

func groupNamed(name string, ingress ...fakeaws.Node) fakeaws.Resource {
	return listed("ec2.securitygroup", "sg-1", fakeaws.Node{
		"groupId": "sg-1", "groupName": name, "ownerId": fakeaws.StandardAccount, "ipPermissions": ingress,
		"ipPermissionsEgress": []fakeaws.Node{{"ipProtocol": "-1", "ipRanges": []fakeaws.Node{{"cidrIp": "0.0.0.0/0"}}}},
	})
}

func tcp(from, to int, sources fakeaws.Node) fakeaws.Node {
	rule := fakeaws.Node{"ipProtocol": "tcp", "fromPort": from, "toPort": to}
	for k, v := range sources {
		rule[k] = v
	}
	return rule
}

func blocks(cidrs ...string) fakeaws.Node {
	var ranges []fakeaws.Node
	for _, cidr := range cidrs {
		ranges = append(ranges, fakeaws.Node{"cidrIp": cidr})
	}
	return fakeaws.Node{"ipRanges": ranges}
}

func listNamed(id string) fakeaws.Node {
	return fakeaws.Node{"prefixListIds": []fakeaws.Node{{"prefixListId": id}}}
}

func TestFirewallOpensWhatItsRulesOpenTogether(t *testing.T) {
	ssh := evidence.Exposure{Family: "ipv4", Protocol: "tcp", From: 22, To: 22, Source: "0.0.0.0/0"}
	ssh6 := evidence.Exposure{Family: "ipv6", Protocol: "tcp", From: 22, To: 22, Source: "::/0"}
	for _, c := range []struct {
		name  string
		rules []fakeaws.Node
		lists []fakeaws.Resource
		want  []evidence.Exposure
		count int
	}{
		{name: "no rule", want: []evidence.Exposure{}},
		{name: "a private block", rules: []fakeaws.Node{tcp(22, 22, blocks("10.0.0.0/8"))}, want: []evidence.Exposure{}, count: 1},
		{name: "the world", rules: []fakeaws.Node{tcp(22, 22, blocks("0.0.0.0/0"))}, want: []evidence.Exposure{ssh}, count: 1},
		{name: "the world in halves", rules: []fakeaws.Node{tcp(22, 22, blocks("0.0.0.0/1", "128.0.0.0/1"))}, want: []evidence.Exposure{ssh}, count: 2},
		{name: "the world over IPv6", rules: []fakeaws.Node{tcp(22, 22, fakeaws.Node{"ipv6Ranges": []fakeaws.Node{{"cidrIpv6": "::/0"}}})},
			want: []evidence.Exposure{ssh6}, count: 1},
		{name: "everything", rules: []fakeaws.Node{{"ipProtocol": "-1", "ipRanges": []fakeaws.Node{{"cidrIp": "0.0.0.0/0"}}}},
			want: []evidence.Exposure{{Family: "ipv4", Protocol: "all", From: 0, To: 65535, Source: "0.0.0.0/0"}}, count: 1},
		{name: "another group", rules: []fakeaws.Node{tcp(22, 22, fakeaws.Node{"groups": []fakeaws.Node{{"groupId": "sg-2", "userId": "444455556666"}}})},
			want: []evidence.Exposure{}, count: 1},
		{name: "a list of the world", rules: []fakeaws.Node{tcp(22, 22, listNamed("pl-1"))}, lists: []fakeaws.Resource{listOfBlocks("0.0.0.0/1", "128.0.0.0/1")},
			want: []evidence.Exposure{ssh}, count: 1},
		{name: "half of the world in a list", rules: []fakeaws.Node{tcp(22, 22, listNamed("pl-1")), tcp(22, 22, blocks("128.0.0.0/1"))},
			lists: []fakeaws.Resource{listOfBlocks("0.0.0.0/1")}, want: []evidence.Exposure{ssh}, count: 2},
		{name: "a list of AWS", rules: []fakeaws.Node{tcp(443, 443, listNamed("pl-aws"))},
			lists: []fakeaws.Resource{listed("ec2.prefixlist", "pl-aws", fakeaws.Node{"prefixListId": "pl-aws", "ownerId": "AWS"})},
			want:  []evidence.Exposure{}, count: 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := collect(t, inRegion(append(c.lists, groupNamed("app", c.rules...))...), []string{"ec2"})
			want := map[string]any{"is_default": false, "open_ingress": c.want, "region": "eu-central-1", "rule_count": c.count + 1,
				"open_egress": []evidence.Exposure{{Family: "ipv4", Protocol: "all", From: 0, To: 65535, Source: "0.0.0.0/0"}}}
			if diff := cmp.Diff(want, plain(factOf(t, s, "firewall", "sg-1"), "is_default", "open_egress", "open_ingress", "region", "rule_count")); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

func TestFirewallIsItsNetworksDefault(t *testing.T) {
	s := collect(t, inRegion(groupNamed("default")), []string{"ec2"})
	want := map[string]any{"is_default": true, "rule_count": 1}
	if diff := cmp.Diff(want, plain(factOf(t, s, "firewall", "sg-1"), "is_default", "rule_count")); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestFirewallWhosePrefixListIsNotToldIsIncomplete(t *testing.T) {
	estate := inRegion(groupNamed("app", tcp(443, 443, blocks("0.0.0.0/0")), tcp(22, 22, listNamed("pl-1"))), listOfBlocks("10.0.0.0/8"))
	for _, operation := range []string{"ec2.DescribeManagedPrefixLists", "ec2.GetManagedPrefixListEntries"} {
		open := factOf(t, collect(t, estate, []string{"ec2"}, fakeaws.Rule{Operation: operation, Error: fakeaws.Denied("")}), "firewall", "sg-1").Settings["open_ingress"]
		want := []evidence.Exposure{{Family: "ipv4", Protocol: "tcp", From: 443, To: 443, Source: "0.0.0.0/0"}}
		if diff := cmp.Diff(any(want), open.Value); diff != "" {
			t.Errorf("%s: what is seen (-want +got):\n%s", operation, diff)
		}
		if len(open.More) != 1 || open.More[0].Code != "read_denied" {
			t.Errorf("%s: more is %v", operation, open.More)
		}
	}
}

func TestFirewallWhosePrefixListIsGoneIsIncomplete(t *testing.T) {
	open := factOf(t, collect(t, inRegion(groupNamed("app", tcp(22, 22, listNamed("pl-1")))), []string{"ec2"}), "firewall", "sg-1").Settings["open_ingress"]
	if len(open.More) != 1 || open.More[0].Code != "not_among_listed" {
		t.Errorf("more is %v", open.More)
	}
}

func TestFirewallsOfASecondPageThatIsDeniedMayBeMissing(t *testing.T) {
	s := collect(t, inRegion(groupNamed("app")), []string{"ec2"},
		fakeaws.Rule{Operation: "ec2.DescribeSecurityGroups", Page: 1, Error: fakeaws.EmptyPage()},
		fakeaws.Rule{Operation: "ec2.DescribeSecurityGroups", Page: 2, Error: fakeaws.Denied("")})
	if diff := cmp.Diff(map[string][]evidence.Kind{"read_denied": {"firewall"}}, gapsOf(s)); diff != "" {
		t.Errorf("gaps (-want +got):\n%s", diff)
	}
}

func TestGroupsLetTheWorldIn(t *testing.T) {
	world, partners := tcp(443, 443, blocks("0.0.0.0/0")), tcp(443, 443, listNamed("pl-1"))
	second := listed("ec2.securitygroup", "sg-2", fakeaws.Node{"groupId": "sg-2", "groupName": "x", "ownerId": fakeaws.StandardAccount})
	for _, c := range []struct {
		name   string
		have   []fakeaws.Resource
		groups []string
		breaks []fakeaws.Rule
		want   any
	}{
		{"one of two is open", []fakeaws.Resource{groupNamed("a", world), second}, []string{"sg-2", "sg-1"}, nil, true},
		{"none is open", []fakeaws.Resource{groupNamed("a"), second}, []string{"sg-1", "sg-2"}, nil, false},
		{"no group is named", []fakeaws.Resource{second}, nil, nil, "(no_group_named)"},
		{"a group that is not there", []fakeaws.Resource{second}, []string{"sg-2", "sg-3"}, nil, "(not_among_listed)"},
		{"a list that is denied", []fakeaws.Resource{groupNamed("a", partners), listOfBlocks("0.0.0.0/0")}, []string{"sg-1"},
			[]fakeaws.Rule{{Operation: "ec2.GetManagedPrefixListEntries", Error: fakeaws.Denied("")}}, "(read_denied)"},
		{"a list that is denied beside an open rule", []fakeaws.Resource{groupNamed("a", partners, world), listOfBlocks("10.0.0.0/8")}, []string{"sg-1"},
			[]fakeaws.Rule{{Operation: "ec2.GetManagedPrefixListEntries", Error: fakeaws.Denied("")}}, true},
		{"groups that are denied", []fakeaws.Resource{second}, []string{"sg-1"},
			[]fakeaws.Rule{{Operation: "ec2.DescribeSecurityGroups", Error: fakeaws.Denied("")}}, "(read_denied)"},
	} {
		t.Run(c.name, func(t *testing.T) {
			server := fakeaws.New(inRegion(c.have...))
			t.Cleanup(server.Close)
			server.Break(c.breaks...)
			accounts, err := New(testOptions(server)).accounts(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			s := &site{place: &place{account: accounts[0], region: "eu-central-1"}}
			open := s.groupsOpen(t.Context(), c.groups)
			got, known := open.Get()
			if known && got != c.want || !known && "("+open.Why().Code+")" != c.want {
				t.Errorf("got %v %v, want %v", got, open.Why(), c.want)
			}
			if wanted := c.want == "(read_denied)"; wanted != (open.State() == evidence.StateDenied) {
				t.Errorf("the state is %s", open.State())
			}
		})
	}
}
