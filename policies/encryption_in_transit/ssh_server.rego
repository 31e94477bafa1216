# METADATA
# title: SSH servers offer no weak algorithms
# custom:
#   id: TOM-TLS-011
#   measure: encryption-in-transit
#   kind: ssh_server
#   scope: [admin]
#   severity: medium
#   remedy: Remove the named algorithms from Ciphers, KexAlgorithms, MACs and HostKeyAlgorithms in sshd_config.
#   source: https://man.openbsd.org/sshd_config#Ciphers
package tom.encryption_in_transit.ssh_server

import data.tom.lib.value

pass if value.empty(input.settings.weak_algorithms)

fail contains {"code": "weak_algorithms", "setting": "weak_algorithms"} if {
	some _ in value.some_of(input.settings.weak_algorithms)
}
