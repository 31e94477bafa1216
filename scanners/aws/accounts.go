package aws

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	sdk "github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/ratelimit"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/credentials/stscreds"
	"github.com/aws/aws-sdk-go-v2/service/organizations"
	orgtypes "github.com/aws/aws-sdk-go-v2/service/organizations/types"
	"github.com/aws/aws-sdk-go-v2/service/sts"
	"github.com/aws/smithy-go/logging"

	"github.com/tomscan/tomscan/evidence"
)

// accounts opens all accounts that are to be read. An account that cannot be opened is kept, with the gap that says why;
// the error is for credentials with which nothing at all can be read.
func (c *Collector) accounts(ctx context.Context) ([]*account, error) {
	base, err := c.load(ctx)
	if err != nil {
		return nil, err
	}
	hub := c.newAccount(base)
	if m := hub.identify(ctx); m != nil {
		return nil, startError(ctx, m)
	}
	targets := c.options.Accounts
	if c.options.Role != nil {
		if targets, err = hub.members(ctx, *c.options.Role); err != nil {
			return nil, err
		}
	}
	if len(targets) == 0 {
		hub.look(ctx, c.options.Regions)
		return []*account{hub}, hub.unknownRegion()
	}
	var all []*account
	for _, t := range targets {
		a := c.assume(hub, t)
		a.open(ctx, c.options.Regions)
		all = append(all, a)
	}
	return all, nil
}

// startError is why nothing can be read, with what to do.
func startError(ctx context.Context, m *miss) error {
	switch {
	case ctx.Err() != nil:
		return errInterrupted
	case m.outcome == evidence.OutcomeExpired:
		return errors.New("the AWS credentials have expired; sign in again, for example with aws sso login")
	case m.outcome == evidence.OutcomeUnsupportedRegion && !m.notOffered(), m.denied():
		return fmt.Errorf("AWS does not accept the credentials (%s); check the profile, or sign in again", m.code)
	case m.code == noTrust:
		return errors.New("AWS cannot be reached: the certificate is not trusted; name the certificates of your proxy with --ca-bundle")
	case slices.Contains([]string{noAnswer, noConnection, noHost}, m.code):
		return fmt.Errorf("AWS cannot be reached: %s; check the network, the proxy (HTTPS_PROXY) and the region", m.code)
	}
	return fmt.Errorf("AWS credentials cannot be used (%s); run aws sts get-caller-identity to see why", m.code)
}

// load reads the SDK's configuration: environment, shared files, and what the options say instead.
func (c *Collector) load(ctx context.Context) (sdk.Config, error) {
	o := c.options
	endpoint, err := endpointOf(o.Endpoint)
	if err != nil {
		return sdk.Config{}, err
	}
	c.dialer = newDialer(endpoint)
	client := awshttp.NewBuildableClient().WithTransportOptions(func(t *http.Transport) {
		t.ResponseHeaderTimeout = o.Timeout
		t.MaxIdleConnsPerHost = callsAtOnce
		t.DialContext = c.dialer.dial
	})
	load := []func(*config.LoadOptions) error{config.WithHTTPClient(client), config.WithRetryer(newRetryer), config.WithLogger(logging.Nop{})}
	if o.Profile != "" {
		load = append(load, config.WithSharedConfigProfile(o.Profile))
	}
	if len(o.CABundle) > 0 {
		load = append(load, config.WithCustomCABundle(bytes.NewReader(o.CABundle)))
	}
	if o.Credentials != nil {
		load = append(load, config.WithCredentialsProvider(o.Credentials))
	}
	loaded, err := config.LoadDefaultConfig(ctx, load...)
	if err != nil {
		return loaded, fmt.Errorf("AWS configuration cannot be read: %w; check the profile and the CA bundle", err)
	}
	if o.Region != "" {
		loaded.Region = o.Region
	}
	if loaded.Region == "" && len(o.Regions) > 0 {
		loaded.Region = o.Regions[0]
	}
	if loaded.Region == "" {
		return loaded, errNoRegion
	}
	if o.Endpoint != "" {
		loaded.BaseEndpoint = &o.Endpoint
	}
	if loaded.Credentials == nil {
		return loaded, errNoCredentials
	}
	if _, err := loaded.Credentials.Retrieve(ctx); err != nil {
		return loaded, noCredentials(ctx, err)
	}
	return loaded, nil
}

var errEndpoint = errors.New("the endpoint is no URL; write it as https://host:port")

var errNoCredentials = errors.New("no AWS credentials; run aws sso login, set AWS_PROFILE, or leave out the aws target")

// endpointOf parses the endpoint, nil for none.
func endpointOf(text string) (*url.URL, error) {
	if text == "" {
		return nil, nil //nolint:nilnil // no endpoint is no error
	}
	u, err := url.Parse(text)
	if err != nil || u.Hostname() == "" || u.Scheme != "http" && u.Scheme != "https" {
		return nil, errEndpoint
	}
	return u, nil
}

// noCredentials says why there are none, on one line.
func noCredentials(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return errInterrupted
	}
	if strings.Contains(err.Error(), "expired") {
		return errors.New("the AWS credentials have expired; sign in again, for example with aws sso login")
	}
	return errNoCredentials
}

