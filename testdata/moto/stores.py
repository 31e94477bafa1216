"""Databases, caches, messages and secrets: databases.tf and messages.tf."""

from data import deny_plain, document


def databases(e):
    rds, key = e.client("rds"), e.get("aws_kms_key.good", "arn")
    for name in ("private", "public"):
        subnets = [e.get(f"aws_subnet.{name}_{zone}") for zone in "ab"]
        rds.create_db_subnet_group(DBSubnetGroupName="moto-" + name, DBSubnetGroupDescription=name, SubnetIds=subnets)
    parameters(rds)
    base = {"DBInstanceClass": "db.t3.medium", "AllocatedStorage": 20, "MasterUsername": "owner", "MasterUserPassword": "not-a-secret-1"}
    postgres = {**base, "Engine": "postgres", "EngineVersion": "15.4"}
    for name, arguments in (
        ("good", {**postgres, "StorageEncrypted": True, "KmsKeyId": key, "MultiAZ": True, "PubliclyAccessible": False, "DBSubnetGroupName": "moto-private",
                  "DBParameterGroupName": "moto-secure", "BackupRetentionPeriod": 35, "DeletionProtection": True, "AutoMinorVersionUpgrade": True}),
        ("bad", {**postgres, "PubliclyAccessible": True, "DBSubnetGroupName": "moto-public", "DBParameterGroupName": "moto-open",
                 "BackupRetentionPeriod": 1, "AutoMinorVersionUpgrade": False}),
        ("mysql", {**base, "Engine": "mysql", "EngineVersion": "8.0.35", "StorageEncrypted": True, "PubliclyAccessible": False, "DBSubnetGroupName": "moto-private",
                   "BackupRetentionPeriod": 7}),
    ):
        made = rds.create_db_instance(DBInstanceIdentifier="moto-" + name, **arguments)["DBInstance"]
        e.add(f"aws_db_instance.{name}", id="moto-" + name, identifier="moto-" + name, arn=made["DBInstanceArn"])
    clusters(e, rds, key)
    for name in ("good", "bad"):
        made = rds.create_db_snapshot(DBInstanceIdentifier="moto-" + name, DBSnapshotIdentifier="moto-" + name)["DBSnapshot"]
        e.add(f"aws_db_snapshot.{name}", id="moto-" + name, db_snapshot_identifier="moto-" + name, arn=made["DBSnapshotArn"])
    warehouses(e, key)
    tables(e, key)


def parameters(rds):
    for name, value in (("secure", "1"), ("open", "0")):
        rds.create_db_parameter_group(DBParameterGroupName="moto-" + name, DBParameterGroupFamily="postgres15", Description=name)
        rds.modify_db_parameter_group(DBParameterGroupName="moto-" + name, Parameters=[
            {"ParameterName": "rds.force_ssl", "ParameterValue": value, "ApplyMethod": "immediate"}])
    rds.create_db_cluster_parameter_group(DBClusterParameterGroupName="moto-secure", DBParameterGroupFamily="aurora-mysql8.0", Description="secure")
    rds.modify_db_cluster_parameter_group(DBClusterParameterGroupName="moto-secure", Parameters=[
        {"ParameterName": "require_secure_transport", "ParameterValue": "ON", "ApplyMethod": "immediate"}])


def clusters(e, rds, key):
    for name, arguments in (
        ("good", {"Engine": "aurora-mysql", "EngineVersion": "8.0.mysql_aurora.3.05.2", "AvailabilityZones": ["eu-central-1a", "eu-central-1b", "eu-central-1c"],
                  "StorageEncrypted": True, "KmsKeyId": key, "DBSubnetGroupName": "moto-private", "DBClusterParameterGroupName": "moto-secure",
                  "BackupRetentionPeriod": 35, "DeletionProtection": True}),
        ("bad", {"Engine": "aurora-postgresql", "EngineVersion": "15.4", "DBSubnetGroupName": "moto-public", "BackupRetentionPeriod": 1}),
    ):
        made = rds.create_db_cluster(DBClusterIdentifier="moto-" + name, MasterUsername="owner", MasterUserPassword="not-a-secret-1", **arguments)["DBCluster"]
        e.add(f"aws_rds_cluster.{name}", id="moto-" + name, cluster_identifier="moto-" + name, arn=made["DBClusterArn"])
    for n, zone in enumerate("ab"):
        made = rds.create_db_instance(DBInstanceIdentifier=f"moto-good-{n}", DBClusterIdentifier="moto-good", Engine="aurora-mysql", DBInstanceClass="db.t3.medium",
                                      AvailabilityZone="eu-central-1" + zone)
        e.add(f"aws_rds_cluster_instance.good[{n}]", id=f"moto-good-{n}", identifier=f"moto-good-{n}", arn=made["DBInstance"]["DBInstanceArn"])


def warehouses(e, key):
    redshift = e.client("redshift")
    redshift.create_cluster_subnet_group(ClusterSubnetGroupName="moto-private", Description="private",
                                         SubnetIds=[e.get(f"aws_subnet.private_{zone}") for zone in "ab"])
    for name, more in (("good", {"Encrypted": True, "KmsKeyId": key, "PubliclyAccessible": False, "AutomatedSnapshotRetentionPeriod": 35,
                                 "ClusterSubnetGroupName": "moto-private"}),
                       ("bad", {"Encrypted": False, "PubliclyAccessible": True, "AutomatedSnapshotRetentionPeriod": 1})):
        redshift.create_cluster(ClusterIdentifier="moto-" + name, NodeType="ra3.large", ClusterType="single-node", MasterUsername="owner",
                                MasterUserPassword="Not-a-secret-1", **more)
        e.add(f"aws_redshift_cluster.{name}", id="moto-" + name, cluster_identifier="moto-" + name)


