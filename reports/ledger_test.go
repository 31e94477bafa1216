package reports

import (
	"testing"

	"github.com/tomscan/tomscan/evidence"
)

func TestReceiptIsOfTheCallThatToldIt(t *testing.T) {
	const bucket, table, list = "s3.GetBucketAcl", "dynamodb.DescribeTable", "rds.DescribeDBInstances"
	call := func(account, region, operation, resource, id string) evidence.Call {
		return evidence.Call{Account: account, Region: region, Operation: operation, Resource: resource, RequestID: id, End: "at"}
	}
	x := &index{calls: callsByOperation([]evidence.Call{
		call("1", "eu-north-1", bucket, "data", "short"), call("1", "eu-north-1", bucket, "data-lake", "long"),
		call("1", "eu-north-1", table, "t", "north"), call("1", "us-east-1", table, "t", "east"), call("2", "us-east-1", table, "t", "other"),
		call("1", "eu-north-1", list, "", "page 1"), call("1", "eu-north-1", list, "", "page 2"), call("1", "us-east-1", list, "", "page"),
	})}
	for _, c := range []struct{ name, region, address, operation, want string }{
		{"a name is no part of a longer one", "global", "arn:aws:s3:::data-lake", bucket, "at long"},
		{"the shorter name", "global", "arn:aws:s3:::data", bucket, "at short"},
		{"one name in two regions", "us-east-1", "arn:aws:dynamodb:us-east-1:1:table/t", table, "at east"},
		{"a part of the thing", "eu-north-1", "arn:aws:dynamodb:eu-north-1:1:table/t#index", table, "at north"},
		{"nothing about the thing", "eu-north-1", "arn:aws:dynamodb:eu-north-1:1:table/u", table, ""},
		{"one page", "us-east-1", "arn:aws:rds:us-east-1:1:db:a", list, "at page"},
		{"one of two pages", "eu-north-1", "arn:aws:rds:eu-north-1:1:db:a", list, ""},
		{"a region that was not asked", "eu-west-1", "arn:aws:rds:eu-west-1:1:db:a", list, ""},
	} {
		f := &evidence.Fact{Address: c.address, Source: evidence.Source{Place: evidence.Place{Account: "1", Region: c.region}}}
		if got := x.receipt(f, evidence.Position{Call: c.operation}); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}
