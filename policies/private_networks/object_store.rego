# METADATA
# title: Object stores are not public
# description: |
#   Object stores hold data like databases do and belong to their tier: what keeps data out of the public's reach has to keep
#   files out of it as well. A bucket that is meant for the public is waived, or put behind a promised entry point.
# custom:
#   id: TOM-NET-004
#   measure: private-networks
#   kind: object_store
#   severity: critical
#   remedy: Block public access to the bucket with all four settings of aws_s3_bucket_public_access_block, and serve what is public through the promised entry points.
#   source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
package tom.private_networks.object_store

import data.tom.lib.value

applies if value.wants(input.want.private_tiers, "database")

pass if value.is_false(input.settings.public)

fail contains {"code": "publicly_reachable", "setting": "public"} if value.is_true(input.settings.public)
