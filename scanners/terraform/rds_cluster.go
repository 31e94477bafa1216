package terraform

import (
	"strings"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/awsrules"
	"github.com/tomscan/tomscan/scanners/terraform/eval"
)

const (
	docCluster         = "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/rds_cluster"
	docOldCluster      = "https://registry.terraform.io/providers/hashicorp/aws/4.67.0/docs/resources/rds_cluster"
	docClusterInstance = "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/rds_cluster_instance"
	docDocDBCluster    = "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/docdb_cluster"
	docNeptuneCluster  = "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/neptune_cluster"
)

// auroraEncryptedSince is the day from which AWS encrypts every new Aurora cluster, whether it is asked to or not.
const auroraEncryptedSince = "2026-02-18"

// firstAurora is the engine of Aurora MySQL 1, and of a cluster that names none before version 5 of the provider. AWS makes
// no such clusters since 2023, so none is as new as the encryption of all.
// https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.MySQL56.EOL.html
const firstAurora = "aurora"

// clusterType is what differs between the types of database clusters.
type clusterType struct {
	instances, parameterGroups, subnetGroups string // resource types
	subnetGroup, parameterGroup              string // arguments
	engine                                   string // where no argument says it
	doc                                      string
}

func clusterTypes() map[string]clusterType {
	return map[string]clusterType{
		"aws_docdb_cluster": {"aws_docdb_cluster_instance", "aws_docdb_cluster_parameter_group", "aws_docdb_subnet_group",
			"db_subnet_group_name", "db_cluster_parameter_group_name", "docdb", docDocDBCluster},
		"aws_neptune_cluster": {"aws_neptune_cluster_instance", "aws_neptune_cluster_parameter_group", "aws_neptune_subnet_group",
			"neptune_subnet_group_name", "neptune_cluster_parameter_group_name", "neptune", docNeptuneCluster},
		"aws_rds_cluster": {"aws_rds_cluster_instance", "aws_rds_cluster_parameter_group", "aws_db_subnet_group",
			"db_subnet_group_name", "db_cluster_parameter_group_name", firstAurora, docCluster},
	}
}

// rdsClusters reads database clusters, each with its instances as one thing.
func rdsClusters() reader {
	return reader{
		types: []string{"aws_docdb_cluster", "aws_neptune_cluster", "aws_rds_cluster"},
		joins: []string{"aws_db_subnet_group", "aws_docdb_cluster_instance", "aws_docdb_cluster_parameter_group", "aws_docdb_global_cluster",
			"aws_docdb_subnet_group", "aws_neptune_cluster_instance", "aws_neptune_cluster_parameter_group", "aws_neptune_global_cluster",
			"aws_neptune_subnet_group", "aws_rds_cluster_instance", "aws_rds_cluster_parameter_group", "aws_rds_global_cluster"},
		kinds: []evidence.Kind{evidence.Database{}.Kind()},
		read:  readCluster,
	}
}

// cluster is a database cluster while it is read.
type cluster struct {
	*eval.Instance
	clusterType
	root    *eval.Root
	members eval.Links // its instances
}

