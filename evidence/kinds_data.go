package evidence

// ObjectStore keeps objects: an S3 bucket with the resources that configure it.
type ObjectStore struct {
	Placement
	Name                Value[string] `setting:"name"`
	Encryption          Value[string] `setting:"encryption" values:"none,provider-owned,provider-managed,customer-managed,external"`
	Versioning          Value[string] `setting:"versioning" values:"disabled,suspended,enabled"`
	Public              Value[bool]   `setting:"public"`                                  // a grant makes it public and nothing blocks the grant
	PublicAccessBlocked Value[bool]   `setting:"public_access_blocked"`                   // all four blocks apply, by the bucket or by the account
	PlainTransport      Value[string] `setting:"plain_transport" values:"denied,allowed"` // requests without TLS
	TLSMin              Value[int]    `setting:"tls_min" unit:"tls rank"`                 // lowest version that its policy allows; the service's own minimum otherwise
	AccessLogging       Value[bool]   `setting:"access_logging"`
	HoldsLogs           Value[bool]   `setting:"holds_logs"`                  // a log source of the same root delivers into it
	RetentionDays       Value[int]    `setting:"retention_days" unit:"days"`  // longest time that a current object is kept, Never without expiry of all objects
	NoncurrentDays      Value[int]    `setting:"noncurrent_days" unit:"days"` // longest time that a noncurrent version is kept, 0 where versions are not kept
	ObjectLock          Value[bool]   `setting:"object_lock"`
}

// Kind returns object_store.
func (ObjectStore) Kind() Kind { return "object_store" }

// AccountPublicAccess is the account-wide block of public access to object stores.
type AccountPublicAccess struct {
	Blocked Value[bool] `setting:"blocked"` // all four blocks
}

// Kind returns account_public_access.
func (AccountPublicAccess) Kind() Kind { return "account_public_access" }

// Volume is a block device: an EBS volume, or one that an instance or a launch template declares.
type Volume struct {
	Placement
	Encryption Value[string] `setting:"encryption" values:"none,provider-owned,provider-managed,customer-managed,external"`
}

// Kind returns volume.
func (Volume) Kind() Kind { return "volume" }

// VolumeDefault is the setting of an account and region that new volumes are encrypted.
type VolumeDefault struct {
	Encrypted Value[bool]   `setting:"encrypted"`
	Region    Value[string] `setting:"region"`
}

// Kind returns volume_default.
func (VolumeDefault) Kind() Kind { return "volume_default" }

// DataSnapshot is a snapshot or an image of a volume or database.
type DataSnapshot struct {
	Placement
	Of         Value[string] `setting:"of" values:"volume,database,image"`
	Encryption Value[string] `setting:"encryption" values:"none,provider-owned,provider-managed,customer-managed,external"`
	Public     Value[bool]   `setting:"public"` // shared with everybody
}

// Kind returns snapshot.
func (DataSnapshot) Kind() Kind { return "snapshot" }

// Database is a database server or cluster: RDS, Aurora, DocumentDB, Neptune, Redshift.
type Database struct {
	Placement
	Engine                 Value[string]   `setting:"engine"`
	Encryption             Value[string]   `setting:"encryption" values:"none,provider-owned,provider-managed,customer-managed,external"`
	BackupEncryption       Value[string]   `setting:"backup_encryption" values:"none,provider-owned,provider-managed,customer-managed,external"` // of its automated backups
	PubliclyAccessible     Value[bool]     `setting:"publicly_accessible"`
	SubnetsPrivate         Value[bool]     `setting:"subnets_private"` // no subnet of its group routes to an internet gateway
	TLSRequired            Value[bool]     `setting:"tls_required"`    // connections without TLS are refused
	BackupRetentionDays    Value[int]      `setting:"backup_retention_days" unit:"days"`
	MultiAZ                Value[bool]     `setting:"multi_az"`
	DeletionProtection     Value[bool]     `setting:"deletion_protection"`
	AutomaticMinorUpgrades Value[bool]     `setting:"automatic_minor_upgrades"`
	LogExports             Value[[]string] `setting:"log_exports"`
	CredentialManaged      Value[bool]     `setting:"credential_managed"` // the provider keeps the master password in its secret store
}

// Kind returns database.
func (Database) Kind() Kind { return "database" }

// Table is a table of a serverless key-value database: DynamoDB.
type Table struct {
	Placement
	Encryption          Value[string] `setting:"encryption" values:"none,provider-owned,provider-managed,customer-managed,external"`
	PointInTimeRecovery Value[bool]   `setting:"point_in_time_recovery"`
	RecoveryDays        Value[int]    `setting:"recovery_days" unit:"days"` // how far back point-in-time recovery reaches, 0 when off
	DeletionProtection  Value[bool]   `setting:"deletion_protection"`
	ItemsExpire         Value[bool]   `setting:"items_expire"` // a time-to-live attribute is enabled
}

// Kind returns table.
func (Table) Kind() Kind { return "table" }

