package aws

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/aws/fakeaws"
)

// network is a network of the account, default or not.
func network(id string, isDefault bool) fakeaws.Resource {
	return listed("ec2.vpc", id, fakeaws.Node{"vpcId": id, "ownerId": fakeaws.StandardAccount, "isDefault": isDefault})
}

// attached is an interface in a network.
func attached(vpc string) fakeaws.Resource {
	return listed("ec2.networkinterface", "eni-"+vpc, fakeaws.Node{"networkInterfaceId": "eni-" + vpc, "vpcId": vpc})
}

// asAWSMadeIt is a region's default network with its subnets and its security group.
func asAWSMadeIt(more ...fakeaws.Resource) []fakeaws.Resource {
	return append([]fakeaws.Resource{network("vpc-1", true), ownSubnet(), mainTable(toGateway("0.0.0.0/0")), groupNamed("default")}, more...)
}

func TestDefaultNetworkIsAFactWhenItIsUsed(t *testing.T) {
	used := map[evidence.Kind]int{"firewall": 1, "network": 1, "subnet": 1}
	custom := map[evidence.Kind]int{"firewall": 1, "network": 2, "subnet": 1}
	denied := func(operation string, page int) fakeaws.Rule {
		return fakeaws.Rule{Operation: operation, Page: page, Error: fakeaws.Denied("")}
	}
	emptyFirst := fakeaws.Rule{Operation: "ec2.DescribeNetworkInterfaces", Page: 1, Error: fakeaws.EmptyPage()}
	other := listed("ec2.vpc", "vpc-2", fakeaws.Node{"vpcId": "vpc-2", "ownerId": "444455556666"})
	for _, c := range []struct {
		name    string
		have    []fakeaws.Resource
		breaks  []fakeaws.Rule
		want    map[evidence.Kind]int
		remarks int
	}{
		{"with nothing in it", asAWSMadeIt(), nil, map[evidence.Kind]int{}, 1},
		{"with an interface", asAWSMadeIt(attached("vpc-1")), nil, used, 0},
		{"with an interface on the second page, after an empty one", asAWSMadeIt(attached("vpc-1"), attached("vpc-0")), []fakeaws.Rule{emptyFirst}, used, 0},
		{"with a second page that is denied", asAWSMadeIt(attached("vpc-1")), []fakeaws.Rule{emptyFirst, denied("ec2.DescribeNetworkInterfaces", 2)}, map[evidence.Kind]int{}, 0},
		{"whose interfaces are denied", asAWSMadeIt(), []fakeaws.Rule{denied("ec2.DescribeNetworkInterfaces", 0)}, map[evidence.Kind]int{}, 0},
		{"beside a network that somebody built", asAWSMadeIt(network("vpc-2", false)), nil, custom, 0},
		{"beside a network that another account shares", asAWSMadeIt(other), nil, used, 0},
		{"beside networks that are denied", asAWSMadeIt(network("vpc-2", false)), []fakeaws.Rule{denied("ec2.DescribeVpcs", 2)}, map[evidence.Kind]int{}, 0},
		{"when no network is told", asAWSMadeIt(), []fakeaws.Rule{denied("ec2.DescribeVpcs", 0)}, map[evidence.Kind]int{}, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			server := fakeaws.NewPaged(inRegion(c.have...), 1)
			t.Cleanup(server.Close)
			server.Break(c.breaks...)
			s := collectFrom(t, testOptions(server), []string{"ec2"})
			found := kindsFound(s)
			delete(found, "public_sharing_block")
			delete(found, "volume_default")
			if diff := cmp.Diff(c.want, found); diff != "" {
				t.Errorf("facts (-want +got):\n%s", diff)
			}
			if got := len(remarksOf(s)); got != c.remarks {
				t.Errorf("%d remarks, want %d", got, c.remarks)
			}
		})
	}
}

// remarksOf are the notes of all sweeps.
func remarksOf(s evidence.Snapshot) []evidence.Gap {
	var notes []evidence.Gap
	for _, sweep := range s.Sweeps {
		notes = append(notes, sweep.Notes...)
	}
	return notes
}

func TestUnusedNetworkIsSaidAndNotAskedAbout(t *testing.T) {
	server := fakeaws.New(inRegion(asAWSMadeIt()...))
	t.Cleanup(server.Close)
	s := collectFrom(t, testOptions(server), []string{"ec2"})
	why := evidence.Because("default_network_unused", "account", fakeaws.StandardAccount, "region", "eu-central-1", "networks", "vpc-1")
	want := []evidence.Gap{{Reason: why, Kinds: []evidence.Kind{"firewall", "network", "subnet"}}}
	if diff := cmp.Diff(want, remarksOf(s)); diff != "" {
		t.Errorf("notes (-want +got):\n%s", diff)
	}
	if gaps := gapsOf(s); len(gaps) > 0 {
		t.Errorf("gaps: %v", gaps)
	}
	got, calls := map[string]int{}, server.Count()
	for _, o := range []string{"Vpcs", "NetworkInterfaces", "Subnets", "SecurityGroups", "RouteTables", "FlowLogs"} {
		got[o] = calls["ec2.Describe"+o]
	}
	wanted := map[string]int{"Vpcs": 1, "NetworkInterfaces": 1, "Subnets": 0, "SecurityGroups": 0, "RouteTables": 0, "FlowLogs": 1}
	if diff := cmp.Diff(wanted, got); diff != "" {
		t.Errorf("calls (-want +got):\n%s", diff)
	}
}

func TestUsedNetworkIsAskedForOneInterfaceAlone(t *testing.T) {
	var many []fakeaws.Resource
	for _, id := range []string{"1", "2", "3"} {
		many = append(many, listed("ec2.networkinterface", "eni-"+id, fakeaws.Node{"networkInterfaceId": "eni-" + id, "vpcId": "vpc-1"}))
	}
	server := fakeaws.NewPaged(inRegion(asAWSMadeIt(many...)...), 1)
	t.Cleanup(server.Close)
	collectFrom(t, testOptions(server), []string{"ec2"})
	if got := server.Count()["ec2.DescribeNetworkInterfaces"]; got != 1 {
		t.Errorf("%d calls, want 1", got)
	}
}

func TestFlowLogOfATransitGatewayNeedsNoNetwork(t *testing.T) {
	s := collect(t, inRegion(asAWSMadeIt(logOf("fl-1", "tgw-1"))...), []string{"ec2"})
	if got := kindsFound(s)["log_delivery"]; got != 1 {
		t.Errorf("%d deliveries of logs, want 1", got)
	}
}

func TestSampleAsksAboutUnusedNetworksToo(t *testing.T) {
	server := fakeaws.New(inRegion(asAWSMadeIt()...))
	t.Cleanup(server.Close)
	o := testOptions(server)
	o.Sample = true
	collectFrom(t, o, []string{"ec2"})
	for _, operation := range []string{"ec2.DescribeNetworkInterfaces", "ec2.DescribeSubnets", "ec2.DescribeSecurityGroups", "ec2.DescribeRouteTables"} {
		if server.Count()[operation] == 0 {
			t.Errorf("%s is not called", operation)
		}
	}
}
