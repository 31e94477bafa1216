# METADATA
# title: Snapshots and images are not shared with everybody
# custom:
#   id: TOM-NET-008
#   measure: private-networks
#   kind: snapshot
#   severity: critical
#   remedy: Remove the group all from the snapshot's permissions, and block public sharing for the account and region.
#   source: https://docs.aws.amazon.com/ebs/latest/userguide/ebs-modifying-snapshot-permissions.html
package tom.private_networks.snapshot

import data.tom.lib.value

applies if value.wants(input.want.private_tiers, "database")

pass if value.is_false(input.settings.public)

fail contains {"code": "publicly_reachable", "setting": "public"} if value.is_true(input.settings.public)
