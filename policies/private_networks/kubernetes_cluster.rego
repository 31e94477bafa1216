# METADATA
# title: The interfaces of Kubernetes clusters are closed to the world where the promise names none as an entry point
# custom:
#   id: TOM-NET-011
#   measure: private-networks
#   kind: kubernetes_cluster
#   live: true
#   severity: high
#   remedy: Give the cluster's interface a private endpoint alone, or list the addresses that may reach the public one.
#   source: https://docs.aws.amazon.com/eks/latest/userguide/cluster-endpoint.html
package tom.private_networks.kubernetes_cluster

import data.tom.lib.value

applies if {
	value.promised(input.want.public_entry_points)
	every word in {"eks", "kubernetes"} {
		value.lacks(input.want.public_entry_points, word)
	}
}

pass if value.differs(input.settings.public_endpoint, "world")

fail contains {"code": "publicly_reachable", "setting": "public_endpoint", "want": "public_entry_points"} if {
	value.equals(input.settings.public_endpoint, "world")
	value.promised(input.want.public_entry_points)
}
