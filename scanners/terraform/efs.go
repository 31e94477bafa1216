package terraform

import (
	"strings"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/awsrules"
	"github.com/tomscan/tomscan/scanners/terraform/eval"
)

// efs reads network file systems: EFS with its policies, and the file systems of FSx.
func efs() reader {
	return reader{
		types: []string{"aws_efs_file_system", "aws_fsx_lustre_file_system", "aws_fsx_ontap_file_system", "aws_fsx_openzfs_file_system",
			"aws_fsx_windows_file_system"},
		joins: []string{"aws_efs_backup_policy", "aws_efs_file_system_policy", "aws_efs_replication_configuration"},
		kinds: []evidence.Kind{evidence.FileSystem{}.Kind()},
		read: func(r *eval.Root, i *eval.Instance) []observation {
			if i.Type != "aws_efs_file_system" {
				return readFSx(r, i)
			}
			backups := satellites(r, i, "aws_efs_backup_policy", "file_system_id")
			policies := satellites(r, i, "aws_efs_file_system_policy", "file_system_id")
			replications := satellites(r, i, "aws_efs_replication_configuration", "source_file_system_id")
			files := evidence.FileSystem{
				Placement:       placement(i, fileCopies(i, replications)),
				Encryption:      fileLevel(r, i),
				AutomaticBackup: fileBackup(i, backups),
				TLSRequired:     fileTLS(i, policies),
			}
			joined := append(append(backups.All[:len(backups.All):len(backups.All)], policies.All...), replications.All...)
			return one(files, joined...)
		},
	}
}

// fileLevel is the encryption of an EFS file system, which has none unless it is asked for.
func fileLevel(r *eval.Root, i *eval.Instance) evidence.Value[string] {
	encrypted := i.Attr("encrypted").Bool(unset(i, false, awsrules.DocFileEncryption))
	if evidence.IsKnown(encrypted, true) {
		return keyLevel(r, i.Attr("kms_key_id"), evidence.Known(evidence.EncryptionProviderManaged)).At(i.Attr("encrypted").At())
	}
	return evidence.Map(encrypted, func(bool) string { return evidence.EncryptionNone })
}

// fileBackup says whether AWS Backup backs the file system up by itself. AWS turns that on with a file system in one
// zone, and not with others.
func fileBackup(i *eval.Instance, policies eval.Links) evidence.Value[bool] {
	for _, p := range policies.All {
		return evidence.Map(p.Block.Block("backup_policy").Attr("status").Text(evidence.Value[string]{}), func(s string) bool { return s == "ENABLED" })
	}
	return defaulted(i, policies.Orphans, i.Attr("availability_zone_name").IsSet(), awsrules.DocFileBackup)
}

// fileTLS says whether the policy of a file system denies everybody to mount it without TLS.
func fileTLS(i *eval.Instance, policies eval.Links) evidence.Value[bool] {
	var all []evidence.Value[bool]
	for _, p := range policies.All {
		all = append(all, policyDocument(p.Attr("policy")).DeniesPlain("elasticfilesystem:ClientMount"))
	}
	if len(all) == 0 {
		return defaulted(i, policies.Orphans, false, awsrules.DocFileTransport)
	}
	return evidence.AnyTrue(all...)
}

func fileCopies(i *eval.Instance, replications eval.Links) evidence.Value[[]string] {
	var c copies
	c.hidden(replications.Orphans...)
	for _, replication := range replications.All {
		c.addText(replication.Block.Block("destination").Attr("region"))
	}
	return c.value(i.Provider.Region)
}

// readFSx reads a file system of FSx, which is always encrypted: by the account's aws/fsx key, scratch file systems of
// Lustre by a key that AWS owns.
func readFSx(r *eval.Root, i *eval.Instance) []observation {
	vendor := unset(i, evidence.EncryptionProviderManaged, awsrules.DocFSxEncryption)
	days := 0
	switch i.Type {
	case "aws_fsx_lustre_file_system":
		deployment := i.Attr("deployment_type").Text(unset(i, "SCRATCH_1", awsrules.DocFSxLustre))
		vendor = evidence.Map(deployment, func(t string) string {
			if strings.HasPrefix(t, "SCRATCH") {
				return evidence.EncryptionProviderOwned
			}
			return evidence.EncryptionProviderManaged
		})
	case "aws_fsx_windows_file_system":
		days = 7
	}
	backup := evidence.Map(i.Attr("automatic_backup_retention_days").Int(unset(i, days, awsrules.DocFSxBackup)), func(days int) bool { return days > 0 })
	return one(evidence.FileSystem{
		Placement:       placement(i, noCopies()),
		Encryption:      keyLevel(r, i.Attr("kms_key_id"), vendor),
		AutomaticBackup: backup,
		TLSRequired:     evidence.Unresolved[bool](evidence.Because("not_decided_by_code")).At(i.At(evidence.RoleDefaults)),
	})
}
