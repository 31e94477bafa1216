package fakeaws_test

import (
	"context"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials/stscreds"
	accountapi "github.com/aws/aws-sdk-go-v2/service/account"
	"github.com/aws/aws-sdk-go-v2/service/account/types"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/organizations"
	"github.com/aws/aws-sdk-go-v2/service/sts"
	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/scanners/aws/fakeaws"
)

// two accounts, of which the second has not opted into a region.
func two() fakeaws.Estate {
	return fakeaws.Estate{Accounts: []fakeaws.Account{
		{ID: home, Resources: []fakeaws.Resource{{Type: "rds.instance", Region: region, ID: "first", Doc: fakeaws.Node{"DBInstanceIdentifier": "first"}}}},
		{
			ID: second, Partition: "aws-eusc", Regions: []string{region, "eu-south-1", "us-east-1"}, Disabled: []string{"af-south-1"},
			Resources: []fakeaws.Resource{{Type: "rds.instance", Region: region, ID: "second", Doc: fakeaws.Node{"DBInstanceIdentifier": "second"}}},
		},
	}}
}

func serveTwo(t *testing.T) *fakeaws.Server {
	t.Helper()
	s := fakeaws.New(two())
	t.Cleanup(s.Close)
	return s
}

func TestKeysDecideTheAccount(t *testing.T) {
	s := serveTwo(t)
	for account, want := range map[string]string{
		home:   "arn:aws:sts::111122223333:assumed-role/tomscan/x",
		second: "arn:aws-eusc:sts::444455556666:assumed-role/tomscan/x",
	} {
		out, err := sts.NewFromConfig(client(s, account)).GetCallerIdentity(t.Context(), nil)
		if err != nil {
			t.Fatal(err)
		}
		if *out.Arn != want || *out.Account != account {
			t.Errorf("got %s of %s, want %s", *out.Arn, *out.Account, want)
		}
	}
}

func TestARoleLeadsIntoItsAccount(t *testing.T) {
	s := serveTwo(t)
	c := client(s, home)
	c.Credentials = stscreds.NewAssumeRoleProvider(sts.NewFromConfig(c), "arn:aws:iam::"+second+":role/audit/reader")
	got, err := readInstances(t.Context(), c)
	if diff := cmp.Diff([]string{"second"}, got); err != nil || diff != "" {
		t.Errorf("error %v, names (-want +got):\n%s", err, diff)
	}
}

func TestARoleOfNoAccountIsDenied(t *testing.T) {
	s := serveTwo(t)
	in := &sts.AssumeRoleInput{RoleArn: aws.String("arn:aws:iam::000000000000:role/reader"), RoleSessionName: aws.String("x")}
	_, err := sts.NewFromConfig(client(s, home)).AssumeRole(t.Context(), in)
	if got := outcome(err); got != "403 AccessDenied" {
		t.Errorf("got %q", got)
	}
}

func TestUnknownKeysAndDisabledRegionsAreRefused(t *testing.T) {
	s := serveTwo(t)
	stranger, africa := client(s, "999999999999"), client(s, second)
	africa.Region = "af-south-1"
	for _, c := range []struct {
		name string
		read func(context.Context, aws.Config) ([]string, error)
		want string
	}{
		{"ec2", readVolumes, "401 AuthFailure"},
		{"json", readKeys, "400 UnrecognizedClientException"},
		{"query", readInstances, "403 InvalidClientTokenId"},
		{"rest-json", readVaults, "403 UnrecognizedClientException"},
		{"s3", readBuckets, "403 InvalidAccessKeyId"},
	} {
		for _, config := range []aws.Config{stranger, africa} {
			if _, err := c.read(t.Context(), config); outcome(err) != c.want {
				t.Errorf("%s: got %q, want %q", c.name, outcome(err), c.want)
			}
		}
	}
}

func TestRegionsAreListedByTheirStatus(t *testing.T) {
	s := serveTwo(t)
	c := client(s, second)
	list := func(wanted ...types.RegionOptStatus) string {
		out, err := accountapi.NewFromConfig(c).ListRegions(t.Context(), &accountapi.ListRegionsInput{RegionOptStatusContains: wanted})
		if err != nil {
			t.Fatal(err)
		}
		var names []string
		for _, r := range out.Regions {
			names = append(names, *r.RegionName+" "+string(r.RegionOptStatus))
		}
		return strings.Join(names, ", ")
	}
	describe := func(all bool) string {
		out, err := ec2.NewFromConfig(c).DescribeRegions(t.Context(), &ec2.DescribeRegionsInput{AllRegions: &all})
		if err != nil {
			t.Fatal(err)
		}
		var names []string
		for _, r := range out.Regions {
			names = append(names, *r.RegionName+" "+*r.OptInStatus)
		}
		return strings.Join(names, ", ")
	}
	got := []string{list(), list(types.RegionOptStatusEnabledByDefault, types.RegionOptStatusEnabled), describe(false), describe(true)}
	want := []string{
		"eu-north-1 ENABLED_BY_DEFAULT, eu-south-1 ENABLED, us-east-1 ENABLED_BY_DEFAULT, af-south-1 DISABLED",
		"eu-north-1 ENABLED_BY_DEFAULT, eu-south-1 ENABLED, us-east-1 ENABLED_BY_DEFAULT",
		"eu-north-1 opt-in-not-required, eu-south-1 opted-in, us-east-1 opt-in-not-required",
		"eu-north-1 opt-in-not-required, eu-south-1 opted-in, us-east-1 opt-in-not-required, af-south-1 not-opted-in",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("regions (-want +got):\n%s", diff)
	}
}

func TestTheOrganisationIsTheEstate(t *testing.T) {
	suspended := fakeaws.Resource{Type: "organizations.account", Doc: fakeaws.Node{"Id": "777788889999", "Status": "SUSPENDED"}}
	own := two()
	own.Add(home, suspended)
	for _, c := range []struct {
		name   string
		estate fakeaws.Estate
		want   string
		err    string
	}{
		{name: "two accounts", estate: two(), want: home + " ACTIVE, " + second + " ACTIVE"},
		{name: "members of one's own", estate: own, want: "777788889999 SUSPENDED"},
		{name: "one account", estate: fakeaws.Estate{Accounts: two().Accounts[:1]}, err: "400 AWSOrganizationsNotInUseException"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := fakeaws.New(c.estate)
			t.Cleanup(s.Close)
			out, err := organizations.NewFromConfig(client(s, home)).ListAccounts(t.Context(), nil)
			if got := outcome(err); got != c.err {
				t.Fatalf("got %q, want %q", got, c.err)
			}
			if err != nil {
				return
			}
			var names []string
			for _, a := range out.Accounts {
				names = append(names, *a.Id+" "+string(a.Status))
			}
			if got := strings.Join(names, ", "); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}
