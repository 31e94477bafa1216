package awsrules

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestConfinements(t *testing.T) {
	type confinement struct {
		Regions  string
		More     int
		Complete bool
		Exempt   string
	}
	statement := func(parts string) string { return `{"Statement":[{"Effect":"Deny","Resource":"*",` + parts + `}]}` }
	only := `"Condition":{"StringNotEquals":{"aws:RequestedRegion":["eu-north-1","eu-central-1"]}}`
	for _, c := range []struct {
		name, policy string
		want         []confinement
	}{
		{"everything", statement(`"Action":"*",` + only), []confinement{{Regions: "eu-central-1 eu-north-1", Complete: true}}},
		{"all but services without a region", statement(`"NotAction":["iam:*","sts:*","ec2:DescribeRegions","s3:PutAccountPublicAccessBlock"],` + only),
			[]confinement{{Regions: "eu-central-1 eu-north-1", Complete: true}}},
		{"all but storage", statement(`"NotAction":["iam:*","s3:*"],` + only), []confinement{{Regions: "eu-central-1 eu-north-1", Exempt: "s3:*"}}},
		{"all but everything", statement(`"NotAction":"*",` + only), []confinement{{Regions: "eu-central-1 eu-north-1", Exempt: "*"}}},
		{"one service", statement(`"Action":"ec2:*",` + only), []confinement{{Regions: "eu-central-1 eu-north-1"}}},
		{"other resources", `{"Statement":{"Effect":"Deny","NotResource":"arn:aws:s3:::x","Action":"*",` + only + `}}`, []confinement{{Regions: "eu-central-1 eu-north-1"}}},
		{"a superset is what it is", statement(`"Action":"*","Condition":{"StringNotLike":{"aws:RequestedRegion":["eu-central-1","us-east-*"]}}`),
			[]confinement{{Regions: "eu-central-1 us-east-1 us-east-2", More: 1, Complete: true}}},
		{"some principals are let pass", statement(`"Action":"*","Condition":{"StringNotEquals":{"aws:RequestedRegion":"eu-north-1"},"ArnNotLike":{"aws:PrincipalARN":"arn:aws:iam::*:role/admin"}}`),
			[]confinement{{Regions: "eu-north-1"}}},
		{"Control Tower is let pass", statement(`"Action":"*","Condition":{"StringNotEquals":{"aws:RequestedRegion":"eu-north-1"},"ArnNotLike":{"aws:PrincipalARN":["arn:aws:iam::*:role/AWSControlTowerExecution"]}}`),
			[]confinement{{Regions: "eu-north-1", Complete: true}}},
		{"denies named regions", statement(`"Action":"*","Condition":{"StringEquals":{"aws:RequestedRegion":"us-east-1"}}`), nil},
		{"allows in regions", `{"Statement":{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"StringEquals":{"aws:RequestedRegion":"eu-north-1"}}}}`, nil},
		{"allows elsewhere", `{"Statement":{"Effect":"Allow","Action":"*","Resource":"*",` + only + `}}`, nil},
		{"no condition", statement(`"Action":"organizations:LeaveOrganization"`), nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			d, err := ParseDocument(c.policy)
			if err != nil {
				t.Fatal(err)
			}
			var got []confinement
			for _, x := range Confinements(d) {
				regions, _ := x.Regions.Get()
				got = append(got, confinement{strings.Join(regions, " "), len(x.Regions.More()), x.Complete, strings.Join(x.Exempt, " ")})
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