func readCluster(r *eval.Root, i *eval.Instance) []observation {
	t := clusterTypes()[i.Type]
	c := cluster{Instance: i, clusterType: t, root: r, members: r.Linked(i, t.instances, "cluster_identifier")}
	encryption := databaseLevel(r, i)
	engine := i.Attr("engine").Text(unset(i, t.engine, t.doc))
	if t.engine == firstAurora {
		engine = clusterEngine(i)
	}
	tls := tlsQuestion{root: r, instance: i, engine: engine, version: i.Attr("engine_version"),
		groups: []eval.Attr{i.Attr(t.parameterGroup)}, groupType: t.parameterGroups}
	required, group := tls.required()
	private, subnets := subnetGroupPrivate(r, i, i.Attr(t.subnetGroup), t.subnetGroups)
	aurora := isAurora(engine)
	db := evidence.Database{
		Placement:              placement(i, c.copies()),
		Engine:                 engine,
		Encryption:             encryption,
		BackupEncryption:       encryption,
		PubliclyAccessible:     c.public(aurora),
		SubnetsPrivate:         private,
		TLSRequired:            required,
		BackupRetentionDays:    i.Attr("backup_retention_period").Int(unset(i, 1, t.doc)),
		MultiAZ:                c.multiAZ(aurora),
		DeletionProtection:     i.Attr("deletion_protection").Bool(unset(i, false, t.doc)),
		AutomaticMinorUpgrades: c.upgrades(),
		LogExports:             c.logExports(),
		CredentialManaged:      i.Attr("manage_master_user_password").Bool(unset(i, false, awsrules.DocMasterSecret)),
	}
	return []observation{{
		resource: db,
		joined:   append(c.members.All[:len(c.members.All):len(c.members.All)], group, subnets),
		notes:    c.notes(encryption),
	}}
}

// isAurora says whether the engine is one whose storage spans three zones; DocumentDB and Neptune share it.
func isAurora(engine evidence.Value[string]) evidence.Value[bool] {
	return evidence.Map(engine, func(e string) bool { return strings.HasPrefix(e, "aurora") || e == "docdb" || e == "neptune" })
}

// clusterEngine is the engine that an RDS cluster declares. One that does not mention any, and is made from nothing else,
// has the default of the provider's older versions; the newer ones refuse it.
func clusterEngine(i *eval.Instance) evidence.Value[string] {
	none, engine := engineUnset(i), i.Attr("engine")
	mentioned := engine.At().Role == evidence.RoleDecides
	if none.Why().Code == "unset" && !mentioned && i.Block.Block("restore_to_point_in_time") == nil {
		none = unset(i, firstAurora, docOldCluster)
	}
	return engine.Text(none)
}

// clusterLevel is the encryption of an RDS cluster. AWS encrypts every new Aurora cluster with a key of its own; a
// cluster that says storage_encrypted = false is encrypted as well, unless it is older than that, which the code does
// not tell.
func clusterLevel(r *eval.Root, i *eval.Instance) evidence.Value[string] {
	aurora := evidence.Map(clusterEngine(i), func(e string) bool { return strings.HasPrefix(e, "aurora") && e != firstAurora })
	vendor := unset(i, evidence.EncryptionNone, docCluster)
	switch {
	case evidence.IsKnown(aurora, true):
		vendor = unset(i, evidence.EncryptionProviderOwned, awsrules.DocAuroraEncryption)
	case !evidence.IsKnown(aurora, false):
		vendor = evidence.NotKnown[string](aurora)
	}
	for _, attr := range []string{"snapshot_identifier", "replication_source_identifier"} {
		if source := i.Attr(attr); source.IsSet() {
			vendor = restoredLevel(r, i, source)
		}
	}
	if restore := i.Block.Block("restore_to_point_in_time"); restore != nil {
		vendor = restoredLevel(r, i, restore.Attr("source_cluster_identifier"))
	}
	level := storageLevel(r, i, vendor)
	if written := i.Attr("storage_encrypted"); written.IsSet() && evidence.IsKnown(level, evidence.EncryptionNone) && !evidence.IsKnown(aurora, false) {
		return evidence.Unresolved[string](evidence.Because("vendor_encrypts_since", "since", auroraEncryptedSince)).At(written.At())
	}
	return level
}

// notes say that a default holds for new clusters only.
func (c cluster) notes(encryption evidence.Value[string]) []evidence.Reason {
	if encryption.Reading().Doc != awsrules.DocAuroraEncryption {
		return nil
	}
	return []evidence.Reason{evidence.Because("default_since", "setting", "encryption", "since", auroraEncryptedSince)}
}

