package aws

import (
	"context"
	"slices"

	sdk "github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/awsrules"
)

// docTableSettings says what holds of a table where nothing else was asked for.
const docTableSettings = "https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateTable.html"

// dynamodbTables reads tables with their replicas.
func dynamodbTables() reader {
	tables := []evidence.Kind{evidence.Table{}.Kind()}
	return reader{
		service: "dynamodb", kinds: tables,
		operations: []operation{
			{name: "DescribeContinuousBackups", action: "dynamodb:DescribeContinuousBackups",
				fills: []string{"table.point_in_time_recovery", "table.recovery_days"}},
			{name: "DescribeTable", action: "dynamodb:DescribeTable",
				fills: []string{"table.copies", "table.deletion_protection", "table.encryption"}},
			{name: "DescribeTimeToLive", action: "dynamodb:DescribeTimeToLive", fills: []string{"table.items_expire"}},
			{name: "ListGlobalTables", action: "dynamodb:ListGlobalTables", fills: []string{"table.copies"}},
			{name: "ListTables", action: "dynamodb:ListTables", lists: tables},
			{name: "kms.DescribeKey", action: "kms:DescribeKey", fills: []string{"table.encryption"}},
		},
		read: readTables,
	}
}

func readTables(ctx context.Context, s *site) {
	client := dynamodb.NewFromConfig(s.config())
	in := &dynamodb.ListTablesInput{Limit: sdk.Int32(100)}
	next := func(i *dynamodb.ListTablesInput, o *dynamodb.ListTablesOutput) (**string, *string) {
		return &i.ExclusiveStartTableName, o.LastEvaluatedTableName
	}
	names, m := pages(ctx, s, "", client.ListTables, in, next, func(o *dynamodb.ListTablesOutput) []string { return o.TableNames })
	s.hide(m, evidence.Table{}.Kind())
	if len(names) == 0 {
		return
	}
	t := tableReader{site: s, client: client}
	if s.needs("ListGlobalTables") {
		t.groups = s.tableGroups(ctx, client)
	}
	each(ctx, s, names, t.read)
}

// tableReader reads the tables of one place.
type tableReader struct {
	*site
	client *dynamodb.Client
	groups tableGroups
}

func (t tableReader) read(ctx context.Context, name string) {
	table := evidence.Table{
		Placement:  evidence.Placement{Region: evidence.Known(t.region), Copies: notAsked[[]string]()},
		Encryption: notAsked[string](), DeletionProtection: notAsked[bool](),
	}
	if t.needs("DescribeTable") && t.describe(ctx, name, &table) || t.backups(ctx, name, &table) {
		return
	}
	table.ItemsExpire = asked(t.site, "DescribeTimeToLive", func() evidence.Value[bool] { return t.itemsExpire(ctx, name) })
	arn := "arn:" + t.partition + ":dynamodb:" + t.region + ":" + t.id + ":table/" + name
	t.add(thing{arn: arn, typ: "dynamodb:table", name: name}, table)
}

// describe fills in what the table's description tells, and says whether the table is gone.
func (t tableReader) describe(ctx context.Context, name string, table *evidence.Table) bool {
	out, m := get(ctx, t.site, name, t.client.DescribeTable, &dynamodb.DescribeTableInput{TableName: &name})
	if m == nil && out.Table == nil {
		m = emptyAnswer(t.site, "dynamodb.DescribeTable")
	}
	if m != nil {
		table.Copies, table.Encryption, table.DeletionProtection = refused[[]string](m), refused[string](m), refused[bool](m)
		return m.vanished()
	}
	table.Copies = t.copies(name, out.Table)
	table.Encryption = t.encryption(ctx, out.Table.SSEDescription)
	table.DeletionProtection = evidence.Default(false, docTableSettings)
	if on := out.Table.DeletionProtectionEnabled; on != nil {
		table.DeletionProtection = evidence.Known(*on)
	}
	return false
}

