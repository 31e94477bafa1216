package aws

import (
	"context"

	"github.com/tomscan/tomscan/evidence"
)

// rdsInstances reads database instances that belong to no cluster, and the latest moment to which each can be restored.
func rdsInstances() reader {
	database, point := evidence.Database{}.Kind(), evidence.RecoveryPoint{}.Kind()
	return reader{
		service: "rds", kinds: []evidence.Kind{database, point},
		operations: databaseOperations(
			operation{name: "DescribeDBInstances", action: "rds:DescribeDBInstances",
				lists: []evidence.Kind{database, point}, fills: append(databaseSettings(), recoveryPointSettings()...)},
			operation{name: "DescribeDBParameters", action: "rds:DescribeDBParameters", fills: []string{"database.tls_required"}},
		),
		read: readInstances,
	}
}

// databaseSettings are the settings of a database that its own list tells, alone or with what it points at.
func databaseSettings() []string {
	return []string{
		"database.automatic_minor_upgrades", "database.backup_encryption", "database.backup_retention_days", "database.copies",
		"database.credential_managed", "database.deletion_protection", "database.encryption", "database.engine", "database.log_exports",
		"database.multi_az", "database.publicly_accessible", "database.region", "database.subnets_private",
	}
}

// recoveryPointSettings are the settings of the latest backup of a database.
func recoveryPointSettings() []string {
	return []string{"recovery_point.age_hours", "recovery_point.backup_of", "recovery_point.copies", "recovery_point.encryption",
		"recovery_point.region"}
}

func readInstances(ctx context.Context, s *site) {
	list := s.instances(ctx)
	s.hide(list.miss, evidence.Database{}.Kind())
	s.backupsUnknown(list.miss, "rds:db")
	var single []instance
	for _, i := range list.all {
		if i.cluster == "" {
			single = append(single, i)
		}
	}
	each(ctx, s, single, s.readInstance)
}

func (s *site) readInstance(ctx context.Context, i instance) {
	encryption := s.storageLevel(ctx, i.storage)
	copies := append(regionsOf(i.replicas), regionsOf(i.replicatedUnder)...)
	s.add(thing{arn: i.arn, typ: "rds:db", name: i.id}, evidence.Database{
		Placement:              s.placed(copies),
		Engine:                 evidence.Known(i.engine),
		Encryption:             encryption,
		BackupEncryption:       encryption, // automated backups have the encryption of the database
		PubliclyAccessible:     said(i.public),
		SubnetsPrivate:         s.privateSubnets(ctx, i.subnets),
		TLSRequired:            s.requiresTLS(ctx, i.engine, i.version, i.parameters),
		BackupRetentionDays:    saidDays(i.retention),
		MultiAZ:                said(i.multiAZ),
		DeletionProtection:     said(i.protected),
		AutomaticMinorUpgrades: said(i.upgrades),
		LogExports:             evidence.Known(i.exports),
		CredentialManaged:      evidence.Known(i.managed),
	})
	s.addRestorable(restorable{arn: i.arn, retention: i.retention, latest: i.latest, encryption: encryption,
		copies: regionsOf(i.replicatedUnder)})
}
