package terraform

import (
	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/terraform/eval"
)

const docContainerService = "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/ecs_service#network_configuration"

// containerServices reads services of containers that have an interface of their own in the network.
func containerServices() reader {
	return reader{
		types: []string{"aws_ecs_service"},
		joins: []string{"aws_subnet"},
		kinds: []evidence.Kind{evidence.ContainerService{}.Kind()},
		read: func(r *eval.Root, i *eval.Instance) []observation {
			service := evidence.ContainerService{Region: i.Provider.Region}
			network := i.Block.Block("network_configuration")
			if network == nil {
				// Without an interface of their own the tasks have the address of the host.
				host := evidence.Unresolved[bool](evidence.Because("decided_by_host")).At(i.At(evidence.RoleDefaults))
				service.PublicAddress, service.SubnetsPrivate = host, host
				return one(service)
			}
			service.PublicAddress = network.Attr("assign_public_ip").Bool(unset(i, false, docContainerService))
			service.SubnetsPrivate = subnetsPrivate(r, network.Attr("subnets"))
			return one(service)
		},
	}
}
