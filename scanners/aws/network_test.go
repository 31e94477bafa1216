package aws

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/aws/fakeaws"
)

// inRegion are resources of EC2 in one region of the standard account.
func inRegion(resources ...fakeaws.Resource) fakeaws.Estate {
	var estate fakeaws.Estate
	for _, r := range resources {
		if r.Region == "" {
			r.Region = "eu-central-1"
		}
		estate.Add(fakeaws.StandardAccount, r)
	}
	estate.Accounts[0].Regions = []string{"eu-central-1"}
	return estate
}

// listed is a resource that a list shows as it is.
func listed(typ, id string, doc fakeaws.Node) fakeaws.Resource {
	return fakeaws.Resource{Type: typ, ID: id, Doc: doc}
}

func subnetOf(owner, id string, more ...fakeaws.Node) fakeaws.Resource {
	doc := fakeaws.Node{"subnetId": id, "vpcId": "vpc-1", "ownerId": owner}
	for _, m := range more {
		for k, v := range m {
			doc[k] = v
		}
	}
	return listed("ec2.subnet", id, doc)
}

func ownSubnet(more ...fakeaws.Node) fakeaws.Resource {
	return subnetOf(fakeaws.StandardAccount, "subnet-1", more...)
}

func table(id string, association fakeaws.Node, routes ...fakeaws.Node) fakeaws.Resource {
	return listed("ec2.routetable", id, fakeaws.Node{"routeTableId": id, "vpcId": "vpc-1", "associationSet": []fakeaws.Node{association}, "routeSet": routes})
}

func mainTable(routes ...fakeaws.Node) fakeaws.Resource {
	return table("rtb-main", fakeaws.Node{"main": true}, routes...)
}

func tableOfSubnet(routes ...fakeaws.Node) fakeaws.Resource {
	return table("rtb-1", fakeaws.Node{"subnetId": "subnet-1"}, routes...)
}

func route(to, field, target string) fakeaws.Node {
	return fakeaws.Node{"destinationCidrBlock": to, field: target, "state": "active"}
}

func toGateway(to string) fakeaws.Node { return route(to, "gatewayId", "igw-1") }

func regionWith(operation string, answer fakeaws.Node) fakeaws.Resource {
	return fakeaws.Resource{Type: "ec2.region", ID: "region", Sub: map[string]any{operation: answer}}
}

func blockMode(mode string) fakeaws.Resource {
	return regionWith("ec2.DescribeVpcBlockPublicAccessOptions",
		fakeaws.Node{"vpcBlockPublicAccessOptions": fakeaws.Node{"internetGatewayBlockMode": mode, "state": "update-complete"}})
}

func exclusion(arn, state string) fakeaws.Resource {
	return listed("ec2.exclusion", arn, fakeaws.Node{"resourceArn": "arn:aws:ec2:eu-central-1:111122223333:" + arn, "state": state})
}

func listOfBlocks(cidrs ...string) fakeaws.Resource {
	var entries []fakeaws.Node
	for _, cidr := range cidrs {
		entries = append(entries, fakeaws.Node{"cidr": cidr})
	}
	return fakeaws.Resource{Type: "ec2.prefixlist", ID: "pl-1", Doc: fakeaws.Node{"prefixListId": "pl-1", "ownerId": fakeaws.StandardAccount},
		Sub: map[string]any{"ec2.GetManagedPrefixListEntries": entries}}
}