// newRetryer makes the retryer of one client: never one over several, for it remembers failures. Pacing is the budget's
// work, so retries cost nothing here. What has had no answer in time, or no connection, is not asked again.
func newRetryer() sdk.Retryer {
	return retry.NewStandard(func(o *retry.StandardOptions) {
		o.MaxAttempts, o.RateLimiter = 8, ratelimit.None
		o.Backoff = retry.BackoffDelayerFunc(backoff)
		o.Retryables = append([]retry.IsErrorRetryable{retry.IsErrorRetryableFunc(neverTwice)}, o.Retryables...)
	})
}

// failuresInARow is how often a service may fail by itself before the call is given up.
const failuresInARow = 3

// backoff is how long to wait before the next attempt: not at all after too many calls, for the budget then makes the next
// one wait its turn. A service that fails by itself is not asked as often: an error ends the attempts.
func backoff(attempt int, err error) (time.Duration, error) {
	if outcome, _ := classify("", err); outcome == evidence.OutcomeThrottled {
		return 0, nil
	}
	if attempt >= failuresInARow {
		return 0, err
	}
	return retry.NewExponentialJitterBackoff(5*time.Second).BackoffDelay(attempt, err)
}

// neverTwice says that an answer that did not come in time is not waited for again, and that nobody who cannot be reached,
// or whose certificate is not trusted, is called again. A proxy that cannot be reached has an operation of its own.
func neverTwice(err error) sdk.Ternary {
	var network net.Error
	var operation *net.OpError
	if isDistrusted(err) || errors.As(err, &network) && network.Timeout() ||
		errors.As(err, &operation) && (operation.Op == "dial" || operation.Op == "proxyconnect") {
		return sdk.FalseTernary
	}
	return sdk.UnknownTernary
}

// assume makes the account that a role opens. Its session cannot read data, however much the role allows.
func (c *Collector) assume(hub *account, t Account) *account {
	base := hub.base.Copy()
	base.APIOptions = nil
	if t.RoleARN != "" {
		client := sts.NewFromConfig(hub.base)
		base.Credentials = sdk.NewCredentialsCache(stscreds.NewAssumeRoleProvider(assumer{client.AssumeRole}, t.RoleARN, func(o *stscreds.AssumeRoleOptions) {
			o.RoleSessionName = "tomscan"
			policy := SessionPolicy()
			o.Policy = &policy
			if t.ExternalID != "" {
				o.ExternalID = &t.ExternalID
			}
		}))
	}
	a := c.newAccount(base)
	a.own(t.ID, hub.partition)
	return a
}

// assumer is as much of the client as assuming a role needs; see pages for why it is no more.
type assumer struct {
	call func(context.Context, *sts.AssumeRoleInput, ...func(*sts.Options)) (*sts.AssumeRoleOutput, error)
}

// AssumeRole assumes a role.
func (a assumer) AssumeRole(ctx context.Context, in *sts.AssumeRoleInput, options ...func(*sts.Options)) (*sts.AssumeRoleOutput, error) {
	return a.call(ctx, in, options...)
}

// open finds out what can be read of the account. What keeps it from being read is a gap that hides everything.
func (a *account) open(ctx context.Context, regions []string) {
	expected := a.id
	if m := a.identify(ctx); m != nil {
		a.own(expected, a.partition)
		a.unread = &evidence.Gap{Reason: evidence.Because("account_not_reached", "account", expected, "error", m.code)}
		return
	}
	if expected != "" && a.id != expected {
		a.unread = &evidence.Gap{Reason: evidence.Because("account_not_reached", "account", expected, "error", "the role belongs to account "+a.id)}
		a.own(expected, a.partition)
		return
	}
	a.look(ctx, regions)
}

// look finds the regions to read.
func (a *account) look(ctx context.Context, regions []string) {
	if a.sample && len(regions) == 0 {
		regions = []string{a.base.Region}
	}
	a.gaps = a.findRegions(ctx, regions)
}

// members lists the active accounts of the organisation, with the role in each. The organisation's own account is read
// with the credentials themselves.
func (a *account) members(ctx context.Context, role Role) ([]Account, error) {
	s := &site{place: &place{account: a, region: globalRegion}}
	in := &organizations.ListAccountsInput{MaxResults: sdk.Int32(20)}
	next := func(i *organizations.ListAccountsInput, o *organizations.ListAccountsOutput) (**string, *string) {
		return &i.NextToken, o.NextToken
	}
	found, m := pages(ctx, s, "", organizations.NewFromConfig(s.config()).ListAccounts, in, next,
		func(o *organizations.ListAccountsOutput) []orgtypes.Account { return o.Accounts })
	if m != nil {
		return nil, fmt.Errorf("the organisation's accounts cannot be listed (%s); use the management account, or name the accounts", m.code)
	}
	var all []Account
	for _, member := range found {
		if member.Status != orgtypes.AccountStatusActive {
			continue
		}
		t := Account{ID: sdk.ToString(member.Id), ExternalID: role.ExternalID}
		if t.ID != a.id {
			t.RoleARN = "arn:" + a.partition + ":iam::" + t.ID + ":role/" + role.Name
		}
		all = append(all, t)
	}
	slices.SortFunc(all, func(x, y Account) int { return strings.Compare(x.ID, y.ID) })
	return all, nil
}
