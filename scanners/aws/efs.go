package aws

import (
	"context"
	"strings"

	sdk "github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/efs"
	"github.com/aws/aws-sdk-go-v2/service/efs/types"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/awsrules"
)

// efsFileSystems reads the file systems of EFS with their policies and replications.
func efsFileSystems() reader {
	files := []evidence.Kind{evidence.FileSystem{}.Kind()}
	return reader{
		service: "efs", kinds: files,
		operations: []operation{
			{name: "DescribeBackupPolicy", action: "elasticfilesystem:DescribeBackupPolicy", fills: []string{"file_system.automatic_backup"}},
			{name: "DescribeFileSystemPolicy", action: "elasticfilesystem:DescribeFileSystemPolicy", fills: []string{"file_system.tls_required"}},
			{name: "DescribeFileSystems", action: "elasticfilesystem:DescribeFileSystems", lists: files, fills: []string{"file_system.encryption"}},
			{name: "DescribeReplicationConfigurations", action: "elasticfilesystem:DescribeReplicationConfigurations",
				fills: []string{"file_system.copies"}},
			{name: "kms.DescribeKey", action: "kms:DescribeKey", fills: []string{"file_system.encryption"}},
		},
		read: readFiles,
	}
}

// fileReader reads the file systems of one place.
type fileReader struct {
	*site
	client   *efs.Client
	replicas map[string][]string // regions that file systems are copied to, by id
	lost     *miss               // why there may be others
}

// listedFiles is what is kept of a file system in the list.
type listedFiles struct {
	arn, id, key string
	encrypted    bool
}

func readFiles(ctx context.Context, s *site) {
	r := fileReader{site: s, client: efs.NewFromConfig(s.config())}
	in := &efs.DescribeFileSystemsInput{MaxItems: sdk.Int32(100)}
	next := func(i *efs.DescribeFileSystemsInput, o *efs.DescribeFileSystemsOutput) (**string, *string) {
		return &i.Marker, o.NextMarker
	}
	found, m := pages(ctx, s, "", r.client.DescribeFileSystems, in, next, func(o *efs.DescribeFileSystemsOutput) []listedFiles {
		var all []listedFiles
		for _, f := range o.FileSystems {
			all = append(all, listedFiles{sdk.ToString(f.FileSystemArn), sdk.ToString(f.FileSystemId), sdk.ToString(f.KmsKeyId), sdk.ToBool(f.Encrypted)})
		}
		return all
	})
	s.hide(m, evidence.FileSystem{}.Kind())
	if len(found) > 0 && s.needs("DescribeReplicationConfigurations") {
		r.readReplicas(ctx)
	}
	each(ctx, s, found, r.read)
}

// readReplicas reads the replications of all file systems of the region at once.
func (r *fileReader) readReplicas(ctx context.Context) {
	r.replicas = map[string][]string{}
	in := &efs.DescribeReplicationConfigurationsInput{MaxResults: sdk.Int32(100)}
	next := func(i *efs.DescribeReplicationConfigurationsInput, o *efs.DescribeReplicationConfigurationsOutput) (**string, *string) {
		return &i.NextToken, o.NextToken
	}
	found, m := pages(ctx, r.site, "", r.client.DescribeReplicationConfigurations, in, next,
		func(o *efs.DescribeReplicationConfigurationsOutput) []types.ReplicationConfigurationDescription {
			return o.Replications
		})
	if m != nil && !m.nothingThere() {
		r.lost = m
	}
	for _, f := range found {
		for _, d := range f.Destinations {
			id := sdk.ToString(f.SourceFileSystemId)
			r.replicas[id] = append(r.replicas[id], sdk.ToString(d.Region))
		}
	}
}

func (r *fileReader) read(ctx context.Context, f listedFiles) {
	gone := false
	files := evidence.FileSystem{
		Placement:       evidence.Placement{Region: evidence.Known(r.region), Copies: r.copies(f)},
		Encryption:      r.encryption(ctx, f),
		AutomaticBackup: asked(r.site, "DescribeBackupPolicy", func() evidence.Value[bool] { return r.backup(ctx, f, &gone) }),
		TLSRequired:     asked(r.site, "DescribeFileSystemPolicy", func() evidence.Value[bool] { return r.tls(ctx, f, &gone) }),
	}
	if !gone {
		r.add(thing{arn: f.arn, typ: "elasticfilesystem:file-system", name: f.id}, files)
	}
}

func (r *fileReader) copies(f listedFiles) evidence.Value[[]string] {
	switch {
	case r.replicas == nil:
		return notAsked[[]string]()
	case r.lost != nil && len(r.replicas[f.id]) == 0:
		return refused[[]string](r.lost)
	case r.lost != nil:
		return regionsBut(r.region, r.replicas[f.id]).Incomplete(r.lost.reason())
	}
	return regionsBut(r.region, r.replicas[f.id])
}

// encryption is the level of a file system, which has none unless it was asked for.
func (r *fileReader) encryption(ctx context.Context, f listedFiles) evidence.Value[string] {
	if !f.encrypted {
		return evidence.Default(evidence.EncryptionNone, awsrules.DocFileEncryption)
	}
	return r.levelOf(ctx, r.region, &f.key, evidence.Known(evidence.EncryptionProviderManaged))
}

// backup says whether AWS Backup backs the file system up by itself.
func (r *fileReader) backup(ctx context.Context, f listedFiles, gone *bool) evidence.Value[bool] {
	out, m := get(ctx, r.site, f.id, r.client.DescribeBackupPolicy, &efs.DescribeBackupPolicyInput{FileSystemId: &f.id})
	*gone = *gone || m.vanished()
	return told(out, m, evidence.Default(false, awsrules.DocFileBackup), func(o *efs.DescribeBackupPolicyOutput) evidence.Value[bool] {
		if o.BackupPolicy == nil {
			return refused[bool](emptyAnswer(r.site, "efs.DescribeBackupPolicy"))
		}
		return evidence.Known(o.BackupPolicy.Status == types.StatusEnabled || o.BackupPolicy.Status == types.StatusEnabling)
	})
}

// tls says whether the policy of the file system denies everybody to mount it without TLS. The text is dropped.
func (r *fileReader) tls(ctx context.Context, f listedFiles, gone *bool) evidence.Value[bool] {
	out, m := get(ctx, r.site, f.id, r.client.DescribeFileSystemPolicy, &efs.DescribeFileSystemPolicyInput{FileSystemId: &f.id})
	*gone = *gone || m.vanished()
	return told(out, m, evidence.Default(false, awsrules.DocFileTransport), func(o *efs.DescribeFileSystemPolicyOutput) evidence.Value[bool] {
		document, err := awsrules.ParseDocument(sdk.ToString(o.Policy))
		if err != nil || strings.TrimSpace(sdk.ToString(o.Policy)) == "" { // without a policy there is an error
			return evidence.Unresolved[bool](evidence.Because("policy_not_readable"))
		}
		return document.DeniesPlain("elasticfilesystem:ClientMount")
	})
}
