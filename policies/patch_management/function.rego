# METADATA
# title: Functions run in a runtime that the provider still patches
# custom:
#   id: TOM-PAT-006
#   measure: patch-management
#   kind: function
#   live: true
#   scope: [application]
#   severity: medium
#   remedy: Move the function to a supported runtime.
#   source: https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html
package tom.patch_management.function

import data.tom.lib.value

pass if value.is_true(input.settings.runtime_supported)

fail contains {"code": "no_longer_supported", "setting": "runtime_supported"} if value.is_false(input.settings.runtime_supported)
