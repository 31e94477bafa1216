package evidence

// AccessPolicy is a set of statements that allow or deny actions: an IAM policy in inline, managed or document form.
type AccessPolicy struct {
	Grants       Value[[]Grant]  `setting:"grants"` // statements that allow more than named actions on named resources
	AttachedTo   Value[string]   `setting:"attached_to" values:"user,group,role,nobody,permission-set"`
	MFAEnforced  Value[bool]     `setting:"mfa_enforced"`  // it denies what is done without a second factor
	ManagedNames Value[[]string] `setting:"managed_names"` // provider-managed policies that it stands for
}

// Kind returns access_policy.
func (AccessPolicy) Kind() Kind { return "access_policy" }

// PasswordPolicy is the rule for passwords of an account.
type PasswordPolicy struct {
	MinLength       Value[int]  `setting:"min_length" unit:"characters"`
	MaxAgeDays      Value[int]  `setting:"max_age_days" unit:"days"` // Never when passwords do not expire
	Complexity      Value[bool] `setting:"complexity"`               // upper and lower case, numbers and symbols are demanded
	ReusePrevention Value[int]  `setting:"reuse_prevention" unit:"passwords"`
}

// Kind returns password_policy.
func (PasswordPolicy) Kind() Kind { return "password_policy" }

// UserPool keeps the users of an application: a Cognito user pool.
type UserPool struct {
	Region            Value[string] `setting:"region"`
	MFA               Value[string] `setting:"mfa" values:"off,optional,required"`
	PasswordMinLength Value[int]    `setting:"password_min_length" unit:"characters"`
	PasswordComplex   Value[bool]   `setting:"password_complex"`
	GuessProtection   Value[string] `setting:"guess_protection" values:"off,audit,enforced"`
}

// Kind returns user_pool.
func (UserPool) Kind() Kind { return "user_pool" }

// AuditTrail records who did what through the provider's interface: a CloudTrail trail.
type AuditTrail struct {
	Region              Value[string] `setting:"region"`
	Logging             Value[bool]   `setting:"logging"`
	AllRegions          Value[bool]   `setting:"all_regions"`
	GlobalEvents        Value[bool]   `setting:"global_events"`
	ManagementEvents    Value[string] `setting:"management_events" values:"all,read,write,none"`
	DataEvents          Value[bool]   `setting:"data_events"` // reading or writing of objects or rows is recorded
	IntegrityValidation Value[bool]   `setting:"integrity_validation"`
	Encryption          Value[string] `setting:"encryption" values:"none,provider-owned,provider-managed,customer-managed,external"`
}

// Kind returns audit_trail.
func (AuditTrail) Kind() Kind { return "audit_trail" }

// ThreatDetector watches for intrusion: a GuardDuty detector in one region.
type ThreatDetector struct {
	Enabled Value[bool]   `setting:"enabled"`
	Region  Value[string] `setting:"region"`
}

// Kind returns threat_detector.
func (ThreatDetector) Kind() Kind { return "threat_detector" }

// Alarm notifies somebody when a measurement or an event demands it.
type Alarm struct {
	Region         Value[string] `setting:"region"`
	ActionsEnabled Value[bool]   `setting:"actions_enabled"`
	HasTarget      Value[bool]   `setting:"has_target"` // an action leads to a topic with a subscription, or to another receiver
}

// Kind returns alarm.
func (Alarm) Kind() Kind { return "alarm" }
