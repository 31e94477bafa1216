"""What keeps data: keys.tf, storage.tf and volumes.tf."""

import json

REGION = "eu-central-1"


def keys(e):
    kms = e.client("kms")
    for name, more in (("good", {}), ("slow", {}), ("bad", {}), ("signing", {"KeyUsage": "SIGN_VERIFY", "KeySpec": "RSA_2048"})):
        key = kms.create_key(Description=name, **more)["KeyMetadata"]
        e.add(f"aws_kms_key.{name}", id=key["KeyId"], key_id=key["KeyId"], arn=key["Arn"])
    kms.enable_key_rotation(KeyId=e.get("aws_kms_key.good"), RotationPeriodInDays=365)
    kms.enable_key_rotation(KeyId=e.get("aws_kms_key.slow"), RotationPeriodInDays=2000)
    kms.create_alias(AliasName="alias/moto-good", TargetKeyId=e.get("aws_kms_key.good"))


def deny_plain(service, resource):
    return {"Effect": "Deny", "Principal": "*", "Action": service + ":*", "Resource": resource,
            "Condition": {"Bool": {"aws:SecureTransport": "false"}}}


def document(*statements):
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def buckets(e):
    s3, us = e.client("s3"), e.client("s3", "us-east-1")
    for name in ("good", "bad", "plain", "acl", "logs", "trail"):
        s3.create_bucket(Bucket="moto-" + name, CreateBucketConfiguration={"LocationConstraint": REGION},
                         ObjectOwnership="BucketOwnerPreferred" if name == "acl" else "BucketOwnerEnforced")
        e.add(f"aws_s3_bucket.{name}", id="moto-" + name, bucket="moto-" + name, arn="arn:aws:s3:::moto-" + name)
    us.create_bucket(Bucket="moto-us")
    e.add("aws_s3_bucket.us", region="us-east-1", id="moto-us", bucket="moto-us", arn="arn:aws:s3:::moto-us")

    for name, algorithm in (("good", {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": e.get("aws_kms_key.good", "arn")}),
                            ("plain", {"SSEAlgorithm": "AES256"})):
        s3.put_bucket_encryption(Bucket="moto-" + name, ServerSideEncryptionConfiguration={
            "Rules": [{"ApplyServerSideEncryptionByDefault": algorithm}]})
    s3.put_bucket_versioning(Bucket="moto-good", VersioningConfiguration={"Status": "Enabled"})
    s3.put_bucket_versioning(Bucket="moto-plain", VersioningConfiguration={"Status": "Suspended"})
    for name, block in (("good", True), ("bad", False), ("acl", False)):
        s3.put_public_access_block(Bucket="moto-" + name, PublicAccessBlockConfiguration={
            "BlockPublicAcls": block, "IgnorePublicAcls": block, "BlockPublicPolicy": block, "RestrictPublicBuckets": block})
    for name, rule in (
        ("good", {"Filter": {"Prefix": ""}, "Expiration": {"Days": 90}, "NoncurrentVersionExpiration": {"NoncurrentDays": 30}}),
        ("bad", {"Filter": {"Prefix": ""}, "Expiration": {"Days": 3650}}),
        ("plain", {"Filter": {"Prefix": "tmp/"}, "Expiration": {"Days": 7}}),
        ("logs", {"Filter": {"Prefix": ""}, "Expiration": {"Days": 365}}),
    ):
        s3.put_bucket_lifecycle_configuration(Bucket="moto-" + name, LifecycleConfiguration={
            "Rules": [{"ID": "one", "Status": "Enabled", **rule}]})
    s3.put_bucket_acl(Bucket="moto-acl", ACL="public-read")
    bucket_policies(s3)


def bucket_policies(s3):
    both = ["arn:aws:s3:::moto-good", "arn:aws:s3:::moto-good/*"]
    old = {**deny_plain("s3", both), "Condition": {"NumericLessThan": {"s3:TlsVersion": "1.2"}}}
    s3.put_bucket_policy(Bucket="moto-good", Policy=document(deny_plain("s3", both), old))
    s3.put_bucket_policy(Bucket="moto-bad", Policy=document(
        {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::moto-bad/*"}))
    s3.put_bucket_policy(Bucket="moto-logs", Policy=document(
        {"Effect": "Allow", "Principal": {"Service": "logging.s3.amazonaws.com"}, "Action": "s3:PutObject",
         "Resource": "arn:aws:s3:::moto-logs/*"}))
    s3.put_bucket_logging(Bucket="moto-good", BucketLoggingStatus={
        "LoggingEnabled": {"TargetBucket": "moto-logs", "TargetPrefix": "good/"}})


def volumes(e):
    ec2, us = e.client("ec2"), e.client("ec2", "us-east-1")
    us.enable_ebs_encryption_by_default()
    key = e.get("aws_kms_key.good", "arn")
    for name, client, zone, more in (
        ("good", ec2, "eu-central-1a", {"Encrypted": True, "KmsKeyId": key}),
        ("managed", ec2, "eu-central-1a", {"Encrypted": True}),
        ("bad", ec2, "eu-central-1b", {}),
        ("us", us, "us-east-1a", {}),
    ):
        volume = client.create_volume(AvailabilityZone=zone, Size=8, **more)["VolumeId"]
        e.add(f"aws_ebs_volume.{name}", region=zone[:-1], id=volume, arn=e.arn("ec2", f"volume/{volume}", zone[:-1]))
    for name in ("good", "bad"):
        snapshot = ec2.create_snapshot(VolumeId=e.get(f"aws_ebs_volume.{name}"))["SnapshotId"]
        e.add(f"aws_ebs_snapshot.{name}", id=snapshot, arn=e.arn("ec2", f"snapshot/{snapshot}"))
    instances(e, ec2, key)


def instances(e, ec2, key):
    for name, subnet, public, disk, more in (
        ("good", "private_a", False, {"Encrypted": True, "KmsKeyId": key}, {
            "MetadataOptions": {"HttpTokens": "required"}, "Monitoring": {"Enabled": True}}),
        ("bad", "public_a", True, {"Encrypted": False}, {}),
    ):
        instance = ec2.run_instances(
            ImageId="ami-12c6146b", InstanceType="t3.micro", MinCount=1, MaxCount=1,
            BlockDeviceMappings=[{"DeviceName": "/dev/sda1", "Ebs": {"VolumeSize": 8, **disk}}],
            NetworkInterfaces=[{"DeviceIndex": 0, "SubnetId": e.get("aws_subnet." + subnet), "AssociatePublicIpAddress": public,
                                "Groups": [e.get(f"aws_security_group.{name}")]}], **more)["Instances"][0]["InstanceId"]
        found = ec2.describe_instances(InstanceIds=[instance])["Reservations"][0]["Instances"][0]
        disks = [{"volume_id": d["Ebs"]["VolumeId"]} for d in found["BlockDeviceMappings"]]
        e.add(f"aws_instance.{name}", id=instance, arn=e.arn("ec2", f"instance/{instance}"), root_block_device=disks)


def containers(e):
    ecs = e.client("ecs")
    ecs.create_cluster(clusterName="moto")
    ecs.register_task_definition(family="moto", networkMode="awsvpc", containerDefinitions=[
        {"name": "moto", "image": "moto.example/moto", "memory": 128}])
    for name, subnets, public in (("good", "private", "DISABLED"), ("bad", "public", "ENABLED")):
        network = {"subnets": [e.get(f"aws_subnet.{subnets}_{zone}") for zone in "ab"], "assignPublicIp": public,
                   "securityGroups": [e.get(f"aws_security_group.{name}")]}
        arn = ecs.create_service(cluster="moto", serviceName="moto-" + name, taskDefinition="moto", desiredCount=0,
                                 networkConfiguration={"awsvpcConfiguration": network})["service"]["serviceArn"]
        e.add(f"aws_ecs_service.{name}", id=arn, name="moto-" + name, arn=arn)


def files(e):
    efs, fsx = e.client("efs"), e.client("fsx")
    key = e.get("aws_kms_key.good", "arn")
    for name, more in (("good", {"Encrypted": True, "KmsKeyId": key, "Backup": True}), ("bad", {"Encrypted": False})):
        found = efs.create_file_system(CreationToken="moto-" + name, **more)
        e.add(f"aws_efs_file_system.{name}", id=found["FileSystemId"], arn=found["FileSystemArn"])
    good = e.get("aws_efs_file_system.good")
    deny = {"Effect": "Deny", "Principal": {"AWS": "*"}, "Action": "*", "Condition": {"Bool": {"aws:SecureTransport": "false"}}}
    efs.put_file_system_policy(FileSystemId=good, Policy=document(deny))
    subnet = [e.get("aws_subnet.private_a")]
    for address, more in (
        ("aws_fsx_windows_file_system.good", {
            "FileSystemType": "WINDOWS", "StorageCapacity": 300, "KmsKeyId": key,
            "WindowsConfiguration": {"ThroughputCapacity": 32, "AutomaticBackupRetentionDays": 30}}),
        ("aws_fsx_lustre_file_system.bad", {
            "FileSystemType": "LUSTRE", "StorageCapacity": 1200, "LustreConfiguration": {"DeploymentType": "SCRATCH_2"}}),
    ):
        found = fsx.create_file_system(SubnetIds=subnet, **more)["FileSystem"]
        e.add(address, id=found["FileSystemId"], arn=found["ResourceARN"])
