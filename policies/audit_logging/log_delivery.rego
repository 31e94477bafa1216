# METADATA
# title: The records of audit trails and flow logs arrive where they are kept
# custom:
#   id: TOM-AUD-006
#   measure: audit-logging
#   kind: log_delivery
#   live: true
#   severity: high
#   remedy: Find out what refuses the records (the policy of the bucket, of the key or of the role) and grant it to the log service.
#   source: https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_GetTrailStatus.html
package tom.audit_logging.log_delivery

import data.tom.lib.value

applies if value.wants(input.want.sources, "api")

pass if value.is_true(input.settings.delivering)

fail contains {"code": "not_delivered", "setting": "delivering"} if value.is_false(input.settings.delivering)
