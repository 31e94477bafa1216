# METADATA
# title: Load balancers log who requests what
# custom:
#   id: TOM-ACL-001
#   measure: access-logging
#   kind: load_balancer
#   severity: medium
#   remedy: Add an access_logs block with enabled = true to the load balancer.
#   source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-access-logs.html
package tom.access_logging.load_balancer

import data.tom.lib.value

applies if value.wants(input.want.events, "view")

applies if value.wants(input.want.events, "change")

pass if value.is_true(input.settings.access_logging)

fail contains {"code": "switched_off", "setting": "access_logging"} if value.is_false(input.settings.access_logging)
