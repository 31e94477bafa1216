package aws

import (
	"context"
	"time"

	sdk "github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/backup"
	"github.com/aws/aws-sdk-go-v2/service/backup/types"

	"github.com/tomscan/tomscan/evidence"
)

// readRestores reads what was restored, by a restore testing plan or by hand.
func (s *site) readRestores(ctx context.Context, client *backup.Client) {
	in := &backup.ListRestoreJobsInput{MaxResults: backupPage()}
	next := func(i *backup.ListRestoreJobsInput, o *backup.ListRestoreJobsOutput) (**string, *string) {
		return &i.NextToken, o.NextToken
	}
	jobs, m := pages(ctx, s, "", client.ListRestoreJobs, in, next,
		func(o *backup.ListRestoreJobsOutput) []types.RestoreJobsListMember { return o.RestoreJobs })
	s.hide(m, evidence.RestoreTest{}.Kind())
	if m == nil {
		s.hideForgotten(jobs)
	}
	for _, job := range jobs {
		if job.Status == types.RestoreJobStatusPending || job.Status == types.RestoreJobStatusRunning {
			continue // it has shown nothing yet
		}
		s.addRestore(job)
	}
}

// hideForgotten says that restores may be missing that AWS Backup has forgotten. It does not say how long it remembers them,
// and of other jobs it remembers those of a month: only a list that reaches back for more than a year is taken for whole.
// https://docs.aws.amazon.com/aws-backup/latest/devguide/API_ListBackupJobs.html
func (s *site) hideForgotten(jobs []types.RestoreJobsListMember) {
	yearAgo := s.now().AddDate(-1, 0, -1)
	for _, job := range jobs {
		if job.CreationDate != nil && job.CreationDate.Before(yearAgo) {
			return
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.gaps = append(s.gaps, evidence.Gap{Reason: evidence.Because("job_history_limited"), Kinds: []evidence.Kind{evidence.RestoreTest{}.Kind()}})
}

func (s *site) addRestore(job types.RestoreJobsListMember) {
	ended := job.CompletionDate
	if ended == nil {
		ended = job.CreationDate
	}
	test := evidence.RestoreTest{
		Region:        evidence.Known(s.region),
		Of:            evidence.Known(backedUp(sdk.ToString(job.ResourceType))),
		Completed:     evidence.Known(job.Status == types.RestoreJobStatusCompleted),
		Validated:     evidence.Known(validated(job.ValidationStatus)),
		AgeDays:       s.agedDays(ended),
		DurationHours: restoreHours(job),
	}
	t := thing{arn: s.arnHere("backup", "restore-job:"+sdk.ToString(job.RestoreJobId)), level: evidence.LevelOperation}
	if by := job.CreatedBy; by != nil && by.RestoreTestingPlanArn != nil {
		t.notes = []evidence.Reason{evidence.Because("restored_by_plan", "plan", lastPart(*by.RestoreTestingPlanArn))}
	}
	s.add(t, test)
}

// validated says whether somebody tried what was restored. Where the time for it ran out, nobody did.
// https://docs.aws.amazon.com/aws-backup/latest/devguide/restore-testing-validation.html
func validated(status types.RestoreValidationStatus) string {
	switch status {
	case types.RestoreValidationStatusSuccessful:
		return "validated"
	case types.RestoreValidationStatusFailed:
		return "failed"
	}
	return "not-validated"
}

// restoreHours is how long a restore took, rounded up.
func restoreHours(job types.RestoreJobsListMember) evidence.Value[int] {
	if job.CompletionDate == nil || job.CreationDate == nil {
		return evidence.Unresolved[int](evidence.Because("restore_without_end"))
	}
	return evidence.Known(roundUp(job.CompletionDate.Sub(*job.CreationDate), time.Hour))
}

// readRestorePlans reads the schedules of restore tests. A schedule is no restore: what it led to is a restore test.
func (s *site) readRestorePlans(ctx context.Context, client *backup.Client) {
	in := &backup.ListRestoreTestingPlansInput{MaxResults: backupPage()}
	next := func(i *backup.ListRestoreTestingPlansInput, o *backup.ListRestoreTestingPlansOutput) (**string, *string) {
		return &i.NextToken, o.NextToken
	}
	plans, m := pages(ctx, s, "", client.ListRestoreTestingPlans, in, next,
		func(o *backup.ListRestoreTestingPlansOutput) []types.RestoreTestingPlanForList {
			return o.RestoreTestingPlans
		})
	s.hide(m, evidence.RestorePlan{}.Kind())
	each(ctx, s, plans, func(ctx context.Context, p types.RestoreTestingPlanForList) {
		s.add(thing{arn: sdk.ToString(p.RestoreTestingPlanArn)}, evidence.RestorePlan{
			Region:      evidence.Known(s.region),
			Scheduled:   evidence.Known(sdk.ToString(p.ScheduleExpression) != ""),
			SelectsAny:  s.testsAny(ctx, client, sdk.ToString(p.RestoreTestingPlanName)),
			LastRunDays: s.agedDays(p.LastExecutionTime),
		})
	})
}

// testsAny says whether a restore testing plan has a selection, which names what it restores.
func (s *site) testsAny(ctx context.Context, client *backup.Client, plan string) evidence.Value[bool] {
	if !s.needs("ListRestoreTestingSelections") {
		return notAsked[bool]()
	}
	in := &backup.ListRestoreTestingSelectionsInput{RestoreTestingPlanName: &plan, MaxResults: backupPage()}
	next := func(i *backup.ListRestoreTestingSelectionsInput, o *backup.ListRestoreTestingSelectionsOutput) (**string, *string) {
		return &i.NextToken, o.NextToken
	}
	selections, m := pages(ctx, s, plan, client.ListRestoreTestingSelections, in, next,
		func(o *backup.ListRestoreTestingSelectionsOutput) []types.RestoreTestingSelectionForList {
			return o.RestoreTestingSelections
		})
	if m != nil && len(selections) == 0 {
		return refused[bool](m)
	}
	return evidence.Known(len(selections) > 0)
}