// public says whether an instance of the cluster is publicly accessible.
func (c cluster) public(aurora evidence.Value[bool]) evidence.Value[bool] {
	if len(c.members.All) == 0 && evidence.IsKnown(aurora, false) {
		return evidence.Unresolved[bool](evidence.Because("not_decided_by_code")).At(c.At(evidence.RoleDefaults))
	}
	return c.over(evidence.AnyTrue, "publicly_accessible", false)
}

// upgrades says whether all instances of the cluster upgrade minor versions by themselves.
func (c cluster) upgrades() evidence.Value[bool] {
	return c.over(evidence.AllTrue, "auto_minor_version_upgrade", true)
}

// over joins a switch of all instances of the cluster; the vendor's default holds where none is declared.
func (c cluster) over(join func(...evidence.Value[bool]) evidence.Value[bool], attr string, vendor bool) evidence.Value[bool] {
	var all []evidence.Value[bool]
	for _, member := range c.members.All {
		all = append(all, member.Attr(attr).Bool(unset(member, vendor, docClusterInstance)))
	}
	if len(all) == 0 || len(c.members.Orphans) > 0 {
		all = append(all, defaulted(c.Instance, c.members.Orphans, vendor, docClusterInstance))
	}
	return join(all...)
}

// multiAZ says whether the cluster survives the loss of a zone: a Multi-AZ cluster does, one of Aurora's kind does with
// a second instance.
func (c cluster) multiAZ(aurora evidence.Value[bool]) evidence.Value[bool] {
	if !evidence.IsKnown(aurora, true) {
		return evidence.Map(aurora, func(bool) bool { return true })
	}
	zones := map[string]bool{}
	certain, open := 0, c.members.Orphans
	var at []evidence.Position
	for _, member := range c.members.All {
		at = append(at, member.At(evidence.RoleDecides))
		if member.Placeholder {
			open = append(open, countNotKnown(member))
			continue
		}
		certain++
		if zone, known := member.Attr("availability_zone").Text(evidence.Known("")).Get(); !known || zone == "" {
			zones[member.Address] = true
		} else {
			zones[zone] = true
		}
	}
	switch {
	case certain > 1 && len(zones) > 1:
		return evidence.Known(true).At(at...)
	case len(open) > 0:
		return evidence.Unresolved[bool](open[0]).At(c.At(evidence.RoleDefaults))
	case certain == 0:
		return evidence.Unresolved[bool](evidence.Because("not_decided_by_code")).At(c.At(evidence.RoleDefaults))
	}
	return evidence.Known(false).At(at...)
}

func (c cluster) logExports() evidence.Value[[]string] {
	attr := "enabled_cloudwatch_logs_exports"
	if c.Type == "aws_neptune_cluster" {
		attr = "enable_cloudwatch_logs_exports"
	}
	return c.Attr(attr).Texts(unset(c.Instance, []string{}, awsrules.DocLogExports))
}

// copies are the regions of the other clusters of the same global cluster and of clusters that replicate this one.
func (c cluster) copies() evidence.Value[[]string] {
	var list copies
	for _, replica := range c.root.Linked(c.Instance, c.Type, "replication_source_identifier").All {
		if replica != c.Instance {
			list.add(replica.Provider.Region, replica.At(evidence.RoleDecides))
		}
	}
	globalType := strings.TrimSuffix(c.Type, "cluster") + "global_cluster"
	source := "source_db_cluster_identifier"
	globals := append(targets(c.root, c.Attr("global_cluster_identifier"), globalType).All, c.root.Linked(c.Instance, globalType, source).All...)
	for _, global := range globals {
		members := append(c.root.Linked(global, c.Type, "global_cluster_identifier").All, targets(c.root, global.Attr(source), c.Type).All...)
		for _, member := range members {
			if member != c.Instance {
				list.add(member.Provider.Region, member.At(evidence.RoleDecides))
			}
		}
	}
	if len(globals) == 0 && c.Attr("global_cluster_identifier").IsSet() {
		list.hidden(evidence.Because("copy_region_not_known", "attribute", "global_cluster_identifier"))
	}
	return list.value(c.Provider.Region)
}
