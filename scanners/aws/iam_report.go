package aws

import (
	"bytes"
	"context"
	"encoding/csv"
	"slices"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/iam/types"

	"github.com/tomscan/tomscan/evidence"
)

const (
	reportAsks  = 20              // how often is asked whether the report is made
	reportPause = 3 * time.Second // between two of them
)

// credentialReport is the account's report on all its users. IAM makes one when it is asked to, unless the last is younger
// than four hours; where it must not be asked, the last one will do: IAM gives out none that is older.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_getting-report.html
func (s *site) credentialReport(ctx context.Context, client *iam.Client) ([]reportRow, *miss) {
	notMade := s.makeReport(ctx, client)
	out, m := get(ctx, s, "", client.GetCredentialReport, &iam.GetCredentialReportInput{})
	switch {
	case m != nil && notMade != nil:
		return nil, notMade
	case m != nil:
		return nil, m
	}
	rows, ok := parseReport(out.Content)
	if !ok {
		return nil, s.notUnderstood("iam.GetCredentialReport")
	}
	return rows, nil
}

// makeReport has the report made and waits for it, for a minute at most.
func (s *site) makeReport(ctx context.Context, client *iam.Client) *miss {
	for range reportAsks {
		out, m := get(ctx, s, "", client.GenerateCredentialReport, &iam.GenerateCredentialReportInput{})
		if m != nil {
			return m
		}
		if out.State == types.ReportStateTypeComplete {
			return nil
		}
		if s.budget.sleep(ctx, reportPause) != nil {
			return nil
		}
	}
	return nil
}

// reportRow is one user of the report: cells by the names of their columns.
type reportRow map[string]string

// reportColumns are those that are read.
func reportColumns() []string {
	return []string{
		"access_key_1_active", "access_key_1_last_rotated", "access_key_1_last_used_date", "access_key_2_active",
		"access_key_2_last_rotated", "access_key_2_last_used_date", "arn", "mfa_active", "password_enabled",
		"password_last_changed", "password_last_used", "user", "user_creation_time",
	}
}

// parseReport reads the report. One that is no table, or lacks a column, a name or an ARN, is not understood at all.
func parseReport(content []byte) ([]reportRow, bool) {
	table, err := csv.NewReader(bytes.NewReader(content)).ReadAll()
	if err != nil || len(table) < 2 {
		return nil, false
	}
	var rows []reportRow
	for _, line := range table[1:] {
		row := reportRow{}
		for n, column := range table[0] {
			if slices.Contains(reportColumns(), column) {
				row[column] = line[n]
			}
		}
		if len(row) != len(reportColumns()) || row["user"] == "" || !strings.HasPrefix(row["arn"], "arn:") {
			return nil, false
		}
		rows = append(rows, row)
	}
	return rows, true
}

// isRoot says whether the row is about the account's root user.
func (r reportRow) isRoot() bool { return r["user"] == "<root_account>" }

// flag is a cell that says true or false.
func (r reportRow) flag(column string) evidence.Value[bool] {
	switch strings.ToLower(r[column]) {
	case "true":
		return reported(true)
	case "false":
		return reported(false)
	}
	return evidence.Unresolved[bool](evidence.Because("value_not_understood"))
}

// latest is the latest of some times. Where none was written down it is the time when the user was created: IAM writes
// that a password or a key was never used, or not since 2014, in several ways.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_getting-report.html#id_credentials_understanding_the_report_format
func (r reportRow) latest(columns ...string) evidence.Value[time.Time] {
	var latest time.Time
	for _, column := range append(columns, "user_creation_time") {
		if column != "user_creation_time" && slices.Contains([]string{"N/A", "no_information", "not_supported"}, r[column]) {
			continue
		}
		at, err := time.Parse(time.RFC3339, r[column])
		if err != nil {
			return evidence.Unresolved[time.Time](evidence.Because("value_not_understood"))
		}
		if at.After(latest) {
			latest = at
		}
	}
	return reported(latest)
}

// reported is a setting that the report tells.
func reported[T any](v T) evidence.Value[T] {
	return evidence.Known(v).At(by("iam.GetCredentialReport")...)
}
