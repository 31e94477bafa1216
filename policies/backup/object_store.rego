# METADATA
# title: Object stores keep the versions that are overwritten or deleted
# description: |
#   A bucket that only holds logs has no files that a promise to back up files means.
# custom:
#   id: TOM-BAK-007
#   measure: backup
#   kind: object_store
#   scope: [files]
#   severity: medium
#   remedy: Add an aws_s3_bucket_versioning with status = Enabled.
#   source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/Versioning.html
package tom.backup.object_store

import data.tom.lib.value

not_applicable if value.is_true(input.settings.holds_logs)

pass if {
	value.is_false(input.settings.holds_logs)
	value.equals(input.settings.versioning, "enabled")
}

fail contains {"code": "switched_off", "setting": "versioning"} if {
	value.is_false(input.settings.holds_logs)
	value.one_of(input.settings.versioning, {"disabled", "suspended"})
}
