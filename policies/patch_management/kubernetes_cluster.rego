# METADATA
# title: Kubernetes clusters run a version that still gets patches
# custom:
#   id: TOM-PAT-007
#   measure: patch-management
#   kind: kubernetes_cluster
#   live: true
#   scope: [application]
#   severity: medium
#   remedy: Upgrade the cluster to a supported version.
#   source: https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html
package tom.patch_management.kubernetes_cluster

import data.tom.lib.value

pass if value.is_true(input.settings.version_supported)

fail contains {"code": "no_longer_supported", "setting": "version_supported"} if value.is_false(input.settings.version_supported)
