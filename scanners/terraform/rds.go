package terraform

import (
	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/awsrules"
	"github.com/tomscan/tomscan/scanners/terraform/eval"
)

const docDatabase = "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/db_instance"

// rds reads database instances that belong to no cluster.
func rds() reader {
	return reader{
		types: []string{"aws_db_instance"},
		joins: []string{"aws_db_instance_automated_backups_replication", "aws_db_parameter_group", "aws_db_subnet_group"},
		kinds: []evidence.Kind{evidence.Database{}.Kind()},
		read:  readInstance,
	}
}

func readInstance(r *eval.Root, i *eval.Instance) []observation {
	encryption := instanceLevel(r, i)
	tls := tlsQuestion{root: r, instance: i, engine: engineOf(r, i), version: i.Attr("engine_version"),
		groups: []eval.Attr{i.Attr("parameter_group_name")}, groupType: "aws_db_parameter_group"}
	required, group := tls.required()
	private, subnets := subnetGroupPrivate(r, i, i.Attr("db_subnet_group_name"), "aws_db_subnet_group")
	db := evidence.Database{
		Placement:              placement(i, instanceCopies(r, i)),
		Engine:                 tls.engine,
		Encryption:             encryption,
		BackupEncryption:       encryption,
		PubliclyAccessible:     i.Attr("publicly_accessible").Bool(unset(i, false, docDatabase)),
		SubnetsPrivate:         private,
		TLSRequired:            required,
		BackupRetentionDays:    i.Attr("backup_retention_period").Int(unset(i, 0, docDatabase)),
		MultiAZ:                i.Attr("multi_az").Bool(unset(i, false, docDatabase)),
		DeletionProtection:     i.Attr("deletion_protection").Bool(unset(i, false, docDatabase)),
		AutomaticMinorUpgrades: i.Attr("auto_minor_version_upgrade").Bool(unset(i, true, docDatabase)),
		LogExports:             i.Attr("enabled_cloudwatch_logs_exports").Texts(unset(i, []string{}, awsrules.DocLogExports)),
		CredentialManaged:      i.Attr("manage_master_user_password").Bool(unset(i, false, awsrules.DocMasterSecret)),
	}
	joined := append(r.Linked(i, "aws_db_instance_automated_backups_replication", "source_db_instance_arn").All, group, subnets)
	return []observation{{resource: db, joined: joined}}
}

// engineOf is the engine that an instance declares, or that of the instance it replicates.
func engineOf(r *eval.Root, i *eval.Instance) evidence.Value[string] {
	missing := engineUnset(i)
	for _, source := range targets(r, i.Attr("replicate_source_db"), "aws_db_instance").All {
		if source != i {
			missing = source.Attr("engine").Text(missing)
		}
	}
	return i.Attr("engine").Text(missing)
}

// engineUnset is the engine of a database that names none: that of its source, where it has one.
func engineUnset(i *eval.Instance) evidence.Value[string] {
	at := i.At(evidence.RoleDefaults)
	for _, attr := range []string{"replicate_source_db", "snapshot_identifier", "global_cluster_identifier", "replication_source_identifier"} {
		if i.Attr(attr).IsSet() {
			return evidence.Unresolved[string](evidence.Because("source_not_declared_here")).At(at)
		}
	}
	return evidence.Unresolved[string](evidence.Because("unset", "attribute", "engine")).At(at)
}

// instanceLevel is the encryption of an instance's storage: what it says, what its source has, or none.
// https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.Encryption.html
func instanceLevel(r *eval.Root, i *eval.Instance) evidence.Value[string] {
	none := unset(i, evidence.EncryptionNone, docDatabase)
	for _, attr := range []string{"snapshot_identifier", "replicate_source_db"} {
		if source := i.Attr(attr); source.IsSet() {
			none = restoredLevel(r, i, source)
		}
	}
	if restore := i.Block.Block("restore_to_point_in_time"); restore != nil {
		none = restoredLevel(r, i, restore.Attr("source_db_instance_identifier"))
	}
	return storageLevel(r, i, none)
}

