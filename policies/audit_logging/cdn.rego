# METADATA
# title: Content delivery networks log the requests of viewers
# custom:
#   id: TOM-AUD-005
#   measure: audit-logging
#   kind: cdn
#   severity: medium
#   remedy: Add a logging_config block, or a log delivery of the distribution.
#   source: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/AccessLogs.html
package tom.audit_logging.cdn

import data.tom.lib.value

applies if value.wants(input.want.sources, "access")

pass if value.is_true(input.settings.access_logging)

fail contains {"code": "switched_off", "setting": "access_logging"} if value.is_false(input.settings.access_logging)
