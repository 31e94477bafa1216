# METADATA
# title: Every audit trail that is set up is logging
# custom:
#   id: TOM-AUD-003
#   measure: audit-logging
#   kind: audit_trail
#   severity: high
#   remedy: Switch the trail's logging on (in code, remove enable_logging = false).
#   source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-turning-off-logging.html
package tom.audit_logging.audit_trail_logging

import data.tom.lib.value

applies if value.wants(input.want.sources, "api")

pass if value.is_true(input.settings.logging)

fail contains {"code": "switched_off", "setting": "logging"} if value.is_false(input.settings.logging)
