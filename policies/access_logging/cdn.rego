# METADATA
# title: Content delivery networks log who requests what
# custom:
#   id: TOM-ACL-002
#   measure: access-logging
#   kind: cdn
#   severity: medium
#   remedy: Add a logging_config block, or a log delivery of the distribution.
#   source: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/AccessLogs.html
package tom.access_logging.cdn

import data.tom.lib.value

applies if value.wants(input.want.events, "view")

applies if value.wants(input.want.events, "change")

pass if value.is_true(input.settings.access_logging)

fail contains {"code": "switched_off", "setting": "access_logging"} if value.is_false(input.settings.access_logging)
