# METADATA
# title: Container images are scanned for missing patches when they are pushed
# custom:
#   id: TOM-PAT-003
#   measure: patch-management
#   kind: container_registry
#   scope: [application]
#   severity: medium
#   remedy: Set scan_on_push = true in image_scanning_configuration, or scan the whole registry.
#   source: https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-scanning.html
package tom.patch_management.container_registry

import data.tom.lib.value

applies if value.wanted(input.want.automated)

pass if value.is_true(input.settings.scan_on_push)

fail contains {"code": "switched_off", "setting": "scan_on_push"} if value.is_false(input.settings.scan_on_push)