def tables(e, key):
    dynamo = e.client("dynamodb")
    for name, more in (("good", {"SSESpecification": {"Enabled": True, "SSEType": "KMS", "KMSMasterKeyId": key}, "DeletionProtectionEnabled": True}),
                       ("bad", {})):
        made = dynamo.create_table(TableName="moto-" + name, BillingMode="PAY_PER_REQUEST", KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
                                   AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}], **more)
        e.add(f"aws_dynamodb_table.{name}", id="moto-" + name, name="moto-" + name, arn=made["TableDescription"]["TableArn"])
    dynamo.update_continuous_backups(TableName="moto-good", PointInTimeRecoverySpecification={"PointInTimeRecoveryEnabled": True})
    dynamo.update_time_to_live(TableName="moto-good", TimeToLiveSpecification={"Enabled": True, "AttributeName": "expires"})


def caches(e):
    cache, memory = e.client("elasticache"), e.client("memorydb")
    key, subnets = e.get("aws_kms_key.good", "arn"), [e.get(f"aws_subnet.private_{zone}") for zone in "ab"]
    cache.create_cache_subnet_group(CacheSubnetGroupName="moto-private", CacheSubnetGroupDescription="private", SubnetIds=subnets)
    for name, more in (
        ("good", {"NumCacheClusters": 2, "AutomaticFailoverEnabled": True, "MultiAZEnabled": True, "AtRestEncryptionEnabled": True, "KmsKeyId": key,
                  "TransitEncryptionEnabled": True, "AutoMinorVersionUpgrade": True, "CacheSubnetGroupName": "moto-private"}),
        ("bad", {"NumCacheClusters": 1, "AtRestEncryptionEnabled": False, "TransitEncryptionEnabled": False, "AutoMinorVersionUpgrade": False}),
    ):
        made = cache.create_replication_group(ReplicationGroupId="moto-" + name, ReplicationGroupDescription=name, Engine="redis", **more)
        e.add(f"aws_elasticache_replication_group.{name}", id="moto-" + name, replication_group_id="moto-" + name, arn=made["ReplicationGroup"]["ARN"])
    made = cache.create_cache_cluster(CacheClusterId="moto-alone", Engine="memcached", CacheNodeType="cache.t3.micro", NumCacheNodes=1, CacheSubnetGroupName="moto-private")
    e.add("aws_elasticache_cluster.alone", id="moto-alone", cluster_id="moto-alone", arn=made["CacheCluster"]["ARN"])
    memory.create_subnet_group(SubnetGroupName="moto-private", SubnetIds=subnets)
    made = memory.create_cluster(ClusterName="moto-good", NodeType="db.t4g.small", ACLName="open-access", KmsKeyId=key, SubnetGroupName="moto-private", NumReplicasPerShard=1)
    e.add("aws_memorydb_cluster.good", id="moto-good", name="moto-good", arn=made["Cluster"]["ARN"])


def messages(e):
    sqs, sns = e.client("sqs"), e.client("sns")
    key = e.get("aws_kms_key.good", "arn")
    for name, attributes in (("good", {"KmsMasterKeyId": key, "Policy": document(deny_plain("sqs", "*"))}), ("plain", {}),
                             ("bad", {"SqsManagedSseEnabled": "false"})):
        url = sqs.create_queue(QueueName="moto-" + name, Attributes=attributes)["QueueUrl"]
        e.add(f"aws_sqs_queue.{name}", id=url, name="moto-" + name, arn=e.arn("sqs", f"moto-{name}"))
    for name, client, region, attributes in (("good", sns, "eu-central-1", {"KmsMasterKeyId": key}), ("bad", sns, "eu-central-1", {}),
                                             ("us", e.client("sns", "us-east-1"), "us-east-1", {})):
        arn = client.create_topic(Name="moto-" + name, Attributes=attributes)["TopicArn"]
        e.add(f"aws_sns_topic.{name}", region=region, id=arn, name="moto-" + name, arn=arn)
    sns.subscribe(TopicArn=e.get("aws_sns_topic.good"), Protocol="sqs", Endpoint=e.get("aws_sqs_queue.good", "arn"))
    kinesis = e.client("kinesis")
    kinesis.create_stream(StreamName="moto-good", ShardCount=1)
    kinesis.start_stream_encryption(StreamName="moto-good", EncryptionType="KMS", KeyId=key)


def secrets(e):
    secret, key = e.client("secretsmanager"), e.get("aws_kms_key.good", "arn")
    for name, more in (("good", {"KmsKeyId": key}), ("bad", {})):
        arn = secret.create_secret(Name="moto-" + name, SecretString="nothing", **more)["ARN"]
        e.add(f"aws_secretsmanager_secret.{name}", id=arn, name="moto-" + name, arn=arn)
    secret.rotate_secret(SecretId="moto-good", RotationRules={"AutomaticallyAfterDays": 30})
    e.client("ssm").put_parameter(Name="/moto/secret", Type="SecureString", Value="nothing", KeyId=key)
    e.add("aws_ssm_parameter.secret", id="/moto/secret", name="/moto/secret", arn=e.arn("ssm", "parameter/moto/secret"))
    ecr = e.client("ecr")
    for name, more in (("good", {"imageTagMutability": "IMMUTABLE", "imageScanningConfiguration": {"scanOnPush": True},
                                 "encryptionConfiguration": {"encryptionType": "KMS", "kmsKey": key}}), ("bad", {})):
        arn = ecr.create_repository(repositoryName="moto-" + name, **more)["repository"]["repositoryArn"]
        e.add(f"aws_ecr_repository.{name}", id="moto-" + name, name="moto-" + name, arn=arn)