// FileSystem is a network file system: EFS, FSx.
type FileSystem struct {
	Placement
	Encryption      Value[string] `setting:"encryption" values:"none,provider-owned,provider-managed,customer-managed,external"`
	AutomaticBackup Value[bool]   `setting:"automatic_backup"`
	TLSRequired     Value[bool]   `setting:"tls_required"`
}

// Kind returns file_system.
func (FileSystem) Kind() Kind { return "file_system" }

// Cache is an in-memory store: ElastiCache, MemoryDB.
type Cache struct {
	Placement
	Engine                 Value[string] `setting:"engine"`
	Encryption             Value[string] `setting:"encryption" values:"none,provider-owned,provider-managed,customer-managed,external"`
	TLSRequired            Value[bool]   `setting:"tls_required"` // connections without TLS are refused: "preferred" is not required
	SubnetsPrivate         Value[bool]   `setting:"subnets_private"`
	BackupRetentionDays    Value[int]    `setting:"backup_retention_days" unit:"days"`
	MultiAZ                Value[bool]   `setting:"multi_az"`
	AutomaticMinorUpgrades Value[bool]   `setting:"automatic_minor_upgrades"`
}

// Kind returns cache.
func (Cache) Kind() Kind { return "cache" }

// Queue is a message queue: SQS.
type Queue struct {
	Placement
	Encryption    Value[string] `setting:"encryption" values:"none,provider-owned,provider-managed,customer-managed,external"`
	RetentionDays Value[int]    `setting:"retention_days" unit:"days"` // rounded up
	TLSRequired   Value[bool]   `setting:"tls_required"`
}

// Kind returns queue.
func (Queue) Kind() Kind { return "queue" }

// Topic is a publish-subscribe topic: SNS.
type Topic struct {
	Placement
	Encryption Value[string] `setting:"encryption" values:"none,provider-owned,provider-managed,customer-managed,external"`
}

// Kind returns topic.
func (Topic) Kind() Kind { return "topic" }

// LogStore keeps logs: a CloudWatch log group.
type LogStore struct {
	Placement
	Name          Value[string] `setting:"name"`
	Encryption    Value[string] `setting:"encryption" values:"none,provider-owned,provider-managed,customer-managed,external"`
	RetentionDays Value[int]    `setting:"retention_days" unit:"days"` // Never when logs do not expire
}

// Kind returns log_store.
func (LogStore) Kind() Kind { return "log_store" }

// BackupVault keeps backups: an AWS Backup vault.
type BackupVault struct {
	Placement
	Encryption Value[string] `setting:"encryption" values:"none,provider-owned,provider-managed,customer-managed,external"`
	Locked     Value[bool]   `setting:"locked"`
}

// Kind returns backup_vault.
func (BackupVault) Kind() Kind { return "backup_vault" }

// BackupPlan says what is backed up when and for how long: an AWS Backup plan with its selections.
type BackupPlan struct {
	Placement
	RetentionDays Value[int]  `setting:"retention_days" unit:"days"`  // the longest of its rules that run every day, Never when one keeps backups for ever
	LongestDays   Value[int]  `setting:"longest_days" unit:"days"`    // the longest of its rules
	IntervalHours Value[int]  `setting:"interval_hours" unit:"hours"` // longest time between two runs of its most frequent rule
	SelectsAny    Value[bool] `setting:"selects_any"`                 // a selection names resources or tags
}

// Kind returns backup_plan.
func (BackupPlan) Kind() Kind { return "backup_plan" }

// ContainerRegistry keeps container images: an ECR repository.
type ContainerRegistry struct {
	Placement
	Encryption    Value[string] `setting:"encryption" values:"none,provider-owned,provider-managed,customer-managed,external"`
	ScanOnPush    Value[bool]   `setting:"scan_on_push"`
	TagsImmutable Value[bool]   `setting:"tags_immutable"`
}

// Kind returns container_registry.
func (ContainerRegistry) Kind() Kind { return "container_registry" }

// EncryptionKey is a key that encrypts other things: a customer-managed KMS key.
type EncryptionKey struct {
	Placement
	Rotates      Value[string] `setting:"rotates" values:"automatic,no,not-supported"` // not-supported: imported, asymmetric or external key material
	RotationDays Value[int]    `setting:"rotation_days" unit:"days"`                   // Never when it does not rotate, unresolved when its owner would have to
}

// Kind returns encryption_key.
func (EncryptionKey) Kind() Kind { return "encryption_key" }

// Secret is a secret in a secret store: Secrets Manager, or a secure parameter.
type Secret struct {
	Placement
	Encryption   Value[string] `setting:"encryption" values:"none,provider-owned,provider-managed,customer-managed,external"`
	RotationDays Value[int]    `setting:"rotation_days" unit:"days"` // Never when it does not rotate
}

// Kind returns secret.
func (Secret) Kind() Kind { return "secret" }

// Credential is an argument that holds a password, key or token: where it comes from, never what it is.
type Credential struct {
	Argument Value[string] `setting:"argument"`                                                // name of the argument, such as password
	Origin   Value[string] `setting:"origin" values:"literal,generated,secret-store,variable"` // literal: written in code, a default or a variables file
}

// Kind returns credential.
func (Credential) Kind() Kind { return "credential" }
