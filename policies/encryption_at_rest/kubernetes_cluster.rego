# METADATA
# title: The secrets of Kubernetes clusters are encrypted at rest at the promised level
# description: |
#   What a cluster knows lies in a database that the provider runs.
# custom:
#   id: TOM-ENC-013
#   measure: encryption-at-rest
#   kind: kubernetes_cluster
#   live: true
#   scope: [database]
#   severity: high
#   remedy: Encrypt the cluster's secrets with a key of the promised level.
#   source: https://docs.aws.amazon.com/eks/latest/userguide/envelope-encryption.html
package tom.encryption_at_rest.kubernetes_cluster

import data.tom.lib.cipher
import data.tom.lib.value

pass if {
	value.encryption_at_least(input.settings.encryption, input.want.key_source)
	cipher.met(input.want.cipher, set())
}

fail contains {"code": "below_promise", "setting": "encryption", "want": "key_source"} if {
	value.encryption_below(input.settings.encryption, input.want.key_source)
}

fail contains {"code": "differs_from_promise", "setting": "encryption", "want": "cipher"} if {
	value.known(input.settings.encryption)
	cipher.unmet(input.want.cipher, set())
}
