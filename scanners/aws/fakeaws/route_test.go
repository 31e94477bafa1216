package fakeaws

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// asked is what a router makes of a request.
type asked struct {
	Operation string
	Params    Params
}

func TestRequestsFindTheirOperation(t *testing.T) {
	router := newRouter([]Operation{
		{Name: "apigateway.GetStages", Path: "GET /restapis/{restApiId}/stages"},
		{Name: "apigatewayv2.GetStages", Path: "GET /v2/apis/{ApiId}/stages"},
		{Name: "elasticloadbalancing.DescribeLoadBalancers"},
		{Name: "elasticloadbalancingv2.DescribeLoadBalancers"},
		{Name: "lambda.GetPolicy", Path: "GET /2015-03-31/functions/{FunctionName}/policy"},
		{Name: "s3.GetBucketAcl", Path: "GET /{Bucket}?acl"},
		{Name: "s3.GetObject", Path: "GET /{Bucket}/{Key+}"},
		{Name: "s3.ListBuckets", Path: "GET /"},
		{Name: "s3.ListObjects", Path: "GET /{Bucket}"},
		{Name: "s3.ListObjectsV2", Path: "GET /{Bucket}?list-type=2"},
		{Name: "s3control.GetPublicAccessBlock", Path: "GET /v20180820/configuration/publicAccessBlock"},
	})
	for _, c := range []struct {
		signing, method, path, body string
		want                        asked
	}{
		{signing: "s3", path: "/", want: asked{"s3.ListBuckets", Params{}}},
		{signing: "s3", path: "/b", want: asked{"s3.ListObjects", Params{"Bucket": {"b"}}}},
		{signing: "s3", path: "/b/", want: asked{"s3.ListObjects", Params{"Bucket": {"b"}}}},
		{signing: "s3", path: "/b?acl=", want: asked{"s3.GetBucketAcl", Params{"Bucket": {"b"}, "acl": {""}}}},
		{signing: "s3", path: "/b?policy="},
		{signing: "s3", path: "/b?list-type=2", want: asked{"s3.ListObjectsV2", Params{"Bucket": {"b"}, "list-type": {"2"}}}},
		{signing: "s3", path: "/b/c/d%2Fe", want: asked{"s3.GetObject", Params{"Bucket": {"b"}, "Key": {"c/d/e"}}}},
		{signing: "s3", method: http.MethodPut, path: "/b"},
		{signing: "s3", path: "/v20180820/configuration/publicAccessBlock", want: asked{"s3control.GetPublicAccessBlock", Params{}}},
		{signing: "apigateway", path: "/v2/apis/a/stages", want: asked{"apigatewayv2.GetStages", Params{"ApiId": {"a"}}}},
		{signing: "apigateway", path: "/restapis/a/stages", want: asked{"apigateway.GetStages", Params{"restApiId": {"a"}}}},
		{signing: "lambda", path: "/2015-03-31/functions/arn%3Aaws%3Alambda%3A1%2F2/policy",
			want: asked{"lambda.GetPolicy", Params{"FunctionName": {"arn:aws:lambda:1/2"}}}},
		{signing: "lambda", path: "/2015-03-31/functions"},
		{signing: "elasticloadbalancing", method: http.MethodPost, path: "/", body: "Action=DescribeLoadBalancers&Version=2012-06-01",
			want: asked{"elasticloadbalancing.DescribeLoadBalancers", Params{"Action": {"DescribeLoadBalancers"}, "Version": {"2012-06-01"}}}},
		{signing: "elasticloadbalancing", method: http.MethodPost, path: "/", body: "Action=DescribeLoadBalancers&Version=2015-12-01",
			want: asked{"elasticloadbalancingv2.DescribeLoadBalancers", Params{"Action": {"DescribeLoadBalancers"}, "Version": {"2015-12-01"}}}},
		{signing: "elasticloadbalancing", method: http.MethodPost, path: "/", body: "Action=DescribeLoadBalancers&Version=1999-01-01"},
		{signing: "mechanicalturk", path: "/"},
	} {
		t.Run(c.signing+" "+c.method+c.path+c.body, func(t *testing.T) {
			if c.method == "" {
				c.method = http.MethodGet
			}
			r := httptest.NewRequestWithContext(t.Context(), c.method, c.path, strings.NewReader(c.body))
			var got asked
			if _, op, params, ok := router.find(r, c.signing, []byte(c.body)); ok {
				got = asked{op.Name, params}
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("operation (-want +got):\n%s", diff)
			}
		})
	}
}
