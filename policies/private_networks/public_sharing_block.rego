# METADATA
# title: Snapshots and images cannot be shared with everybody
# custom:
#   id: TOM-NET-012
#   measure: private-networks
#   kind: public_sharing_block
#   live: true
#   severity: low
#   remedy: Switch on the block of public sharing for snapshots and images in the account and region.
#   source: https://docs.aws.amazon.com/ebs/latest/userguide/block-public-access-snapshots.html
package tom.private_networks.public_sharing_block

import data.tom.lib.value

applies if value.wanted(input.want.public_sharing_blocked)

pass if value.is_true(input.settings.blocked)

fail contains {"code": "switched_off", "setting": "blocked"} if value.is_false(input.settings.blocked)
