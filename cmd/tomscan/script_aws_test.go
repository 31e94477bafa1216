package main

import (
	"context"
	"os"

	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/rogpeppe/go-internal/testscript"

	"github.com/tomscan/tomscan/scanners/aws/fakeaws"
)

// fakeKey is where a script keeps its fake AWS.
type fakeKey struct{}

// fakeHolder is a script's fake AWS; it has none until it asks for one.
type fakeHolder struct{ server *fakeaws.Server }

// fakeFaults are what `fakeaws FAULT OPERATION` makes an operation answer.
func fakeFaults() map[string]func(operation string) fakeaws.Error {
	return map[string]func(string) fakeaws.Error{
		"cut":    func(string) fakeaws.Error { return fakeaws.Malformed() },
		"deny":   fakeaws.Denied,
		"expire": func(string) fakeaws.Error { return fakeaws.Expired() },
		"forbid": fakeaws.DeniedByOrganization,
	}
}

// fakeAWS runs `fakeaws`, which starts the standard estate and sets the environment so that nothing else is asked for
// credentials, `fakeaws mend`, which forgets all faults, and `fakeaws FAULT OPERATION [RESOURCE]`.
func fakeAWS(s *testscript.TestScript, neg bool, args []string) {
	fake, _ := s.Value(fakeKey{}).(*fakeHolder)
	switch {
	case neg || len(args) > 3 || len(args) > 0 && fake.server == nil:
		s.Fatalf("usage: fakeaws, fakeaws mend, fakeaws FAULT OPERATION [RESOURCE]")
	case len(args) == 0:
		fake.server = fakeaws.New(fakeaws.Standard())
		s.Defer(func() {
			if unknown := fake.server.Unknown(); len(unknown) > 0 {
				s.Fatalf("the fake does not know %v", unknown)
			}
			fake.server.Close()
		})
		s.Check(makeReport(context.Background(), fake.server))
		for name, value := range fakeEnvironment(fake.server.URL) {
			s.Setenv(name, value)
		}
	case args[0] == "mend":
		fake.server.Mend()
	case len(args) > 1 && fakeFaults()[args[0]] != nil:
		rule := fakeaws.Rule{Operation: args[1], Error: fakeFaults()[args[0]](args[1])}
		if len(args) > 2 {
			rule.Resource = args[2]
		}
		fake.server.Break(rule)
	default:
		s.Fatalf("no fault %q", args[0])
	}
}

// makeReport has the fake make its report of credentials, for which a client waits some seconds.
func makeReport(ctx context.Context, server *fakeaws.Server) error {
	client := iam.New(iam.Options{
		BaseEndpoint: &server.URL, Region: "us-east-1",
		Credentials: credentials.NewStaticCredentialsProvider(fakeaws.AccessKey(fakeaws.StandardAccount), fakeaws.Secret, ""),
	})
	_, err := client.GenerateCredentialReport(ctx, &iam.GenerateCredentialReportInput{})
	return err
}

// fakeEnvironment is what the SDK reads, so that it finds the credentials of the fake and no others.
func fakeEnvironment(url string) map[string]string {
	return map[string]string{
		"FAKEAWS": url, "AWS_ACCESS_KEY_ID": fakeaws.AccessKey(fakeaws.StandardAccount), "AWS_SECRET_ACCESS_KEY": fakeaws.Secret,
		"AWS_REGION": "eu-central-1", "AWS_EC2_METADATA_DISABLED": "true", "AWS_CONFIG_FILE": os.DevNull, "AWS_SHARED_CREDENTIALS_FILE": os.DevNull,
	}
}
