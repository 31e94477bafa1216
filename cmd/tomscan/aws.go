package main

import (
	"cmp"
	"context"
	"errors"
	"runtime/debug"
	"time"

	"github.com/spf13/pflag"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/aws"
)

const awsLong = `
Which accounts: that of the credentials (profile, environment, as with the aws command); or those of --role-arn; or, with
--organization-role, all of the organisation. Nothing is changed and no data is read: ` + "`tomscan permissions`" + ` prints the
policy that is enough, ` + "`tomscan doctor aws`" + ` says what is missing. PATHs are Terraform code that is read as well, so that
what is declared and what is really there are compared.`

// awsFlags say which AWS accounts are read, and how.
type awsFlags struct {
	profile          string
	regions          []string
	roles            []string
	organizationRole string
	externalID       string
	endpoint         string
	caBundle         string
	maxRate          float64
	timeout          time.Duration
}

func (a *awsFlags) register(f *pflag.FlagSet) {
	f.StringVar(&a.profile, "profile", "", "AWS `PROFILE` of the shared configuration (also: AWS_PROFILE)")
	f.StringSliceVar(&a.regions, "region", nil, "`REGION` to read; repeatable (default: all that are enabled)")
	f.StringArrayVar(&a.roles, "role-arn", nil, "`ARN` of a role to read an account with; repeatable")
	f.StringVar(&a.organizationRole, "organization-role", "", "`NAME` of a role in every account of the organisation: reads them all")
	f.StringVar(&a.externalID, "external-id", "", "external `ID` agreed for the roles")
	f.StringVar(&a.endpoint, "endpoint", "", "`URL` to call instead of AWS")
	f.StringVar(&a.caBundle, "ca-bundle", "", "PEM `FILE` with certificates to trust as well (also: AWS_CA_BUNDLE)")
	f.Float64Var(&a.maxRate, "max-rate", 0, "at most `N` calls per second in each account (default: under a third of each known limit)")
	f.DurationVar(&a.timeout, "timeout", 20*time.Second, "how long one call may wait for its answer: `DURATION`")
}

// settle completes the flags with the configuration; flags win.
func (a *awsFlags) settle(c config) error {
	b := c.AWS
	if b == nil {
		b = &awsBlock{}
	}
	a.profile, a.externalID = cmp.Or(a.profile, b.Profile), cmp.Or(a.externalID, b.ExternalID)
	a.endpoint, a.caBundle, a.maxRate = cmp.Or(a.endpoint, b.Endpoint), cmp.Or(a.caBundle, c.path(b.CABundle)), cmp.Or(a.maxRate, b.MaxRate)
	if len(a.regions) == 0 {
		a.regions = b.Regions
	}
	if a.organizationRole == "" && len(a.roles) == 0 {
		a.organizationRole = b.OrganizationRole
	}
	switch {
	case a.organizationRole != "" && len(a.roles) > 0:
		return usageError("--organization-role and --role-arn together", "name the accounts' roles, or one role for all accounts of the organisation")
	case a.maxRate < 0:
		return usageError("--max-rate is negative", "it is a number of calls per second, such as 20")
	case a.timeout < 0:
		return usageError("--timeout is negative", "it is a time to wait, such as 20s")
	}
	return nil
}

// accounts are the accounts to read through roles: those of the flags, else those of the configuration.
func (a *awsFlags) accounts(c config) ([]aws.Account, error) {
	var all []aws.Account
	for _, arn := range a.roles {
		id, ok := accountOfRole(arn)
		if !ok {
			return nil, usageError("--role-arn "+quote(arn)+" is no ARN of a role", "it looks like arn:aws:iam::111122223333:role/tomscan")
		}
		all = append(all, aws.Account{ID: id, RoleARN: arn, ExternalID: a.externalID})
	}
	if len(all) > 0 || c.AWS == nil || a.organizationRole != "" {
		return all, nil
	}
	for _, b := range c.AWS.Accounts {
		all = append(all, aws.Account{ID: b.ID, RoleARN: b.RoleARN, ExternalID: cmp.Or(b.ExternalID, a.externalID)})
	}
	return all, nil
}

// options are the collector's options.
func (a *awsFlags) options(p *program, c config) (aws.Options, error) {
	if err := a.settle(c); err != nil {
		return aws.Options{}, err
	}
	o := aws.Options{Profile: a.profile, Regions: a.regions, Endpoint: a.endpoint, MaxRate: a.maxRate, Timeout: a.timeout, Now: p.now, Log: p.detail}
	if a.organizationRole != "" {
		o.Role = &aws.Role{Name: a.organizationRole, ExternalID: a.externalID}
	}
	var err error
	if o.Accounts, err = a.accounts(c); err != nil {
		return o, err
	}
	if a.caBundle != "" {
		o.CABundle, err = readBounded(a.caBundle, configLimit)
	}
	return o, err
}

// detail says a line on standard error under -v.
func (p *program) detail(line string) {
	if p.verbose && !p.quiet {
		_, _ = p.stderr.Write([]byte("tomscan: " + oneLine(line) + "\n"))
	}
}

// liveGC has the garbage collected four times as often as by default: a run that waits for the network has processors to spare, and
// large accounts need less memory.
const liveGC = 25

// collectAWS reads the accounts. The collector's error says what is to be done after the semicolon.
func (p *program) collectAWS(ctx context.Context, o aws.Options) (evidence.Snapshot, error) {
	debug.SetGCPercent(liveGC)
	p.progress("reading AWS")
	snapshot, err := aws.New(o).Collect(ctx)
	p.progress("")
	if err != nil {
		return snapshot, collectTrouble(err)
	}
	return snapshot, nil
}

// warnLine says a line on standard error, unless --quiet.
func (p *program) warnLine(line string) {
	if !p.quiet {
		_, _ = p.stderr.Write([]byte("tomscan: " + line + "\n"))
	}
}

// errInterrupted ends a run whose report was written though it was interrupted.
var errInterrupted = errors.New("interrupted; the report shows what was read until then")
