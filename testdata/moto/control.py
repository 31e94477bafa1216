"""What watches and decides: logging.tf and identity.tf."""

from data import document


def logs(e):
    log = e.client("logs")
    for name, days, more in (("good", 180, {"kmsKeyId": e.get("aws_kms_key.good", "arn")}), ("short", 7, {}), ("forever", 0, {})):
        log.create_log_group(logGroupName="/moto/" + name, **more)
        if days:
            log.put_retention_policy(logGroupName="/moto/" + name, retentionInDays=days)
        e.add(f"aws_cloudwatch_log_group.{name}", name="/moto/" + name, arn=e.arn("logs", f"log-group:/moto/{name}"))
    trails(e)
    detectors(e)
    alarms(e)


def trails(e):
    trail = e.client("cloudtrail")
    for name, more in (("good", {"IsMultiRegionTrail": True, "EnableLogFileValidation": True, "KmsKeyId": e.get("aws_kms_key.good", "arn")}),
                       ("bad", {})):
        made = trail.create_trail(Name="moto-" + name, S3BucketName="moto-trail", **more)
        e.add(f"aws_cloudtrail.{name}", id="moto-" + name, name="moto-" + name, arn=made["TrailARN"])
    trail.put_event_selectors(TrailName="moto-good", EventSelectors=[{
        "ReadWriteType": "All", "IncludeManagementEvents": True,
        "DataResources": [{"Type": "AWS::S3::Object", "Values": ["arn:aws:s3"]}]}])
    trail.start_logging(Name="moto-good")


def detectors(e):
    for name, region, on in (("good", "eu-central-1", True), ("us", "us-east-1", False)):
        detector = e.client("guardduty", region).create_detector(Enable=on)["DetectorId"]
        e.add(f"aws_guardduty_detector.{name}", region=region, id=detector, arn=e.arn("guardduty", f"detector/{detector}", region))


def alarms(e):
    watch = e.client("cloudwatch")
    for name, more in (("good", {"AlarmActions": [e.get("aws_sns_topic.good", "arn")]}), ("bad", {"ActionsEnabled": False})):
        watch.put_metric_alarm(AlarmName="moto-" + name, ComparisonOperator="GreaterThanThreshold", EvaluationPeriods=1, MetricName="RootUse",
                               Namespace="Moto", Period=300, Statistic="Sum", Threshold=1, **more)
        e.add(f"aws_cloudwatch_metric_alarm.{name}", id="moto-" + name, alarm_name="moto-" + name, arn=e.arn("cloudwatch", f"alarm:moto-{name}"))


def backups(e):
    backup = e.client("backup")
    for name, more in (("good", {"EncryptionKeyArn": e.get("aws_kms_key.good", "arn")}), ("plain", {})):
        vault = backup.create_backup_vault(BackupVaultName="moto-" + name, **more)
        e.add(f"aws_backup_vault.{name}", id="moto-" + name, name="moto-" + name, arn=vault["BackupVaultArn"])
    far = e.arn("backup", "backup-vault:moto-far", "eu-west-1")
    for name, rule in (
        ("good", {"RuleName": "daily", "TargetBackupVaultName": "moto-good", "ScheduleExpression": "cron(0 5 * * ? *)",
                  "Lifecycle": {"DeleteAfterDays": 90}, "CopyActions": [{"DestinationBackupVaultArn": far}]}),
        ("bad", {"RuleName": "weekly", "TargetBackupVaultName": "moto-plain", "ScheduleExpression": "cron(0 5 ? * SUN *)"}),
    ):
        plan = backup.create_backup_plan(BackupPlan={"BackupPlanName": "moto-" + name, "Rules": [rule]})
        e.add(f"aws_backup_plan.{name}", id=plan["BackupPlanId"], arn=plan["BackupPlanArn"])


def identities(e):
    iam = e.client("iam")
    iam.update_account_password_policy(
        MinimumPasswordLength=14, RequireLowercaseCharacters=True, RequireUppercaseCharacters=True, RequireNumbers=True,
        RequireSymbols=True, MaxPasswordAge=60, PasswordReusePrevention=24, AllowUsersToChangePassword=True)
    for name, statement in (
        ("good", {"Effect": "Allow", "Action": ["s3:GetObject"], "Resource": "arn:aws:s3:::moto-good/*"}),
        ("bad", {"Effect": "Allow", "Action": "*", "Resource": "*"}),
        ("service", {"Effect": "Allow", "Action": "kms:*", "Resource": "*"}),
        ("second_factor", {"Effect": "Deny", "NotAction": ["iam:CreateVirtualMFADevice", "iam:EnableMFADevice", "sts:GetSessionToken"],
                           "Resource": "*", "Condition": {"BoolIfExists": {"aws:MultiFactorAuthPresent": "false"}}}),
    ):
        full = "moto-" + name.replace("_", "-")
        arn = iam.create_policy(PolicyName=full, PolicyDocument=document(statement))["Policy"]["Arn"]
        e.add(f"aws_iam_policy.{name}", id=arn, name=full, arn=arn)
    iam.create_user(UserName="moto-person")
    iam.attach_user_policy(UserName="moto-person", PolicyArn=e.get("aws_iam_policy.bad"))
    iam.create_role(RoleName="moto-machine", AssumeRolePolicyDocument=document(
        {"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}))
    iam.attach_role_policy(RoleName="moto-machine", PolicyArn=e.get("aws_iam_policy.good"))
    pools(e)


def pools(e):
    cognito = e.client("cognito-idp")
    strict = {"MinimumLength": 14, "RequireLowercase": True, "RequireUppercase": True, "RequireNumbers": True, "RequireSymbols": True}
    for name, rule, more in (("good", strict, {"UserPoolAddOns": {"AdvancedSecurityMode": "ENFORCED"}}), ("bad", {"MinimumLength": 8}, {})):
        pool = cognito.create_user_pool(PoolName="moto-" + name, Policies={"PasswordPolicy": rule}, **more)["UserPool"]
        e.add(f"aws_cognito_user_pool.{name}", id=pool["Id"], arn=pool["Arn"])
    cognito.set_user_pool_mfa_config(UserPoolId=e.get("aws_cognito_user_pool.good"), MfaConfiguration="ON",
                                     SoftwareTokenMfaConfiguration={"Enabled": True})
