package fakeaws_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/smithy-go"
	smithyhttp "github.com/aws/smithy-go/transport/http"

	"github.com/tomscan/tomscan/scanners/aws/fakeaws"
)

const (
	home   = "111122223333"
	second = "444455556666"
	region = "eu-north-1"
)

// client is what all clients are made of.
func client(s *fakeaws.Server, account string) aws.Config {
	return aws.Config{
		BaseEndpoint: &s.URL,
		Region:       region,
		Retryer:      func() aws.Retryer { return aws.NopRetryer{} },
		Credentials: aws.CredentialsProviderFunc(func(context.Context) (aws.Credentials, error) {
			return aws.Credentials{AccessKeyID: fakeaws.AccessKey(account), SecretAccessKey: fakeaws.Secret}, nil
		}),
	}
}

// five resources of a type, x1 to x5, shown under the member that the service calls their name.
func five(kind, member string) []fakeaws.Resource {
	var all []fakeaws.Resource
	for i := 1; i <= 5; i++ {
		name := fmt.Sprintf("x%d", i)
		all = append(all, fakeaws.Resource{Type: kind, Region: region, ID: name, Doc: fakeaws.Node{member: name}})
	}
	return all
}

// serve starts a server with resources in the home account.
func serve(t *testing.T, resources ...fakeaws.Resource) *fakeaws.Server {
	t.Helper()
	var estate fakeaws.Estate
	estate.Add(home, resources...)
	s := fakeaws.New(estate)
	t.Cleanup(s.Close)
	return s
}

// outcome is what a client sees of an answer: nothing, or the status and the code of an error.
func outcome(err error) string {
	var api smithy.APIError
	var response *smithyhttp.ResponseError
	switch {
	case err == nil:
		return ""
	case errors.As(err, &api) && errors.As(err, &response):
		return fmt.Sprintf("%d %s", response.HTTPStatusCode(), api.ErrorCode())
	case errors.As(err, &response):
		return fmt.Sprintf("%d unreadable", response.HTTPStatusCode())
	}
	return err.Error()
}
