package aws

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/aws/fakeaws"
)

func logOf(id, of string, more ...fakeaws.Node) fakeaws.Resource {
	doc := fakeaws.Node{"flowLogId": id, "resourceId": of, "flowLogStatus": "ACTIVE", "deliverLogsStatus": "SUCCESS", "trafficType": "ALL"}
	for _, m := range more {
		for k, v := range m {
			doc[k] = v
		}
	}
	return listed("ec2.flowlog", id, doc)
}

func TestNetworkIsRecordedByFlowLogs(t *testing.T) {
	network := listed("ec2.vpc", "vpc-1", fakeaws.Node{"vpcId": "vpc-1", "ownerId": fakeaws.StandardAccount})
	second := subnetOf(fakeaws.StandardAccount, "subnet-2")
	rejected, accepted := fakeaws.Node{"trafficType": "REJECT"}, fakeaws.Node{"trafficType": "ACCEPT"}
	part := []string{"records_part_of_traffic"}
	for _, c := range []struct {
		name  string
		have  []fakeaws.Resource
		want  any
		notes []string
	}{
		{"a flow log of the network", []fakeaws.Resource{ownSubnet(), logOf("fl-1", "vpc-1")}, true, nil},
		{"no flow log", []fakeaws.Resource{ownSubnet()}, false, nil},
		{"no flow log and no subnet", nil, false, nil},
		{"flow logs of all subnets", []fakeaws.Resource{ownSubnet(), second, logOf("fl-1", "subnet-1"), logOf("fl-2", "subnet-2")}, true, nil},
		{"a flow log of one subnet of two", []fakeaws.Resource{ownSubnet(), second, logOf("fl-1", "subnet-1")}, false, nil},
		{"a flow log of an interface", []fakeaws.Resource{ownSubnet(), logOf("fl-1", "eni-1")}, false, nil},
		{"a flow log that is not active", []fakeaws.Resource{ownSubnet(), logOf("fl-1", "vpc-1", fakeaws.Node{"flowLogStatus": "INACTIVE"})}, false, nil},
		{"traffic of a sort that is not known", []fakeaws.Resource{ownSubnet(), logOf("fl-1", "vpc-1", fakeaws.Node{"trafficType": "NEW"})}, false, nil},
		{"rejected traffic alone", []fakeaws.Resource{ownSubnet(), logOf("fl-1", "vpc-1", rejected)}, true, part},
		{"accepted and rejected traffic apart", []fakeaws.Resource{ownSubnet(), logOf("fl-1", "vpc-1", rejected), logOf("fl-2", "vpc-1", accepted)}, true, nil},
		{"different traffic of two subnets", []fakeaws.Resource{ownSubnet(), second, logOf("fl-1", "subnet-1", rejected), logOf("fl-2", "subnet-2", accepted)}, true, part},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := factOf(t, collect(t, inRegion(append(c.have, network)...), []string{"ec2"}), "network", "vpc-1")
			if got := plain(f, "flow_logs")["flow_logs"]; got != c.want {
				t.Errorf("flow_logs: got %v, want %v", got, c.want)
			}
			var notes []string
			for _, n := range f.Notes {
				notes = append(notes, n.Code)
			}
			if diff := cmp.Diff(c.notes, notes); diff != "" {
				t.Errorf("notes (-want +got):\n%s", diff)
			}
		})
	}
}

func TestNetworkWhoseFlowLogsAreDeniedIsDenied(t *testing.T) {
	network := listed("ec2.vpc", "vpc-1", fakeaws.Node{"vpcId": "vpc-1", "ownerId": fakeaws.StandardAccount})
	s := collect(t, inRegion(network, ownSubnet()), []string{"ec2"}, fakeaws.Rule{Operation: "ec2.DescribeFlowLogs", Error: fakeaws.Denied("")})
	recorded := factOf(t, s, "network", "vpc-1").Settings["flow_logs"]
	if recorded.State != evidence.StateDenied || recorded.Why.Args["action"] != "ec2:DescribeFlowLogs" {
		t.Errorf("got %v because of %v", recorded.State, recorded.Why)
	}
	if diff := cmp.Diff(map[string][]evidence.Kind{"read_denied": {"log_delivery"}}, gapsOf(s)); diff != "" {
		t.Errorf("gaps (-want +got):\n%s", diff)
	}
}

func TestFlowLogDelivers(t *testing.T) {
	for status, want := range map[string]any{"SUCCESS": true, "FAILED": false, "": "(value_not_understood)"} {
		f := factOf(t, collect(t, inRegion(logOf("fl-1", "vpc-1", fakeaws.Node{"deliverLogsStatus": status})), []string{"ec2"}), "log_delivery", "fl-1")
		wanted := map[string]any{"age_hours": "(delivery_time_not_told)", "delivering": want, "region": "eu-central-1"}
		if diff := cmp.Diff(wanted, plain(f, "age_hours", "delivering", "region")); diff != "" {
			t.Errorf("%q (-want +got):\n%s", status, diff)
		}
		if f.Source.Level != evidence.LevelOperation {
			t.Errorf("%q: the level is %s", status, f.Source.Level)
		}
	}
}

func TestFlowLogNamesTheBucketThatReceivesIt(t *testing.T) {
	server := fakeaws.New(inRegion(
		logOf("fl-1", "vpc-1", fakeaws.Node{"logDestinationType": "s3", "logDestination": "arn:aws:s3:::archive/vpc:all/"}),
		logOf("fl-2", "vpc-1", fakeaws.Node{"logDestinationType": "cloud-watch-logs", "logDestination": "arn:aws:logs:eu-central-1:111122223333:log-group:flow"}),
	))
	t.Cleanup(server.Close)
	accounts, err := New(testOptions(server)).accounts(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	a := accounts[0]
	a.readers = []reader{ec2Networks()}
	a.read(t.Context())
	if diff := cmp.Diff(map[string]bool{"archive": true}, a.logs.buckets); diff != "" {
		t.Errorf("buckets (-want +got):\n%s", diff)
	}
}
