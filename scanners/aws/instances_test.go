package aws

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/aws/fakeaws"
)

func machineWith(more fakeaws.Node) fakeaws.Resource {
	doc := fakeaws.Node{"instanceId": "i-1", "subnetId": "subnet-1", "instanceState": fakeaws.Node{"name": "running"}}
	for k, v := range more {
		doc[k] = v
	}
	return listed("ec2.instance", "i-1", doc)
}

func interfaceIn(subnet string, more fakeaws.Node) []fakeaws.Node {
	n := fakeaws.Node{"subnetId": subnet}
	for k, v := range more {
		n[k] = v
	}
	return []fakeaws.Node{n}
}

func TestInstance(t *testing.T) {
	second := table("rtb-2", fakeaws.Node{"subnetId": "subnet-2"}, toGateway("0.0.0.0/0"))
	address := fakeaws.Node{"association": fakeaws.Node{"publicIp": "198.51.100.7"}}
	for _, c := range []struct {
		name    string
		machine fakeaws.Node
		setting string
		want    any
	}{
		{"without an address", nil, "public_address", false},
		{"with an address", fakeaws.Node{"ipAddress": "198.51.100.7"}, "public_address", true},
		{"with an address on its second interface", fakeaws.Node{"networkInterfaceSet": interfaceIn("subnet-1", address)}, "public_address", true},
		{"with an address on a second private address", fakeaws.Node{"networkInterfaceSet": interfaceIn("subnet-1",
			fakeaws.Node{"privateIpAddressesSet": []fakeaws.Node{address}})}, "public_address", true},
		{"in a private subnet", nil, "subnet_private", true},
		{"with an interface in a public subnet", fakeaws.Node{"networkInterfaceSet": interfaceIn("subnet-2", nil)}, "subnet_private", false},
		{"in no subnet", fakeaws.Node{"subnetId": ""}, "subnet_private", "(no_subnet_named)"},
		{"that demands tokens", fakeaws.Node{"metadataOptions": fakeaws.Node{"httpEndpoint": "enabled", "httpTokens": "required"}}, "metadata_session", true},
		{"that takes tokens", fakeaws.Node{"metadataOptions": fakeaws.Node{"httpEndpoint": "enabled", "httpTokens": "optional"}}, "metadata_session", false},
		{"without metadata", fakeaws.Node{"metadataOptions": fakeaws.Node{"httpEndpoint": "disabled", "httpTokens": "optional"}}, "metadata_session", true},
		{"that does not tell of tokens", nil, "metadata_session", "(not_read)"},
		{"that is monitored", fakeaws.Node{"monitoring": fakeaws.Node{"state": "enabled"}}, "monitored", true},
		{"that is not monitored", fakeaws.Node{"monitoring": fakeaws.Node{"state": "disabled"}}, "monitored", false},
		{"somewhere", nil, "region", "eu-central-1"},
		{"without copies", nil, "copies", []string{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			estate := inRegion(ownSubnet(), subnetOf(fakeaws.StandardAccount, "subnet-2"), mainTable(), second, machineWith(c.machine))
			got := plain(factOf(t, collect(t, estate, []string{"ec2"}), "instance", "i-1"), c.setting)
			if diff := cmp.Diff(map[string]any{c.setting: c.want}, got); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

func TestInstanceThatIsTerminatedIsNoFact(t *testing.T) {
	s := collect(t, inRegion(machineWith(fakeaws.Node{"instanceState": fakeaws.Node{"name": "terminated"}})), []string{"ec2"})
	if got := kindsFound(s)["instance"]; got != 0 {
		t.Errorf("got %d instances", got)
	}
}

func TestInstancesOfASecondPageThatIsDeniedMayBeMissing(t *testing.T) {
	s := collect(t, inRegion(machineWith(nil)), []string{"ec2"},
		fakeaws.Rule{Operation: "ec2.DescribeInstances", Page: 1, Error: fakeaws.EmptyPage()},
		fakeaws.Rule{Operation: "ec2.DescribeInstances", Page: 2, Error: fakeaws.Denied("")})
	if diff := cmp.Diff(map[string][]evidence.Kind{"read_denied": {"instance"}}, gapsOf(s)); diff != "" {
		t.Errorf("gaps (-want +got):\n%s", diff)
	}
}
