# METADATA
# title: Load balancers log the requests that they pass on
# custom:
#   id: TOM-AUD-004
#   measure: audit-logging
#   kind: load_balancer
#   severity: medium
#   remedy: Add an access_logs block with enabled = true to the load balancer.
#   source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-access-logs.html
package tom.audit_logging.load_balancer

import data.tom.lib.value

applies if value.wants(input.want.sources, "access")

pass if value.is_true(input.settings.access_logging)

fail contains {"code": "switched_off", "setting": "access_logging"} if value.is_false(input.settings.access_logging)
