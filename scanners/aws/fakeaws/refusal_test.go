package fakeaws

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudfront"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/elasticloadbalancing"
	elb2 "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"
	"github.com/aws/aws-sdk-go-v2/service/lambda"
	"github.com/aws/aws-sdk-go-v2/service/sns"
	"github.com/aws/aws-sdk-go-v2/service/sqs"
	"github.com/aws/smithy-go"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

// refusal is how a service refuses an operation.
type refusal struct {
	operation, path   string
	call              func(context.Context, aws.Config) error
	denied, throttled string
}

// refusals are services that refuse in a way of their own, or that are told apart by more than their signing name.
func refusals() []refusal {
	return []refusal{
		{"cloudfront.ListDistributions", "GET /2020-05-31/distribution", func(ctx context.Context, c aws.Config) error {
			_, err := cloudfront.NewFromConfig(c).ListDistributions(ctx, nil)
			return err
		}, "403 AccessDenied", "400 Throttling"},
		{"dynamodb.ListTables", "", func(ctx context.Context, c aws.Config) error {
			_, err := dynamodb.NewFromConfig(c).ListTables(ctx, nil)
			return err
		}, "400 AccessDeniedException", "400 ThrottlingException"},
		{"elasticloadbalancing.DescribeLoadBalancers", "", func(ctx context.Context, c aws.Config) error {
			_, err := elasticloadbalancing.NewFromConfig(c).DescribeLoadBalancers(ctx, nil)
			return err
		}, "403 AccessDenied", "400 Throttling"},
		{"elasticloadbalancingv2.DescribeLoadBalancers", "", func(ctx context.Context, c aws.Config) error {
			_, err := elb2.NewFromConfig(c).DescribeLoadBalancers(ctx, nil)
			return err
		}, "403 AccessDenied", "400 Throttling"},
		{"lambda.ListFunctions", "GET /2015-03-31/functions", func(ctx context.Context, c aws.Config) error {
			_, err := lambda.NewFromConfig(c).ListFunctions(ctx, nil)
			return err
		}, "403 AccessDeniedException", "429 TooManyRequestsException"},
		{"sns.ListTopics", "", func(ctx context.Context, c aws.Config) error {
			_, err := sns.NewFromConfig(c).ListTopics(ctx, nil)
			return err
		}, "403 AuthorizationError", "400 Throttling"},
		{"sqs.ListQueues", "", func(ctx context.Context, c aws.Config) error {
			_, err := sqs.NewFromConfig(c).ListQueues(ctx, nil)
			return err
		}, "403 AccessDenied", "400 ThrottlingException"},
	}
}

func TestServicesRefuseInTheirOwnWay(t *testing.T) {
	for _, c := range refusals() {
		for want, broken := range map[string]Error{c.denied: Denied(c.operation), c.throttled: Throttled(c.operation)} {
			t.Run(c.operation+"/"+want, func(t *testing.T) {
				refuse := func(Request) Answer { return Answer{Error: broken} }
				config := configured(t, nil, Operation{Name: c.operation, Path: c.path, Answer: refuse})
				err := c.call(t.Context(), config)
				var api smithy.APIError
				var response *smithyhttp.ResponseError
				if !errors.As(err, &api) || !errors.As(err, &response) {
					t.Fatal(err)
				}
				if got := fmt.Sprintf("%d %s", response.HTTPStatusCode(), api.ErrorCode()); got != want {
					t.Errorf("got %q, want %q", got, want)
				}
			})
		}
	}
}
