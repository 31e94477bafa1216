package main

import (
	"cmp"
	"context"
	"crypto/x509"
	"errors"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/reports"
	"github.com/tomscan/tomscan/scanners/probe"
)

const endpointLong = `
Which endpoints: those that are named, such as https://www.example.com, http://HOST, smtp://HOST:587, smtps://HOST, imap://HOST,
imaps://HOST and tls://HOST:PORT; or those of the probe block of the configuration. Nobody signs in, no redirect is followed, and no
body is read. Of https://HOST the plain port 80 is called as well.`

// endpointTimeout is how long a connection may take where nothing else is said.
const endpointTimeout = 10 * time.Second

// endpointFlags say which endpoints are called, and how.
type endpointFlags struct {
	endpoints []string
	timeout   time.Duration
	caBundle  string
}

func (e *endpointFlags) register(f *pflag.FlagSet) {
	f.DurationVar(&e.timeout, "timeout", endpointTimeout, "how long one connection may take: `DURATION`")
	f.StringVar(&e.caBundle, "ca-bundle", "", "PEM `FILE` with certificates to trust as well")
}

// settle completes the flags with the configuration; flags win: where they name endpoints, those of the configuration are not called.
func (e *endpointFlags) settle(c config) error {
	if e.timeout < 0 {
		return usageError("--timeout is negative", "it is a time to wait, such as 10s")
	}
	e.timeout = cmp.Or(e.timeout, endpointTimeout)
	if b := c.Probe; b != nil {
		e.caBundle = cmp.Or(e.caBundle, c.path(b.CABundle))
		if len(e.endpoints) == 0 {
			e.endpoints = b.Endpoints
		}
	}
	if len(e.endpoints) == 0 {
		return usageError("no endpoint to call", "name endpoints, such as https://www.example.com, or add a probe block to %s", configName)
	}
	return nil
}

// options are the collector's options.
func (e *endpointFlags) options(p *program, c config, at time.Time) (probe.Options, error) {
	if err := e.settle(c); err != nil {
		return probe.Options{}, err
	}
	o := probe.Options{Endpoints: e.endpoints, Timeout: e.timeout, At: at, Log: p.detail}
	if err := probe.Check(o.Endpoints); err != nil {
		what, hint, _ := strings.Cut(err.Error(), "; ")
		return o, usageError(what, "%s", hint)
	}
	var err error
	o.Roots, err = rootsWith(e.caBundle)
	return o, err
}

// rootsWith are the system's roots and those of the file; nil, the system's, without a file.
func rootsWith(file string) (*x509.CertPool, error) {
	if file == "" {
		return nil, nil
	}
	pem, err := readBounded(file, configLimit)
	if err != nil {
		return nil, err
	}
	roots, err := x509.SystemCertPool()
	if err != nil {
		roots = x509.NewCertPool()
	}
	if !roots.AppendCertsFromPEM(pem) {
		return nil, usageError("--ca-bundle "+file+": no certificate in it", "it is a PEM file, with -----BEGIN CERTIFICATE-----")
	}
	return roots, nil
}

// collectEndpoints calls the endpoints. What did not answer is said on standard error, and is a gap of the report.
func (p *program) collectEndpoints(ctx context.Context, o probe.Options) (evidence.Snapshot, error) {
	p.progress("calling endpoints")
	snapshot, err := probe.New(o).Collect(ctx)
	p.progress("")
	if err != nil {
		return snapshot, collectTrouble(err)
	}
	var english reports.Words
	for _, s := range snapshot.Sweeps {
		for _, g := range s.Gaps {
			p.warnLine(oneLine(english.Reason(g.Reason)))
		}
	}
	if !answered(snapshot) && ctx.Err() == nil {
		return snapshot, cannotRun(errors.New("no endpoint answered"), "the lines above say why")
	}
	return snapshot, nil
}

// answered says whether something answered at all.
func answered(s evidence.Snapshot) bool {
	for _, f := range s.Facts {
		if f.Kind != (evidence.Endpoint{}).Kind() || f.Settings["answers"].Value == true {
			return true
		}
	}
	return false
}