func TestSubnetIsPrivateByItsEffectiveRoutes(t *testing.T) {
	all := "0.0.0.0/0"
	for _, c := range []struct {
		name string
		have []fakeaws.Resource
		want any
	}{
		{"a default route to a NAT gateway", []fakeaws.Resource{ownSubnet(), tableOfSubnet(route(all, "natGatewayId", "nat-1"))}, true},
		{"a default route to an internet gateway", []fakeaws.Resource{ownSubnet(), tableOfSubnet(toGateway(all))}, false},
		{"IPv6 to an internet gateway", []fakeaws.Resource{ownSubnet(),
			tableOfSubnet(fakeaws.Node{"destinationIpv6CidrBlock": "::/0", "gatewayId": "igw-1", "state": "active"})}, false},
		{"IPv6 to an egress-only gateway", []fakeaws.Resource{ownSubnet(),
			tableOfSubnet(fakeaws.Node{"destinationIpv6CidrBlock": "::/0", "egressOnlyInternetGatewayId": "eigw-1", "state": "active"})}, true},
		{"a default route in halves", []fakeaws.Resource{ownSubnet(), tableOfSubnet(toGateway("0.0.0.0/1"), toGateway("128.0.0.0/1"))}, false},
		{"half a default route", []fakeaws.Resource{ownSubnet(), tableOfSubnet(toGateway("128.0.0.0/1"))}, false},
		{"a private block to an internet gateway", []fakeaws.Resource{ownSubnet(), tableOfSubnet(toGateway("10.1.0.0/16"))}, true},
		{"a blackhole", []fakeaws.Resource{ownSubnet(),
			tableOfSubnet(fakeaws.Node{"destinationCidrBlock": all, "gatewayId": "igw-1", "state": "blackhole"})}, true},
		{"the main table without an association", []fakeaws.Resource{ownSubnet(), mainTable(toGateway(all))}, false},
		{"an association before the main table", []fakeaws.Resource{ownSubnet(), mainTable(toGateway(all)), tableOfSubnet()}, true},
		{"no public addresses and a name that says private", []fakeaws.Resource{
			ownSubnet(fakeaws.Node{"mapPublicIpOnLaunch": false, "tagSet": []fakeaws.Node{{"key": "Name", "value": "private-a"}}}), mainTable(toGateway(all))}, false},
		{"public addresses at launch and a name that says public", []fakeaws.Resource{
			ownSubnet(fakeaws.Node{"mapPublicIpOnLaunch": true, "tagSet": []fakeaws.Node{{"key": "Name", "value": "public-a"}}}), mainTable()}, true},
		{"no table at all", []fakeaws.Resource{ownSubnet()}, "(route_table_unknown)"},
		{"a prefix list with public blocks", []fakeaws.Resource{ownSubnet(), listOfBlocks("10.0.0.0/8", "192.0.2.0/24"),
			tableOfSubnet(fakeaws.Node{"destinationPrefixListId": "pl-1", "gatewayId": "igw-1", "state": "active"})}, false},
		{"a prefix list with private blocks", []fakeaws.Resource{ownSubnet(), listOfBlocks("10.0.0.0/8"),
			tableOfSubnet(fakeaws.Node{"destinationPrefixListId": "pl-1", "gatewayId": "igw-1", "state": "active"})}, true},
		{"a prefix list of AWS", []fakeaws.Resource{ownSubnet(),
			listed("ec2.prefixlist", "pl-2", fakeaws.Node{"prefixListId": "pl-2", "ownerId": "AWS"}),
			tableOfSubnet(fakeaws.Node{"destinationPrefixListId": "pl-2", "gatewayId": "igw-1", "state": "active"})}, false},
		{"an appliance on the way to a prefix list and in", []fakeaws.Resource{ownSubnet(),
			tableOfSubnet(fakeaws.Node{"destinationPrefixListId": "pl-1", "networkInterfaceId": "eni-1", "state": "active"}),
			table("rtb-edge", fakeaws.Node{"gatewayId": "igw-1"}, route("10.0.1.0/24", "networkInterfaceId", "eni-1"))}, "(routed_through_appliance)"},
		{"an endpoint of a storage service, and an appliance of other subnets", []fakeaws.Resource{ownSubnet(),
			tableOfSubnet(fakeaws.Node{"destinationPrefixListId": "pl-2", "gatewayId": "vpce-1", "state": "active"}),
			table("rtb-edge", fakeaws.Node{"gatewayId": "igw-1"}, route("10.0.1.0/24", "networkInterfaceId", "eni-1"))}, true},
		{"a block of a state that is not known", []fakeaws.Resource{ownSubnet(), tableOfSubnet(toGateway(all)),
			regionWith("ec2.DescribeVpcBlockPublicAccessOptions",
				fakeaws.Node{"vpcBlockPublicAccessOptions": fakeaws.Node{"internetGatewayBlockMode": "block-bidirectional", "state": "new"}})}, "(value_not_understood)"},
		{"an appliance on the way out", []fakeaws.Resource{ownSubnet(), tableOfSubnet(route(all, "gatewayId", "vpce-1"))}, true},
		{"an appliance on the way out and in", []fakeaws.Resource{ownSubnet(), tableOfSubnet(route(all, "gatewayId", "vpce-1")),
			table("rtb-edge", fakeaws.Node{"gatewayId": "igw-1"}, route("10.0.1.0/24", "gatewayId", "vpce-1"))}, "(routed_through_appliance)"},
		{"public access blocked both ways", []fakeaws.Resource{ownSubnet(), tableOfSubnet(toGateway(all)), blockMode("block-bidirectional")}, true},
		{"public access blocked inwards alone", []fakeaws.Resource{ownSubnet(), tableOfSubnet(toGateway(all)), blockMode("block-ingress")}, false},
		{"a network excluded from the block", []fakeaws.Resource{ownSubnet(), tableOfSubnet(toGateway(all)), blockMode("block-bidirectional"),
			exclusion("vpc/vpc-1", "create-complete")}, false},
		{"an exclusion that is gone", []fakeaws.Resource{ownSubnet(), tableOfSubnet(toGateway(all)), blockMode("block-bidirectional"),
			exclusion("subnet/subnet-1", "delete-complete")}, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := collect(t, inRegion(c.have...), []string{"ec2"})
			if got := plain(factOf(t, s, "subnet", "subnet/subnet-1"), "private")["private"]; got != c.want {
				t.Errorf("private: got %v, want %v", got, c.want)
			}
		})
	}
}

