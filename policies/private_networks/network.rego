# METADATA
# title: Networks record their traffic in flow logs
# custom:
#   id: TOM-NET-007
#   measure: private-networks
#   kind: network
#   severity: medium
#   remedy: Add an aws_flow_log with traffic_type = ALL for the VPC.
#   source: https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs.html
package tom.private_networks.network

import data.tom.lib.value

applies if value.wanted(input.want.flow_logs)

pass if value.is_true(input.settings.flow_logs)

fail contains {"code": "switched_off", "setting": "flow_logs"} if value.is_false(input.settings.flow_logs)