// encryption is the level of a table's encryption. A table is always encrypted: by a key that AWS owns, unless its
// description names another. SSEType AES256 is such a key of AWS too.
func (t tableReader) encryption(ctx context.Context, sse *types.SSEDescription) evidence.Value[string] {
	switch {
	case sse == nil, sse.Status == types.SSEStatusDisabled, sse.Status == types.SSEStatusDisabling, sse.SSEType == types.SSETypeAes256:
		return evidence.Default(evidence.EncryptionProviderOwned, awsrules.DocTableEncryption)
	}
	return t.levelOf(ctx, t.region, sse.KMSMasterKeyArn, evidence.Known(evidence.EncryptionProviderManaged))
}

// copies are the regions of replicas and of the witness, which is written to as well, and those of the older global
// tables, which a table's description does not tell.
func (t tableReader) copies(name string, d *types.TableDescription) evidence.Value[[]string] {
	regions := t.groups.regions[name]
	for _, replica := range d.Replicas {
		regions = append(regions, sdk.ToString(replica.RegionName))
	}
	for _, witness := range d.GlobalTableWitnesses {
		regions = append(regions, sdk.ToString(witness.RegionName))
	}
	return regionsBut(t.region, regions).Incomplete(t.groups.more...)
}

// backups fills in what point-in-time recovery does, and says whether the table is gone. It reaches back for 35 days
// unless less is asked for.
func (t tableReader) backups(ctx context.Context, name string, table *evidence.Table) bool {
	table.PointInTimeRecovery, table.RecoveryDays = notAsked[bool](), notAsked[int]()
	if !t.needs("DescribeContinuousBackups") {
		return false
	}
	out, m := get(ctx, t.site, name, t.client.DescribeContinuousBackups, &dynamodb.DescribeContinuousBackupsInput{TableName: &name})
	if m == nil && out.ContinuousBackupsDescription == nil {
		m = emptyAnswer(t.site, "dynamodb.DescribeContinuousBackups")
	}
	if m != nil {
		table.PointInTimeRecovery, table.RecoveryDays = refused[bool](m), refused[int](m)
		return m.vanished()
	}
	recovery := out.ContinuousBackupsDescription.PointInTimeRecoveryDescription
	switch {
	case recovery != nil && !slices.Contains(recovery.PointInTimeRecoveryStatus.Values(), recovery.PointInTimeRecoveryStatus):
		why := unmodelled(string(recovery.PointInTimeRecoveryStatus))
		table.PointInTimeRecovery, table.RecoveryDays = evidence.NotKnown[bool](why), evidence.NotKnown[int](why)
	case recovery == nil || recovery.PointInTimeRecoveryStatus == types.PointInTimeRecoveryStatusDisabled:
		table.PointInTimeRecovery, table.RecoveryDays = evidence.Default(false, awsrules.DocTableRecovery), evidence.Known(0)
	case recovery.RecoveryPeriodInDays == nil:
		table.PointInTimeRecovery, table.RecoveryDays = evidence.Known(true), evidence.Default(35, awsrules.DocTableRecovery)
	default:
		table.PointInTimeRecovery, table.RecoveryDays = evidence.Known(true), evidence.Known(int(*recovery.RecoveryPeriodInDays))
	}
	return false
}

func (t tableReader) itemsExpire(ctx context.Context, name string) evidence.Value[bool] {
	out, m := get(ctx, t.site, name, t.client.DescribeTimeToLive, &dynamodb.DescribeTimeToLiveInput{TableName: &name})
	return told(out, m, evidence.Known(false), func(o *dynamodb.DescribeTimeToLiveOutput) evidence.Value[bool] {
		ttl := o.TimeToLiveDescription
		if ttl == nil {
			return evidence.Default(false, docTableSettings)
		}
		return evidence.Known(ttl.TimeToLiveStatus == types.TimeToLiveStatusEnabled || ttl.TimeToLiveStatus == types.TimeToLiveStatusEnabling)
	})
}
