package terraform

import (
	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/awsrules"
	"github.com/tomscan/tomscan/scanners/terraform/eval"
)

const docRedshift = "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/redshift_cluster"

// redshift reads data warehouses: clusters, and workgroups with their namespaces.
func redshift() reader {
	return reader{
		types: []string{"aws_redshift_cluster", "aws_redshiftserverless_workgroup"},
		joins: []string{"aws_redshift_logging", "aws_redshift_parameter_group", "aws_redshift_snapshot_copy", "aws_redshift_subnet_group", "aws_redshiftserverless_namespace"},
		kinds: []evidence.Kind{evidence.Database{}.Kind()},
		read: func(r *eval.Root, i *eval.Instance) []observation {
			if i.Type == "aws_redshiftserverless_workgroup" {
				return readWorkgroup(r, i)
			}
			return readWarehouse(r, i)
		},
	}
}

// readWarehouse reads a cluster with the defaults of the provider's sixth version, which are those of AWS since 2025:
// encrypted with a key that AWS owns, not public.
func readWarehouse(r *eval.Root, i *eval.Instance) []observation {
	encryption := redshiftLevel(r, i)
	tls := tlsQuestion{root: r, instance: i, engine: evidence.Known("redshift"), groups: []eval.Attr{i.Attr("cluster_parameter_group_name")},
		groupType: "aws_redshift_parameter_group"}
	required, group := tls.required()
	if i.Attr("cluster_parameter_group_name").IsUnset() {
		required = tls.byDefault("redshift", evidence.Known("2.0"), i.At(evidence.RoleDefaults))
	}
	private, subnets := subnetGroupPrivate(r, i, i.Attr("cluster_subnet_group_name"), "aws_redshift_subnet_group")
	db := evidence.Database{
		Placement:              placement(i, redshiftCopies(r, i)),
		Engine:                 evidence.Known("redshift"),
		Encryption:             encryption,
		BackupEncryption:       encryption,
		PubliclyAccessible:     i.Attr("publicly_accessible").Bool(unset(i, false, docRedshift)),
		SubnetsPrivate:         private,
		TLSRequired:            required,
		BackupRetentionDays:    i.Attr("automated_snapshot_retention_period").Int(unset(i, 1, docRedshift)),
		MultiAZ:                i.Attr("multi_az").Bool(unset(i, false, docRedshift)),
		DeletionProtection:     unset(i, false, docRedshift), // Redshift has none
		AutomaticMinorUpgrades: i.Attr("allow_version_upgrade").Bool(unset(i, true, docRedshift)),
		LogExports:             redshiftLogs(r, i),
		CredentialManaged:      i.Attr("manage_master_password").Bool(unset(i, false, docRedshift)),
	}
	joined := append(r.Linked(i, "aws_redshift_snapshot_copy", "cluster_identifier").All, group, subnets)
	return []observation{{resource: db, joined: joined}}
}

// redshiftLevel is the encryption of a cluster. Without a key of one's own AWS uses one that it owns.
func redshiftLevel(r *eval.Root, i *eval.Instance) evidence.Value[string] {
	owned := unset(i, evidence.EncryptionProviderOwned, awsrules.DocRedshiftEncryption)
	written := i.Attr("encrypted")
	if written.IsUnset() {
		return keyLevel(r, i.Attr("kms_key_id"), owned)
	}
	encrypted := written.Bool(evidence.Value[bool]{})
	if evidence.IsKnown(encrypted, true) {
		return keyLevel(r, i.Attr("kms_key_id"), owned).At(written.At())
	}
	return evidence.Map(encrypted, func(bool) string { return evidence.EncryptionNone })
}

// redshiftLogs are the exports of a cluster: audit, where logging is on.
func redshiftLogs(r *eval.Root, i *eval.Instance) evidence.Value[[]string] {
	links := satellites(r, i, "aws_redshift_logging", "cluster_identifier")
	for _, s := range links.All {
		exports := s.Attr("log_exports").Texts(evidence.Known([]string{"audit"}))
		return exports.At(s.At(evidence.RoleDecides))
	}
	inline := i.Block.Block("logging").Attr("enable")
	if inline.IsSet() {
		return evidence.Map(inline.Bool(evidence.Value[bool]{}), func(on bool) []string {
			if on {
				return []string{"audit"}
			}
			return []string{}
		})
	}
	return defaulted(i, links.Orphans, []string{}, docRedshift)
}

func redshiftCopies(r *eval.Root, i *eval.Instance) evidence.Value[[]string] {
	var c copies
	links := r.Linked(i, "aws_redshift_snapshot_copy", "cluster_identifier")
	for _, s := range links.All {
		c.addText(s.Attr("destination_region"))
	}
	c.hidden(links.Orphans...)
	c.addText(i.Block.Block("snapshot_copy").Attr("destination_region"))
	return c.value(i.Provider.Region)
}

// readWorkgroup reads a serverless workgroup with its namespace, which holds the data.
func readWorkgroup(r *eval.Root, i *eval.Instance) []observation {
	var namespace *eval.Instance
	links := targets(r, i.Attr("namespace_name"), "aws_redshiftserverless_namespace")
	encryption := evidence.Unresolved[string](firstOr(links.Orphans, "not_declared_here", "attribute", "namespace_name"))
	exports := evidence.NotKnown[[]string](encryption)
	managed := evidence.NotKnown[bool](encryption)
	for _, n := range links.All {
		namespace = n
		encryption = keyLevel(r, n.Attr("kms_key_id"), unset(n, evidence.EncryptionProviderOwned, awsrules.DocRedshiftServerless))
		exports = n.Attr("log_exports").Texts(unset(n, []string{}, awsrules.DocRedshiftServerless))
		managed = n.Attr("manage_admin_password").Bool(unset(n, false, awsrules.DocRedshiftServerless))
	}
	private := unset(i, false, awsrules.DocDefaultVPC)
	if subnets := i.Attr("subnet_ids"); subnets.IsSet() {
		private = subnetsPrivate(r, subnets)
	}
	return one(evidence.Database{
		Placement:              placement(i, noCopies()),
		Engine:                 evidence.Known("redshift"),
		Encryption:             encryption,
		BackupEncryption:       encryption,
		PubliclyAccessible:     i.Attr("publicly_accessible").Bool(unset(i, false, awsrules.DocRedshiftServerless)),
		SubnetsPrivate:         private,
		TLSRequired:            workgroupTLS(i),
		BackupRetentionDays:    unset(i, 1, awsrules.DocRedshiftServerless), // recovery points are kept for 24 hours
		MultiAZ:                unset(i, true, awsrules.DocRedshiftServerless),
		DeletionProtection:     unset(i, false, awsrules.DocRedshiftServerless),
		AutomaticMinorUpgrades: unset(i, true, awsrules.DocRedshiftServerless),
		LogExports:             exports,
		CredentialManaged:      managed,
	}, namespace)
}

// workgroupTLS says whether the workgroup demands TLS, which it does unless told otherwise.
func workgroupTLS(i *eval.Instance) evidence.Value[bool] {
	parameters := i.Blocks("config_parameter")
	for _, parameter := range parameters.All {
		if evidence.IsKnown(parameter.Attr("parameter_key").Text(evidence.Known("")), "require_ssl") {
			return evidence.Map(parameter.Attr("parameter_value").Text(evidence.Value[string]{}), awsrules.IsOn)
		}
	}
	return defaulted(i, parameters.More, true, awsrules.DocRedshiftServerless)
}
