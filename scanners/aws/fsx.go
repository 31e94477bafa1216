package aws

import (
	"context"
	"strings"

	sdk "github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/fsx"
	"github.com/aws/aws-sdk-go-v2/service/fsx/types"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/awsrules"
)

// fsxFileSystems reads the file systems of FSx.
func fsxFileSystems() reader {
	files := []evidence.Kind{evidence.FileSystem{}.Kind()}
	return reader{
		service: "fsx", kinds: files,
		operations: []operation{
			{name: "DescribeFileSystems", action: "fsx:DescribeFileSystems", lists: files,
				fills: []string{"file_system.automatic_backup", "file_system.encryption"}},
			{name: "kms.DescribeKey", action: "kms:DescribeKey", fills: []string{"file_system.encryption"}},
		},
		read: readFSx,
	}
}

// listedFSx is what is kept of a file system in the list.
type listedFSx struct {
	arn, id, key string
	scratch      bool // Lustre without a key in the account
	backupDays   int32
}

func readFSx(ctx context.Context, s *site) {
	in := &fsx.DescribeFileSystemsInput{MaxResults: sdk.Int32(100)}
	next := func(i *fsx.DescribeFileSystemsInput, o *fsx.DescribeFileSystemsOutput) (**string, *string) {
		return &i.NextToken, o.NextToken
	}
	found, m := pages(ctx, s, "", fsx.NewFromConfig(s.config()).DescribeFileSystems, in, next, func(o *fsx.DescribeFileSystemsOutput) []listedFSx {
		var all []listedFSx
		for _, f := range o.FileSystems {
			all = append(all, fsxOf(f))
		}
		return all
	})
	s.hide(m, evidence.FileSystem{}.Kind())
	each(ctx, s, found, s.readFSxFiles)
}

func fsxOf(f types.FileSystem) listedFSx {
	l := listedFSx{arn: sdk.ToString(f.ResourceARN), id: sdk.ToString(f.FileSystemId), key: sdk.ToString(f.KmsKeyId)}
	days := func(d *int32) { l.backupDays = max(l.backupDays, sdk.ToInt32(d)) }
	if c := f.LustreConfiguration; c != nil {
		l.scratch = strings.HasPrefix(string(c.DeploymentType), "SCRATCH")
		days(c.AutomaticBackupRetentionDays)
	}
	if c := f.OntapConfiguration; c != nil {
		days(c.AutomaticBackupRetentionDays)
	}
	if c := f.OpenZFSConfiguration; c != nil {
		days(c.AutomaticBackupRetentionDays)
	}
	if c := f.WindowsConfiguration; c != nil {
		days(c.AutomaticBackupRetentionDays)
	}
	return l
}

// readFSxFiles reads a file system, which is always encrypted: by the account's aws/fsx key unless another was asked for,
// scratch file systems of Lustre by a key that AWS owns.
func (s *site) readFSxFiles(ctx context.Context, f listedFSx) {
	vendor := evidence.Default(evidence.EncryptionProviderManaged, awsrules.DocFSxEncryption)
	if f.scratch {
		vendor = evidence.Default(evidence.EncryptionProviderOwned, awsrules.DocFSxLustre)
	}
	s.add(thing{arn: f.arn, typ: "fsx:file-system", name: f.id}, evidence.FileSystem{
		Placement:       evidence.Placement{Region: evidence.Known(s.region), Copies: regionsBut(s.region, nil)},
		Encryption:      s.levelOf(ctx, s.region, &f.key, vendor),
		AutomaticBackup: evidence.Known(f.backupDays > 0),
		TLSRequired:     evidence.Unresolved[bool](evidence.Because("not_told_by_provider")),
	})
}
