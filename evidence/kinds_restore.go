package evidence

// RestoreTest is one restore of a backup that was run.
type RestoreTest struct {
	Region        Value[string] `setting:"region"`
	Of            Value[string] `setting:"restores" values:"database,volume,file-system,object-store,table,other"`
	Completed     Value[bool]   `setting:"completed"`                                         // it ended, and the data was there
	Validated     Value[string] `setting:"validated" values:"validated,failed,not-validated"` // whether somebody, or a program, tried what was restored
	AgeDays       Value[int]    `setting:"age_days" unit:"days"`                              // time since it ended, or since it began where it did not
	DurationHours Value[int]    `setting:"duration_hours" unit:"hours"`                       // from its beginning to its end
}

// Kind returns restore_test.
func (RestoreTest) Kind() Kind { return "restore_test" }

// RestorePlan is a schedule by which backups are restored for a test: an AWS Backup restore testing plan.
type RestorePlan struct {
	Region      Value[string] `setting:"region"`
	Scheduled   Value[bool]   `setting:"scheduled"`                 // it runs by itself
	SelectsAny  Value[bool]   `setting:"tests_any"`                 // a selection names what is restored
	LastRunDays Value[int]    `setting:"last_run_days" unit:"days"` // time since its last run, Never before the first
}

// Kind returns restore_plan.
func (RestorePlan) Kind() Kind { return "restore_plan" }

// RecoveryPoint is the latest backup of one thing that is backed up. Its copies are all other regions that hold backups of the
// thing, its encryption is that of the weakest of these backups. Where a later backup may exist, its age lacks something.
type RecoveryPoint struct {
	Placement
	Of         Value[string] `setting:"backup_of" values:"database,volume,file-system,object-store,table,other"`
	AgeHours   Value[int]    `setting:"age_hours" unit:"hours"` // time since the moment that it holds, Never when there is none
	Encryption Value[string] `setting:"encryption" values:"none,provider-owned,provider-managed,customer-managed,external"`
}

// Kind returns recovery_point.
func (RecoveryPoint) Kind() Kind { return "recovery_point" }