func TestSubnetOfAnotherAccountIsNoFactOfThisOne(t *testing.T) {
	machine := listed("ec2.instance", "i-1", fakeaws.Node{"instanceId": "i-1", "subnetId": "subnet-2", "instanceState": fakeaws.Node{"name": "running"}})
	s := collect(t, inRegion(ownSubnet(), subnetOf("444455556666", "subnet-2"), mainTable(), machine), []string{"ec2"})
	if got := kindsFound(s); got["subnet"] != 1 {
		t.Errorf("got %d subnets, want the account's own", got["subnet"])
	}
	want := map[string]any{"subnet_private": "(belongs_to_other_account)"}
	if diff := cmp.Diff(want, plain(factOf(t, s, "instance", "i-1"), "subnet_private")); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// kindsFound counts the facts by kind.
func kindsFound(s evidence.Snapshot) map[evidence.Kind]int {
	found := map[evidence.Kind]int{}
	for _, f := range s.Facts {
		found[f.Kind]++
	}
	return found
}

func TestSubnetWhenRoutesAreNotTold(t *testing.T) {
	public := []fakeaws.Resource{ownSubnet(), subnetOf(fakeaws.StandardAccount, "subnet-2"), mainTable(), tableOfSubnet(toGateway("0.0.0.0/0"))}
	excluded := append(slices.Clone(public), blockMode("block-bidirectional"), exclusion("vpc/vpc-2", "create-complete"))
	behind := []fakeaws.Resource{ownSubnet(), tableOfSubnet(route("0.0.0.0/0", "gatewayId", "vpce-1")), mainTable()}
	denied := func(operation string, page int) fakeaws.Rule {
		return fakeaws.Rule{Operation: operation, Page: page, Error: fakeaws.Denied("")}
	}
	emptyFirst := func(operation string) fakeaws.Rule {
		return fakeaws.Rule{Operation: operation, Page: 1, Error: fakeaws.EmptyPage()}
	}
	for _, c := range []struct {
		name   string
		have   []fakeaws.Resource
		breaks []fakeaws.Rule
		want   string
	}{
		{"no permission for the tables", public, []fakeaws.Rule{denied("ec2.DescribeRouteTables", 0)}, "ec2:DescribeRouteTables"},
		{"the second page of the tables denied", public, []fakeaws.Rule{emptyFirst("ec2.DescribeRouteTables"), denied("ec2.DescribeRouteTables", 2)}, "ec2:DescribeRouteTables"},
		{"no permission for the block", public, []fakeaws.Rule{denied("ec2.DescribeVpcBlockPublicAccessOptions", 0)}, "ec2:DescribeVpcBlockPublicAccessOptions"},
		{"no permission for the exclusions", excluded, []fakeaws.Rule{denied("ec2.DescribeVpcBlockPublicAccessExclusions", 0)},
			"ec2:DescribeVpcBlockPublicAccessExclusions"},
		{"an appliance, and its gateway's table on a page that is denied", behind, []fakeaws.Rule{denied("ec2.DescribeRouteTables", 2)}, "ec2:DescribeRouteTables"},
	} {
		t.Run(c.name, func(t *testing.T) {
			server := fakeaws.NewPaged(inRegion(c.have...), 1)
			t.Cleanup(server.Close)
			server.Break(c.breaks...)
			s := collectFrom(t, testOptions(server), []string{"ec2"})
			private := factOf(t, s, "subnet", "subnet-1").Settings["private"]
			if private.State != evidence.StateDenied || private.Why.Args["action"] != c.want {
				t.Errorf("got %v because of %v, want denied for %s", private.State, private.Why, c.want)
			}
		})
	}
}

func TestNetworkWithoutItsSubnetsIsIncomplete(t *testing.T) {
	s := collect(t, inRegion(ownSubnet(), listed("ec2.vpc", "vpc-1", fakeaws.Node{"vpcId": "vpc-1", "ownerId": fakeaws.StandardAccount})), []string{"ec2"},
		fakeaws.Rule{Operation: "ec2.DescribeSubnets", Page: 1, Error: fakeaws.EmptyPage()},
		fakeaws.Rule{Operation: "ec2.DescribeSubnets", Page: 2, Error: fakeaws.Denied("")})
	want := map[string][]evidence.Kind{"read_denied": {"subnet"}}
	if diff := cmp.Diff(want, gapsOf(s)); diff != "" {
		t.Errorf("gaps (-want +got):\n%s", diff)
	}
}

// gapsOf are the kinds that a snapshot may lack, by the reason's code.
func gapsOf(s evidence.Snapshot) map[string][]evidence.Kind {
	gaps := map[string][]evidence.Kind{}
	for _, sweep := range s.Sweeps {
		for _, g := range sweep.Gaps {
			gaps[g.Code] = append(gaps[g.Code], g.Kinds...)
		}
	}
	return gaps
}
