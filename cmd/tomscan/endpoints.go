package main

import (
	"context"
	"errors"
	"time"

	"github.com/spf13/pflag"

	"github.com/tomscan/tomscan/evidence"
)

const endpointLong = ` `

type endpointFlags struct {
	endpoints []string
}

func (e *endpointFlags) register(f *pflag.FlagSet) {}

func (e *endpointFlags) options(p *program, c config, at time.Time) (int, error) { return 0, nil }

func (p *program) collectEndpoints(ctx context.Context, o int) (evidence.Snapshot, error) {
	return evidence.Snapshot{}, errors.New("not there yet")
}
