package aws

import (
	"context"
	"net/netip"
	"slices"
	"strconv"
	"strings"

	sdk "github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/eks"
	"github.com/aws/aws-sdk-go-v2/service/eks/types"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/awsrules"
)

// docClusterEncryption says that all data of the API of Kubernetes 1.28 and later is encrypted with a key that AWS owns,
// unless another is named. docClusterEndpoint says who reaches the API where nothing narrows it.
const (
	docClusterEncryption = "https://docs.aws.amazon.com/eks/latest/userguide/envelope-encryption.html"
	docClusterEndpoint   = "https://docs.aws.amazon.com/eks/latest/userguide/cluster-endpoint.html"
	docClusterLogs       = "https://docs.aws.amazon.com/eks/latest/userguide/control-plane-logs.html"
)

// kubernetesClusters reads Kubernetes clusters.
func kubernetesClusters() reader {
	kind := []evidence.Kind{evidence.KubernetesCluster{}.Kind()}
	return reader{
		service: "eks", kinds: kind,
		operations: []operation{
			{name: "DescribeCluster", action: "eks:DescribeCluster", fills: []string{"kubernetes_cluster.encryption", "kubernetes_cluster.logs_audit",
				"kubernetes_cluster.public_endpoint", "kubernetes_cluster.version_supported"}},
			{name: "DescribeClusterVersions", action: "eks:DescribeClusterVersions", fills: []string{"kubernetes_cluster.version_supported"}},
			{name: "ListClusters", action: "eks:ListClusters", lists: kind},
			{name: "kms.DescribeKey", action: "kms:DescribeKey", fills: []string{"kubernetes_cluster.encryption"}},
		},
		read: readKubernetesClusters,
	}
}

func readKubernetesClusters(ctx context.Context, s *site) {
	client := eks.NewFromConfig(s.config())
	in := &eks.ListClustersInput{MaxResults: sdk.Int32(100)}
	next := func(i *eks.ListClustersInput, o *eks.ListClustersOutput) (**string, *string) {
		return &i.NextToken, o.NextToken
	}
	names, m := pages(ctx, s, "", client.ListClusters, in, next, func(o *eks.ListClustersOutput) []string { return o.Clusters })
	s.hide(m, evidence.KubernetesCluster{}.Kind())
	if len(names) == 0 {
		return
	}
	versions := s.clusterVersions(ctx, client)
	each(ctx, s, names, func(ctx context.Context, name string) {
		cluster := evidence.KubernetesCluster{Placement: s.placed(nil), Encryption: notAsked[string](), PublicEndpoint: notAsked[string](),
			LogsAudit: notAsked[bool](), VersionSupported: notAsked[bool]()}
		if s.needs("DescribeCluster") {
			out, m := get(ctx, s, name, client.DescribeCluster, &eks.DescribeClusterInput{Name: &name})
			if m == nil && out.Cluster == nil {
				m = emptyAnswer(s, "eks.DescribeCluster")
			}
			switch {
			case m.vanished():
				return
			case m != nil:
				cluster.Encryption, cluster.PublicEndpoint = refused[string](m), refused[string](m)
				cluster.LogsAudit, cluster.VersionSupported = refused[bool](m), refused[bool](m)
			default:
				cluster.Encryption, cluster.PublicEndpoint = s.clusterLevel(ctx, out.Cluster), clusterEndpoint(out.Cluster.ResourcesVpcConfig)
				cluster.LogsAudit, cluster.VersionSupported = logsAudit(out.Cluster.Logging), versionSupported(versions, sdk.ToString(out.Cluster.Version))
			}
		}
		s.add(thing{arn: s.arnHere("eks", "cluster/"+name), typ: "eks:cluster", name: name}, cluster)
	})
}

// clusterVersions are the versions that still get patches, in standard or extended support, and those that do not.
func (s *site) clusterVersions(ctx context.Context, client *eks.Client) evidence.Value[map[string]bool] {
	if !s.needs("DescribeClusterVersions") {
		return notAsked[map[string]bool]()
	}
	in := &eks.DescribeClusterVersionsInput{IncludeAll: sdk.Bool(true), MaxResults: sdk.Int32(100)}
	next := func(i *eks.DescribeClusterVersionsInput, o *eks.DescribeClusterVersionsOutput) (**string, *string) {
		return &i.NextToken, o.NextToken
	}
	all, m := pages(ctx, s, "", client.DescribeClusterVersions, in, next,
		func(o *eks.DescribeClusterVersionsOutput) []types.ClusterVersionInformation { return o.ClusterVersions })
	if m != nil {
		return refused[map[string]bool](m)
	}
	supported := map[string]bool{}
	for _, v := range all {
		supported[sdk.ToString(v.ClusterVersion)] = v.VersionStatus == types.VersionStatusStandardSupport || v.VersionStatus == types.VersionStatusExtendedSupport
	}
	return evidence.Known(supported)
}

func versionSupported(versions evidence.Value[map[string]bool], version string) evidence.Value[bool] {
	all, known := versions.Get()
	if !known {
		return evidence.NotKnown[bool](versions)
	}
	supported, listed := all[version]
	if !listed {
		return evidence.Unresolved[bool](evidence.Because("version_not_listed", "name", version))
	}
	return evidence.Known(supported)
}

// clusterLevel is the encryption of secrets: by the key that is named, else by the version's default. What a key can be
// named for is secrets alone, or all data.
func (s *site) clusterLevel(ctx context.Context, c *types.Cluster) evidence.Value[string] {
	for _, e := range c.EncryptionConfig {
		if e.Provider != nil && sdk.ToString(e.Provider.KeyArn) != "" {
			return s.keyOr(ctx, *e.Provider.KeyArn, evidence.Value[string]{})
		}
	}
	_, minor, _ := strings.Cut(sdk.ToString(c.Version), ".")
	n, err := strconv.Atoi(minor)
	switch {
	case err != nil:
		return evidence.Unresolved[string](evidence.Because("value_not_understood"))
	case n < 28:
		return evidence.Default(evidence.EncryptionNone, docClusterEncryption)
	}
	return evidence.Default(evidence.EncryptionProviderOwned, docClusterEncryption)
}

// clusterEndpoint says whom the address of the API on the internet lets in: the world is more addresses than anybody has,
// however they are written.
func clusterEndpoint(c *types.VpcConfigResponse) evidence.Value[string] {
	switch {
	case c == nil:
		return evidence.Value[string]{}
	case !c.EndpointPublicAccess:
		return evidence.Known("none")
	case len(c.PublicAccessCidrs) == 0:
		return evidence.Default("world", docClusterEndpoint)
	}
	rule := awsrules.PacketRule{Protocol: "tcp", From: 443, To: 443}
	for _, cidr := range c.PublicAccessCidrs {
		block, err := netip.ParsePrefix(cidr)
		if err != nil {
			return evidence.Unresolved[string](evidence.Because("value_not_understood"))
		}
		rule.Blocks = append(rule.Blocks, block)
	}
	if len(awsrules.OpenTo([]awsrules.PacketRule{rule})) > 0 {
		return evidence.Known("world")
	}
	return evidence.Known("restricted")
}

// logsAudit says whether the audit log is exported, which it is not unless that is switched on.
func logsAudit(l *types.Logging) evidence.Value[bool] {
	if l == nil {
		return evidence.Default(false, docClusterLogs)
	}
	for _, setup := range l.ClusterLogging {
		if sdk.ToBool(setup.Enabled) && slices.Contains(setup.Types, types.LogTypeAudit) {
			return evidence.Known(true)
		}
	}
	return evidence.Known(false)
}
