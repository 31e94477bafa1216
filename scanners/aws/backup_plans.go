package aws

import (
	"context"

	sdk "github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/backup"
	"github.com/aws/aws-sdk-go-v2/service/backup/types"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/awsrules"
)

func (s *site) readBackupPlans(ctx context.Context, client *backup.Client) {
	in := &backup.ListBackupPlansInput{MaxResults: backupPage()}
	next := func(i *backup.ListBackupPlansInput, o *backup.ListBackupPlansOutput) (**string, *string) {
		return &i.NextToken, o.NextToken
	}
	plans, m := pages(ctx, s, "", client.ListBackupPlans, in, next,
		func(o *backup.ListBackupPlansOutput) []types.BackupPlansListMember { return o.BackupPlansList })
	s.hide(m, evidence.BackupPlan{}.Kind())
	each(ctx, s, plans, func(ctx context.Context, p types.BackupPlansListMember) { s.readBackupPlan(ctx, client, p) })
}

func (s *site) readBackupPlan(ctx context.Context, client *backup.Client, p types.BackupPlansListMember) {
	id := sdk.ToString(p.BackupPlanId)
	plan := evidence.BackupPlan{
		Placement:     evidence.Placement{Region: evidence.Known(s.region), Copies: notAsked[[]string]()},
		RetentionDays: notAsked[int](), LongestDays: notAsked[int](), IntervalHours: notAsked[int](), SelectsAny: notAsked[bool](),
	}
	if s.needs("GetBackupPlan") {
		out, m := get(ctx, s, id, client.GetBackupPlan, &backup.GetBackupPlanInput{BackupPlanId: &id})
		if m.vanished() {
			return
		}
		number := func(read func(awsrules.BackupPlan) evidence.Value[int]) evidence.Value[int] {
			return told(out, m, evidence.Value[int]{}, func(o *backup.GetBackupPlanOutput) evidence.Value[int] { return read(planRules(o)) })
		}
		plan.RetentionDays = number(awsrules.BackupPlan.RetentionDays)
		plan.LongestDays = number(awsrules.BackupPlan.LongestDays)
		plan.IntervalHours = number(awsrules.BackupPlan.IntervalHours)
		plan.Copies = told(out, m, evidence.Value[[]string]{}, func(o *backup.GetBackupPlanOutput) evidence.Value[[]string] {
			return s.placed(regionsOf(copyVaults(o))).Copies
		})
	}
	if s.needs("GetBackupSelection") {
		plan.SelectsAny = s.selectsAny(ctx, client, id)
	}
	s.add(thing{arn: sdk.ToString(p.BackupPlanArn), typ: "backup:backup-plan", name: id}, plan)
}

// planRules are the rules of a plan. One without an end keeps backups for ever, one without a schedule runs daily.
func planRules(o *backup.GetBackupPlanOutput) awsrules.BackupPlan {
	var plan awsrules.BackupPlan
	if o.BackupPlan == nil {
		return plan
	}
	for _, r := range o.BackupPlan.Rules {
		rule := awsrules.BackupRule{
			KeptDays:      evidence.Default(evidence.Never, awsrules.DocBackupRule),
			IntervalHours: awsrules.RunsEvery(evidence.Default(awsrules.DefaultSchedule, awsrules.DocBackupRule)),
		}
		if l := r.Lifecycle; l != nil && l.DeleteAfterEvent != "" { // it may be before the days are over
			rule.KeptDays = evidence.Unresolved[int](evidence.Because("unmodelled_value", "value", string(l.DeleteAfterEvent)))
		} else if l != nil && sdk.ToInt64(l.DeleteAfterDays) > 0 {
			rule.KeptDays = evidence.Known(int(*l.DeleteAfterDays))
		}
		if r.ScheduleExpression != nil {
			rule.IntervalHours = awsrules.RunsEvery(evidence.Known(*r.ScheduleExpression))
		}
		plan.Rules = append(plan.Rules, rule)
	}
	return plan
}

// copyVaults are the vaults to which rules copy backups.
func copyVaults(o *backup.GetBackupPlanOutput) []string {
	var arns []string
	if o.BackupPlan == nil {
		return arns
	}
	for _, r := range o.BackupPlan.Rules {
		for _, action := range r.CopyActions {
			arns = append(arns, sdk.ToString(action.DestinationBackupVaultArn))
		}
	}
	return arns
}

// selectsAny says whether a selection of the plan names resources, or tags by which they are found. Whether anything has
// such a tag it does not say: what is really backed up is a recovery point.
func (s *site) selectsAny(ctx context.Context, client *backup.Client, plan string) evidence.Value[bool] {
	in := &backup.ListBackupSelectionsInput{BackupPlanId: &plan, MaxResults: backupPage()}
	next := func(i *backup.ListBackupSelectionsInput, o *backup.ListBackupSelectionsOutput) (**string, *string) {
		return &i.NextToken, o.NextToken
	}
	selections, m := pages(ctx, s, plan, client.ListBackupSelections, in, next,
		func(o *backup.ListBackupSelectionsOutput) []types.BackupSelectionsListMember {
			return o.BackupSelectionsList
		})
	var all []evidence.Value[bool]
	if m != nil {
		all = append(all, refused[bool](m))
	}
	for _, selection := range selections {
		out, m := get(ctx, s, plan, client.GetBackupSelection, &backup.GetBackupSelectionInput{BackupPlanId: &plan, SelectionId: selection.SelectionId})
		all = append(all, told(out, m, evidence.Known(false), func(o *backup.GetBackupSelectionOutput) evidence.Value[bool] {
			return evidence.Known(selects(o.BackupSelection))
		}))
	}
	if len(all) == 0 {
		return evidence.Default(false, awsrules.DocBackupRule)
	}
	return evidence.AnyTrue(all...)
}

func selects(s *types.BackupSelection) bool {
	if s == nil {
		return false
	}
	c := s.Conditions
	return len(s.Resources) > 0 || len(s.ListOfTags) > 0 || c != nil && len(c.StringEquals)+len(c.StringLike)+len(c.StringNotEquals)+len(c.StringNotLike) > 0
}
