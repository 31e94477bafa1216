package main

import (
	"crypto/sha256"
	"encoding/hex"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/policies"
)

// loadBaseline reads an earlier report; without a file there is no baseline.
func (p *program) loadBaseline(file string) (*policies.Baseline, error) {
	if file == "" {
		return nil, nil
	}
	data, err := p.input(file)
	if err != nil {
		return nil, err
	}
	var r evidence.Report
	if err := decode(data, file, "report", evidence.ReportVersion, &r); err != nil {
		return nil, err
	}
	sum := sha256.Sum256(data)
	return policies.NewBaseline(r, hex.EncodeToString(sum[:])), nil
}
