package terraform

import (
	"strings"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/awsrules"
	"github.com/tomscan/tomscan/scanners/terraform/eval"
)

// ecr reads container registries: repositories, with the scanning and the replication of the whole registry.
func ecr() reader {
	return reader{
		types: []string{"aws_ecr_repository"},
		joins: []string{"aws_ecr_registry_scanning_configuration", "aws_ecr_replication_configuration"},
		kinds: []evidence.Kind{evidence.ContainerRegistry{}.Kind()},
		read: func(r *eval.Root, i *eval.Instance) []observation {
			name := i.Attr("name").Text(evidence.Value[string]{})
			tags := i.Attr("image_tag_mutability").Text(unset(i, "MUTABLE", awsrules.DocImageTags))
			repository := evidence.ContainerRegistry{
				Placement:     placement(i, imageCopies(r, i, name)),
				Encryption:    repositoryLevel(r, i),
				ScanOnPush:    scanOnPush(r, i, name),
				TagsImmutable: evidence.Map(tags, func(word string) bool { return word == "IMMUTABLE" }),
			}
			return []observation{{resource: repository}}
		},
	}
}

// repositoryLevel is the encryption of a repository: by a key that ECR owns, unless it asks for one of KMS.
func repositoryLevel(r *eval.Root, i *eval.Instance) evidence.Value[string] {
	configuration := i.Block.Block("encryption_configuration")
	level := enum(configuration.Attr("encryption_type"), map[string]string{"aes256": evidence.EncryptionProviderOwned,
		"kms": evidence.EncryptionProviderManaged, "kms_dsse": evidence.EncryptionProviderManaged},
		unset(i, evidence.EncryptionProviderOwned, awsrules.DocImageAtRest))
	if !evidence.IsKnown(level, evidence.EncryptionProviderManaged) {
		return level
	}
	return keyLevel(r, configuration.Attr("kms_key"), level)
}

// scanOnPush says whether images are scanned when they are pushed: by the repository's own switch, or by a rule of the
// registry, which AWS lets decide once it is there.
func scanOnPush(r *eval.Root, i *eval.Instance, name evidence.Value[string]) evidence.Value[bool] {
	own := i.Block.Block("image_scanning_configuration").Attr("scan_on_push").Bool(unset(i, false, awsrules.DocImageScan))
	all := []evidence.Value[bool]{own}
	for _, registry := range r.OfType("aws_ecr_registry_scanning_configuration") {
		if !sameProvider(registry, i) {
			continue
		}
		rules := registry.Blocks("rule")
		for _, why := range rules.More {
			all = append(all, evidence.Unresolved[bool](why).At(registry.At(evidence.RoleDecides)))
		}
		for _, rule := range rules.All {
			frequency := rule.Attr("scan_frequency").Text(evidence.Value[string]{})
			pushed := evidence.Map(frequency, func(f string) bool { return f == "SCAN_ON_PUSH" || f == "CONTINUOUS_SCAN" })
			all = append(all, evidence.AllTrue(pushed, filtered(rule, name)))
		}
	}
	return evidence.AnyTrue(all...)
}

// sameProvider says whether two instances of one root use the same provider configuration.
func sameProvider(a, b *eval.Instance) bool {
	return a.Provider.Name == b.Provider.Name && a.Provider.Alias == b.Provider.Alias
}

// filtered says whether a rule of the registry applies to a repository: by a wildcard or a prefix of its name, to all
// without a filter.
func filtered(rule *eval.Block, name evidence.Value[string]) evidence.Value[bool] {
	filters := rule.Blocks("repository_filter")
	if len(filters.All) == 0 && len(filters.More) == 0 {
		return evidence.Known(true)
	}
	var all []evidence.Value[bool]
	for _, filter := range filters.All {
		pattern := filter.Attr("filter").Text(evidence.Value[string]{})
		got, known := pattern.Get()
		switch {
		case known && got == "*":
			return evidence.Known(true)
		case !known:
			all = append(all, evidence.NotKnown[bool](pattern))
		case evidence.IsKnown(filter.Attr("filter_type").Text(evidence.Known("")), "PREFIX_MATCH"):
			all = append(all, evidence.Map(name, func(n string) bool { return strings.HasPrefix(n, got) }))
		default:
			all = append(all, evidence.Map(name, func(n string) bool { return awsrules.Glob("*"+got+"*", n) }))
		}
	}
	for _, why := range filters.More {
		all = append(all, evidence.Unresolved[bool](why))
	}
	return evidence.AnyTrue(all...)
}

// imageCopies are the regions that the registry replicates the repository to.
func imageCopies(r *eval.Root, i *eval.Instance, name evidence.Value[string]) evidence.Value[[]string] {
	var c copies
	for _, replication := range r.OfType("aws_ecr_replication_configuration") {
		if !sameProvider(replication, i) {
			continue
		}
		rules := replication.Block.Block("replication_configuration").Blocks("rule")
		c.hidden(rules.More...)
		for _, rule := range rules.All {
			applies := filtered(rule, name)
			if evidence.IsKnown(applies, false) {
				continue
			}
			if _, known := applies.Get(); !known {
				c.hidden(evidence.NotKnown[bool](applies).Why())
				continue
			}
			destinations := rule.Blocks("destination")
			c.hidden(destinations.More...)
			for _, destination := range destinations.All {
				c.addText(destination.Attr("region"))
			}
		}
	}
	return c.value(i.Provider.Region)
}
