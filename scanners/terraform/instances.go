package terraform

import (
	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/awsrules"
	"github.com/tomscan/tomscan/scanners/terraform/eval"
)

const (
	docInstance       = "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/instance"
	docLaunchTemplate = "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/launch_template"
)

// instances reads virtual machines; what they leave unset comes from the template that they name.
func instances() reader {
	return reader{
		types: []string{"aws_instance", "aws_spot_instance_request"},
		joins: []string{"aws_default_subnet", "aws_eip", "aws_eip_association", "aws_launch_template", "aws_subnet"},
		kinds: []evidence.Kind{evidence.Instance{}.Kind()},
		read: func(r *eval.Root, i *eval.Instance) []observation {
			t := templateOf(r, i)
			address, addresses := publicAddress(r, i, t)
			o := observation{joined: append(addresses, t.instance), settle: settleMetadata, resource: evidence.Instance{
				Placement:       placement(i, noCopies()),
				PublicAddress:   address,
				SubnetPrivate:   instanceSubnetPrivate(r, i, t),
				MetadataSession: metadataSession(i, i.Block, t),
				Monitored:       monitored(i, t),
			}}
			return []observation{o}
		},
	}
}

// template is the launch template that an instance names. Why is set where it names one that the code does not tell.
type template struct {
	instance *eval.Instance
	*eval.Block
	why evidence.Reason
}

func templateOf(r *eval.Root, i *eval.Instance) template {
	reference := i.Block.Block("launch_template")
	if reference == nil {
		return template{}
	}
	for _, name := range []string{"id", "name"} {
		for _, t := range r.Targets(reference.Attr(name), "aws_launch_template").All {
			if !t.Data {
				return template{instance: t, Block: t.Block}
			}
		}
	}
	return template{why: evidence.Because("not_declared_here", "attribute", "launch_template")}
}

// known says whether what the instance leaves unset can be looked up: there is no template, or it is in the code.
func (t template) known() bool { return t.why.Code == "" }

// publicAddress says whether the instance gets a public address: an elastic one, or one at launch, which without a word
// of its own the subnet decides.
func publicAddress(r *eval.Root, i *eval.Instance, t template) (evidence.Value[bool], []*eval.Instance) {
	direct, associated := r.Linked(i, "aws_eip", "instance"), r.Linked(i, "aws_eip_association", "instance_id")
	elastic := eval.Links{
		All:     append(direct.All, associated.All...),
		Orphans: append(direct.Orphans, associated.Orphans...),
	}
	at := i.At(evidence.RoleDefaults)
	bySubnet := launchAddress(r, i.Attr("subnet_id"), i)
	if len(i.Blocks("network_interface").All)+len(i.Blocks("primary_network_interface").All) > 0 {
		bySubnet = evidence.Unresolved[bool](evidence.Because("decided_by_interface")).At(at)
	}
	byTemplate := t.Blocks("network_interfaces")
	switch {
	case !t.known():
		bySubnet = evidence.Unresolved[bool](t.why).At(at)
	case len(byTemplate.All) > 0:
		bySubnet = byTemplate.All[0].Attr("associate_public_ip_address").Bool(bySubnet)
	case len(byTemplate.More) > 0:
		bySubnet = evidence.Unresolved[bool](byTemplate.More[0]).At(at)
	}
	atLaunch := i.Attr("associate_public_ip_address").Bool(bySubnet)
	return evidence.AnyTrue(present(i, elastic, docInstance), atLaunch), elastic.All
}

