package fakeaws_test

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/backup"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatch"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/kms"
	"github.com/aws/aws-sdk-go-v2/service/rds"
	"github.com/aws/aws-sdk-go-v2/service/s3"
)

func readVaults(ctx context.Context, c aws.Config) ([]string, error) {
	pages := backup.NewListBackupVaultsPaginator(backup.NewFromConfig(c), &backup.ListBackupVaultsInput{MaxResults: aws.Int32(2)})
	var names []string
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		if err != nil {
			return names, err
		}
		for _, each := range page.BackupVaultList {
			names = append(names, *each.BackupVaultName)
		}
	}
	return names, nil
}

func readVault(ctx context.Context, c aws.Config, name string) error {
	_, err := backup.NewFromConfig(c).DescribeBackupVault(ctx, &backup.DescribeBackupVaultInput{BackupVaultName: &name})
	return err
}

func readAlarms(ctx context.Context, c aws.Config) ([]string, error) {
	pages := cloudwatch.NewDescribeAlarmsPaginator(cloudwatch.NewFromConfig(c), &cloudwatch.DescribeAlarmsInput{MaxRecords: aws.Int32(2)})
	var names []string
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		if err != nil {
			return names, err
		}
		for _, each := range page.MetricAlarms {
			names = append(names, *each.AlarmName)
		}
	}
	return names, nil
}

func readAlarm(ctx context.Context, c aws.Config, name string) error {
	_, err := cloudwatch.NewFromConfig(c).DescribeAlarms(ctx, &cloudwatch.DescribeAlarmsInput{AlarmNames: []string{name}})
	return err
}

func readVolumes(ctx context.Context, c aws.Config) ([]string, error) {
	pages := ec2.NewDescribeVolumesPaginator(ec2.NewFromConfig(c), &ec2.DescribeVolumesInput{MaxResults: aws.Int32(2)})
	var names []string
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		if err != nil {
			return names, err
		}
		for _, each := range page.Volumes {
			names = append(names, *each.VolumeId)
		}
	}
	return names, nil
}

func readVolume(ctx context.Context, c aws.Config, name string) error {
	_, err := ec2.NewFromConfig(c).DescribeVolumes(ctx, &ec2.DescribeVolumesInput{VolumeIds: []string{name}})
	return err
}

func readKeys(ctx context.Context, c aws.Config) ([]string, error) {
	pages := kms.NewListKeysPaginator(kms.NewFromConfig(c), &kms.ListKeysInput{Limit: aws.Int32(2)})
	var names []string
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		if err != nil {
			return names, err
		}
		for _, each := range page.Keys {
			names = append(names, *each.KeyId)
		}
	}
	return names, nil
}

func readKey(ctx context.Context, c aws.Config, name string) error {
	_, err := kms.NewFromConfig(c).DescribeKey(ctx, &kms.DescribeKeyInput{KeyId: &name})
	return err
}

func readInstances(ctx context.Context, c aws.Config) ([]string, error) {
	pages := rds.NewDescribeDBInstancesPaginator(rds.NewFromConfig(c), &rds.DescribeDBInstancesInput{MaxRecords: aws.Int32(2)})
	var names []string
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		if err != nil {
			return names, err
		}
		for _, each := range page.DBInstances {
			names = append(names, *each.DBInstanceIdentifier)
		}
	}
	return names, nil
}

func readInstance(ctx context.Context, c aws.Config, name string) error {
	_, err := rds.NewFromConfig(c).DescribeDBInstances(ctx, &rds.DescribeDBInstancesInput{DBInstanceIdentifier: &name})
	return err
}

func readUsers(ctx context.Context, c aws.Config) ([]string, error) {
	pages := iam.NewListUsersPaginator(iam.NewFromConfig(c), &iam.ListUsersInput{MaxItems: aws.Int32(2)})
	var names []string
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		if err != nil {
			return names, err
		}
		for _, each := range page.Users {
			names = append(names, *each.UserName)
		}
	}
	return names, nil
}

func storage(c aws.Config) *s3.Client {
	return s3.NewFromConfig(c, func(o *s3.Options) { o.UsePathStyle = true })
}

func readBuckets(ctx context.Context, c aws.Config) ([]string, error) {
	pages := s3.NewListBucketsPaginator(storage(c), &s3.ListBucketsInput{MaxBuckets: aws.Int32(2)})
	var names []string
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		if err != nil {
			return names, err
		}
		for _, each := range page.Buckets {
			names = append(names, *each.Name)
		}
	}
	return names, nil
}

func readEncryption(ctx context.Context, c aws.Config, name string) error {
	_, err := storage(c).GetBucketEncryption(ctx, &s3.GetBucketEncryptionInput{Bucket: &name})
	return err
}
