# METADATA
# title: Every audit trail validates the integrity of its log files
# custom:
#   id: TOM-AUD-002
#   measure: audit-logging
#   kind: audit_trail
#   severity: medium
#   remedy: Set enable_log_file_validation = true.
#   source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-validation-intro.html
package tom.audit_logging.audit_trail_integrity

import data.tom.lib.value

applies if value.wanted(input.want.integrity_validation)

pass if value.is_true(input.settings.integrity_validation)

fail contains {"code": "switched_off", "setting": "integrity_validation"} if value.is_false(input.settings.integrity_validation)
