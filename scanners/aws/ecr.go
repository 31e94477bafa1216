package aws

import (
	"context"
	"strings"

	sdk "github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ecr"
	"github.com/aws/aws-sdk-go-v2/service/ecr/types"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/awsrules"
)

// imageRegistries reads container registries: repositories, with the scanning and the replication of the whole registry.
func imageRegistries() reader {
	kind := []evidence.Kind{evidence.ContainerRegistry{}.Kind()}
	return reader{
		service: "ecr", kinds: kind,
		operations: []operation{
			{name: "DescribeRegistry", action: "ecr:DescribeRegistry", fills: []string{"container_registry.copies"}},
			{name: "DescribeRepositories", action: "ecr:DescribeRepositories", lists: kind,
				fills: []string{"container_registry.encryption", "container_registry.scan_on_push", "container_registry.tags_immutable"}},
			{name: "GetRegistryScanningConfiguration", action: "ecr:GetRegistryScanningConfiguration", fills: []string{"container_registry.scan_on_push"}},
			{name: "kms.DescribeKey", action: "kms:DescribeKey", fills: []string{"container_registry.encryption"}},
		},
		read: readRepositories,
	}
}

func readRepositories(ctx context.Context, s *site) {
	client := ecr.NewFromConfig(s.config())
	in := &ecr.DescribeRepositoriesInput{MaxResults: sdk.Int32(1000)}
	next := func(i *ecr.DescribeRepositoriesInput, o *ecr.DescribeRepositoriesOutput) (**string, *string) {
		return &i.NextToken, o.NextToken
	}
	repositories, m := pages(ctx, s, "", client.DescribeRepositories, in, next,
		func(o *ecr.DescribeRepositoriesOutput) []types.Repository { return o.Repositories })
	s.hide(m, evidence.ContainerRegistry{}.Kind())
	if len(repositories) == 0 {
		return
	}
	scanning, replication := s.registry(ctx, client)
	each(ctx, s, repositories, func(ctx context.Context, r types.Repository) {
		name := sdk.ToString(r.RepositoryName)
		pushed := evidence.Default(false, awsrules.DocImageScan)
		if r.ImageScanningConfiguration != nil {
			pushed = evidence.Known(r.ImageScanningConfiguration.ScanOnPush)
		}
		s.add(thing{arn: sdk.ToString(r.RepositoryArn), typ: "ecr:repository", name: name}, evidence.ContainerRegistry{
			Placement: evidence.Placement{Region: evidence.Known(s.region), Copies: evidence.Map(replication, func(rules []types.ReplicationRule) []string {
				regions, _ := s.placed(imageCopies(rules, name)).Copies.Get()
				return regions
			})},
			Encryption:    s.repositoryLevel(ctx, r.EncryptionConfiguration),
			ScanOnPush:    evidence.AnyTrue(pushed, evidence.Map(scanning, func(rules []types.RegistryScanningRule) bool { return scans(rules, name) })),
			TagsImmutable: evidence.Known(r.ImageTagMutability == types.ImageTagMutabilityImmutable),
		})
	})
}

// registry is what holds for all repositories: which are scanned, and to where they are copied.
func (s *site) registry(ctx context.Context, client *ecr.Client) (evidence.Value[[]types.RegistryScanningRule], evidence.Value[[]types.ReplicationRule]) {
	scanning, replication := notAsked[[]types.RegistryScanningRule](), notAsked[[]types.ReplicationRule]()
	if s.needs("GetRegistryScanningConfiguration") {
		out, m := get(ctx, s, "", client.GetRegistryScanningConfiguration, &ecr.GetRegistryScanningConfigurationInput{})
		scanning = told(out, m, evidence.Known([]types.RegistryScanningRule{}), func(o *ecr.GetRegistryScanningConfigurationOutput) evidence.Value[[]types.RegistryScanningRule] {
			if o.ScanningConfiguration == nil {
				return evidence.Known([]types.RegistryScanningRule{})
			}
			return evidence.Known(o.ScanningConfiguration.Rules)
		})
	}
	if s.needs("DescribeRegistry") {
		out, m := get(ctx, s, "", client.DescribeRegistry, &ecr.DescribeRegistryInput{})
		replication = told(out, m, evidence.Known([]types.ReplicationRule{}), func(o *ecr.DescribeRegistryOutput) evidence.Value[[]types.ReplicationRule] {
			if o.ReplicationConfiguration == nil {
				return evidence.Known([]types.ReplicationRule{})
			}
			return evidence.Known(o.ReplicationConfiguration.Rules)
		})
	}
	return scanning, replication
}

// repositoryLevel is the encryption of a repository: by a key that ECR owns, unless it asks for one of KMS.
func (s *site) repositoryLevel(ctx context.Context, c *types.EncryptionConfiguration) evidence.Value[string] {
	switch {
	case c == nil:
		return evidence.Default(evidence.EncryptionProviderOwned, awsrules.DocImageAtRest)
	case c.EncryptionType == types.EncryptionTypeKms || c.EncryptionType == types.EncryptionTypeKmsDsse:
		return s.keyOr(ctx, sdk.ToString(c.KmsKey), evidence.Default(evidence.EncryptionProviderManaged, awsrules.DocImageAtRest))
	}
	return worded(map[types.EncryptionType]string{types.EncryptionTypeAes256: evidence.EncryptionProviderOwned}, c.EncryptionType)
}

// scans says whether a rule of the registry scans what is pushed to a repository, once or always.
func scans(rules []types.RegistryScanningRule, name string) bool {
	for _, rule := range rules {
		if rule.ScanFrequency == types.ScanFrequencyManual {
			continue
		}
		if len(rule.RepositoryFilters) == 0 {
			return true
		}
		for _, f := range rule.RepositoryFilters {
			if matches(sdk.ToString(f.Filter), name) {
				return true
			}
		}
	}
	return false
}

// matches says whether a filter applies to a repository: with a star as a pattern, without one as a part of the name.
// https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-scanning-filters.html
func matches(filter, name string) bool {
	if strings.Contains(filter, "*") {
		return awsrules.Glob(filter, name)
	}
	return strings.Contains(name, filter)
}

// imageCopies are the regions to which the registry copies a repository: all, or those whose names begin as a filter says.
func imageCopies(rules []types.ReplicationRule, name string) []string {
	var regions []string
	for _, rule := range rules {
		applies := len(rule.RepositoryFilters) == 0
		for _, f := range rule.RepositoryFilters {
			applies = applies || strings.HasPrefix(name, sdk.ToString(f.Filter))
		}
		for _, d := range rule.Destinations {
			if applies {
				regions = append(regions, sdk.ToString(d.Region))
			}
		}
	}
	return regions
}