// storageLevel is the encryption that storage_encrypted and kms_key_id decide; unset holds without storage_encrypted.
func storageLevel(r *eval.Root, i *eval.Instance, unset evidence.Value[string]) evidence.Value[string] {
	written := i.Attr("storage_encrypted")
	if written.IsUnset() {
		return unset
	}
	encrypted := written.Bool(evidence.Value[bool]{})
	if evidence.IsKnown(encrypted, true) {
		return keyLevel(r, i.Attr("kms_key_id"), evidence.Known(evidence.EncryptionProviderManaged)).At(written.At())
	}
	return evidence.Map(encrypted, func(bool) string { return evidence.EncryptionNone })
}

// restoredLevel is the encryption of a database that is made from another one or from a snapshot: with its own key where
// it names one, else as its source.
func restoredLevel(r *eval.Root, i *eval.Instance, source eval.Attr) evidence.Value[string] {
	asSource := evidence.Unresolved[string](evidence.Because("source_not_declared_here")).At(source.At())
	for _, from := range targets(r, source, append(databaseSnapshotTypes(), "aws_db_instance", "aws_rds_cluster")...).All {
		if from != i {
			asSource = databaseLevel(r, from).At(source.At())
		}
	}
	return keyLevel(r, i.Attr("kms_key_id"), asSource)
}

// databaseLevel is the encryption of a database or of a snapshot of one.
func databaseLevel(r *eval.Root, i *eval.Instance) evidence.Value[string] {
	switch i.Type {
	case "aws_db_instance":
		return instanceLevel(r, i)
	case "aws_rds_cluster":
		return clusterLevel(r, i)
	case "aws_docdb_cluster", "aws_neptune_cluster":
		return storageLevel(r, i, unset(i, evidence.EncryptionNone, docDatabase))
	}
	return databaseSnapshotLevel(r, i)
}

// subnetGroupPrivate says whether all subnets of the named group are private, and which group that is. A database
// without a group lives in the default network, whose subnets lead to an internet gateway.
func subnetGroupPrivate(r *eval.Root, i *eval.Instance, name eval.Attr, typ string) (evidence.Value[bool], *eval.Instance) {
	if source := i.Attr("replicate_source_db"); name.IsUnset() && source.IsSet() {
		for _, from := range targets(r, source, "aws_db_instance").All {
			if from != i {
				return subnetGroupPrivate(r, from, from.Attr("db_subnet_group_name"), typ)
			}
		}
		return evidence.Unresolved[bool](evidence.Because("source_not_declared_here")).At(source.At()), nil
	}
	if name.IsUnset() {
		return unset(i, false, awsrules.DocDefaultVPC), nil
	}
	links := targets(r, name, typ)
	for _, group := range links.All {
		return subnetsPrivate(r, group.Attr("subnet_ids")), group
	}
	return evidence.Unresolved[bool](firstOr(links.Orphans, "not_declared_here", "attribute", "subnet_group")).At(name.At()), nil
}

// firstOr is the first of the reasons, or a new one.
func firstOr(reasons []evidence.Reason, code string, keyValues ...string) evidence.Reason {
	if len(reasons) > 0 {
		return reasons[0]
	}
	return evidence.Because(code, keyValues...)
}

// instanceCopies are the regions of an instance's replicas and of its replicated backups.
func instanceCopies(r *eval.Root, i *eval.Instance) evidence.Value[[]string] {
	var c copies
	for _, replica := range r.Linked(i, "aws_db_instance", "replicate_source_db").All {
		if replica != i {
			c.add(replica.Provider.Region, replica.Attr("replicate_source_db").At())
		}
	}
	links := r.Linked(i, "aws_db_instance_automated_backups_replication", "source_db_instance_arn")
	for _, replication := range links.All {
		c.add(replication.Provider.Region, replication.At(evidence.RoleDecides))
	}
	c.hidden(links.Orphans...)
	return c.value(i.Provider.Region)
}
