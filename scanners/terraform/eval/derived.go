package eval

import (
	"strings"

	"github.com/zclconf/go-cty/cty"

	"github.com/tomscan/tomscan/evidence"
)

// derived returns an attribute that follows from what is written, and whether it does.
func (i *instance) derived(name string) (cty.Value, bool) {
	conf := i.node.conf
	switch {
	case conf.data && conf.typ == "aws_iam_policy_document":
		return i.policyDocument(name)
	case conf.data:
		return i.derivedData(name)
	case conf.typ == "terraform_data" && name == "output":
		return i.fromArgument("input")
	case conf.typ == "aws_s3_bucket":
		return i.derivedBucket(name)
	case name == "id":
		if argument := idArgument(conf.typ); argument != "" {
			return i.fromArgument(argument)
		}
	}
	return cty.NilVal, false
}

// fromArgument returns the value of a written argument as the value of another attribute.
func (i *instance) fromArgument(argument string) (cty.Value, bool) {
	if i.node.conf.block.body.get(argument) == nil {
		return cty.NilVal, false
	}
	v := i.written(argument)
	return v, !isNull(v)
}

// idArgument returns the argument that a type's id equals, "" where it does not.
// https://registry.terraform.io/providers/hashicorp/aws/latest/docs says so in "Attribute Reference" of each.
func idArgument(typ string) string {
	switch typ {
	case "aws_backup_vault", "aws_cloudwatch_log_group", "aws_db_option_group", "aws_db_parameter_group", "aws_db_subnet_group",
		"aws_docdb_subnet_group", "aws_dynamodb_table", "aws_ecr_repository", "aws_elasticache_parameter_group",
		"aws_elasticache_subnet_group", "aws_iam_role", "aws_iam_user", "aws_iam_group", "aws_kms_alias",
		"aws_neptune_subnet_group", "aws_rds_cluster_parameter_group", "aws_iam_instance_profile", "aws_key_pair":
		return "name"
	case "aws_rds_cluster", "aws_docdb_cluster", "aws_neptune_cluster", "aws_redshift_cluster":
		return "cluster_identifier"
	case "aws_elasticache_replication_group":
		return "replication_group_id"
	case "aws_elasticache_cluster":
		return "cluster_id"
	case "aws_lambda_function":
		return "function_name"
	case "aws_s3_bucket_ownership_controls", "aws_s3_bucket_policy", "aws_s3_bucket_public_access_block":
		return "bucket"
	}
	return ""
}

// derivedBucket returns what follows from a bucket's name.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-arn-format.html
func (i *instance) derivedBucket(name string) (cty.Value, bool) {
	bucket, ok := i.fromArgument("bucket")
	if !ok {
		return cty.NilVal, false
	}
	text, marks := bucket.Unmark()
	known := text.IsKnown() && text.Type() == cty.String
	switch name {
	case "id", "bucket":
		return bucket, true
	case "arn":
		partition, ok := i.partition()
		if known && ok {
			return cty.StringVal("arn:" + partition + ":s3:::" + text.AsString()).WithMarks(partly(marks)), true
		}
	case "bucket_domain_name":
		if known {
			return cty.StringVal(text.AsString() + ".s3.amazonaws.com").WithMarks(partly(marks)), true
		}
	case "region":
		return i.providerRegion()
	}
	return cty.NilVal, false
}

// derivedData returns what a data source tells as far as the configuration does.
func (i *instance) derivedData(name string) (cty.Value, bool) {
	typ := i.node.conf.typ
	switch {
	case typ == "aws_region" && (name == "name" || name == "id" || name == "region"):
		return i.providerRegion()
	case typ == "aws_partition" && (name == "partition" || name == "id"):
		if partition, ok := i.partition(); ok {
			return cty.StringVal(partition), true
		}
	case typ == "aws_partition" && name == "dns_suffix":
		if partition, ok := i.partition(); ok {
			return cty.StringVal(dnsSuffix(partition)), true
		}
	case typ == "aws_caller_identity" && (name == "account_id" || name == "id"):
		account := i.node.m.providerOf(i).Account
		if id, ok := account.Get(); ok {
			return cty.StringVal(id), true
		}
	case typ == "aws_s3_bucket" && name == "id":
		return i.fromArgument("bucket")
	case typ == "aws_s3_bucket" && name == "arn":
		return i.derivedBucket(name)
	}
	return cty.NilVal, false
}

// providerRegion returns the region of the instance's provider.
func (i *instance) providerRegion() (cty.Value, bool) {
	if i.node.conf.block.body.get("region") != nil {
		return i.fromArgument("region")
	}
	region := i.node.m.providerOf(i).Region
	if name, ok := region.Get(); ok {
		return cty.StringVal(name), true
	}
	return cty.UnknownVal(cty.String).Mark(mark(region.Why())), true
}

// partition returns the partition of the instance's region: most have it in the region's name.
// https://docs.aws.amazon.com/general/latest/gr/rande.html
func (i *instance) partition() (string, bool) {
	v, _ := i.providerRegion()
	v, _ = v.Unmark()
	if !v.IsKnown() || v.Type() != cty.String || v.IsNull() {
		return "", false
	}
	return partitionOf(v.AsString()), true
}

func partitionOf(region string) string {
	switch {
	case strings.HasPrefix(region, "cn-"):
		return "aws-cn"
	case strings.HasPrefix(region, "us-gov-"):
		return "aws-us-gov"
	case strings.HasPrefix(region, "eusc-"):
		return "aws-eusc"
	}
	return "aws"
}

func dnsSuffix(partition string) string {
	switch partition {
	case "aws-cn":
		return "amazonaws.com.cn"
	case "aws-eusc":
		return "amazonaws.eu"
	}
	return "amazonaws.com"
}

// mark returns the mark of a reason.
func mark(r evidence.Reason) whyMark { return because(r.Code, arguments(r)...) }