// launchAddress is what the subnet gives an instance at launch. Without a subnet it is one of the default network.
func launchAddress(r *eval.Root, subnetID eval.Attr, i *eval.Instance) evidence.Value[bool] {
	if subnetID.IsUnset() {
		return unset(i, true, awsrules.DocDefaultSubnet)
	}
	links := r.Targets(subnetID, subnetTypes()...)
	var assigns []evidence.Value[bool]
	for _, subnet := range links.All {
		if subnet.Data {
			why := evidence.Because("looked_up", "address", subnet.Address)
			assigns = append(assigns, evidence.Unresolved[bool](why).At(subnetID.At()))
			continue
		}
		assigns = append(assigns, assignsPublicAddresses(subnet))
	}
	for _, why := range links.Orphans {
		assigns = append(assigns, evidence.Unresolved[bool](why).At(subnetID.At()))
	}
	return evidence.AnyTrue(assigns...)
}

// instanceSubnetPrivate is what the routes of the subnet tell. Subnets of the default network are public.
func instanceSubnetPrivate(r *eval.Root, i *eval.Instance, t template) evidence.Value[bool] {
	if own := i.Attr("subnet_id"); own.IsSet() {
		return subnetsPrivate(r, own)
	}
	if len(i.Blocks("network_interface").All)+len(i.Blocks("primary_network_interface").All) > 0 {
		return evidence.Unresolved[bool](evidence.Because("decided_by_interface")).At(i.At(evidence.RoleDefaults))
	}
	if !t.known() {
		return evidence.Unresolved[bool](t.why).At(i.At(evidence.RoleDefaults))
	}
	for _, b := range t.Blocks("network_interfaces").All {
		if b.Attr("subnet_id").IsSet() {
			return subnetsPrivate(r, b.Attr("subnet_id"))
		}
	}
	return unset(i, false, awsrules.DocDefaultVPC)
}

// metadataSession says whether the metadata service demands session tokens, or is switched off. What neither the
// instance nor its template says is left to the account's default and then to the machine image.
func metadataSession(i *eval.Instance, own *eval.Block, t template) evidence.Value[bool] {
	undecided := evidence.Unresolved[bool](evidence.Because("decided_by_image")).At(i.At(evidence.RoleDefaults))
	if !t.known() {
		undecided = evidence.Unresolved[bool](t.why).At(i.At(evidence.RoleDefaults))
	}
	byTemplate := sessionOf(t.Block, undecided)
	return sessionOf(own, byTemplate)
}

// sessionOf reads a block with metadata options.
func sessionOf(b *eval.Block, otherwise evidence.Value[bool]) evidence.Value[bool] {
	options := b.Block("metadata_options")
	endpoint := options.Attr("http_endpoint").Text(evidence.Known("enabled"))
	if evidence.IsKnown(endpoint, "disabled") {
		return evidence.Known(true).At(endpoint.Positions()...)
	}
	tokens := options.Attr("http_tokens")
	if tokens.IsUnset() {
		return otherwise
	}
	return evidence.Map(tokens.Text(evidence.Known("")), func(s string) bool { return s == "required" })
}

// settleMetadata applies the account's default where nothing else but the image decides. Its vendor's default is no
// preference, which leaves it to the image.
func settleMetadata(resource evidence.Resource, defaults accountDefaults) (evidence.Resource, []evidence.Reason) {
	instance, ok := resource.(evidence.Instance)
	if !ok || instance.MetadataSession.Why().Code != "decided_by_image" {
		return resource, nil
	}
	switch tokens, known := defaults.metadataTokens.Get(); {
	case !known:
		instance.MetadataSession = evidence.NotKnown[bool](defaults.metadataTokens)
	case tokens != "no-preference":
		instance.MetadataSession = evidence.Map(defaults.metadataTokens, func(s string) bool { return s == "required" })
	default:
		return resource, nil
	}
	return instance, defaults.notes(typeMetadataDefaults)
}

// monitored says whether detailed monitoring is on.
func monitored(i *eval.Instance, t template) evidence.Value[bool] {
	byDefault := unset(i, false, docInstance)
	if !t.known() {
		byDefault = evidence.Unresolved[bool](t.why).At(i.At(evidence.RoleDefaults))
	}
	return i.Attr("monitoring").Bool(t.Block.Block("monitoring").Attr("enabled").Bool(byDefault))
}
