package aws

import (
	"context"
	"maps"
	"slices"
	"time"

	sdk "github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/opensearch"
	"github.com/aws/aws-sdk-go-v2/service/opensearch/types"

	"github.com/tomscan/tomscan/evidence"
)

const (
	docDomain          = "https://docs.aws.amazon.com/opensearch-service/latest/APIReference/API_CreateDomain.html"
	docDomainSnapshots = "https://docs.aws.amazon.com/opensearch-service/latest/developerguide/managedomains-snapshots.html"
)

// openSearchDomains reads search domains, which hold documents as databases do.
func openSearchDomains() reader {
	database := evidence.Database{}.Kind()
	return reader{
		service: "opensearch", kinds: []evidence.Kind{database},
		operations: databaseOperations(
			operation{name: "DescribeDomains", action: "es:DescribeDomains", lists: []evidence.Kind{database},
				fills: append([]string{"database.tls_required"}, databaseSettings()...)},
			operation{name: "DescribeInboundConnections", action: "es:DescribeInboundConnections", fills: []string{"database.copies"}},
			operation{name: "ListDomainNames", action: "es:ListDomainNames", lists: []evidence.Kind{database}},
		),
		read: readDomains,
	}
}

// domainsPerCall is how many domains are described at once, at the most.
// https://docs.aws.amazon.com/opensearch-service/latest/APIReference/API_DescribeDomains.html
const domainsPerCall = 5

// opensearch makes a client.
func (s *site) opensearch() *opensearch.Client { return opensearch.NewFromConfig(s.config()) }

func readDomains(ctx context.Context, s *site) {
	listed, m := get(ctx, s, "", s.opensearch().ListDomainNames, &opensearch.ListDomainNamesInput{})
	if m != nil {
		s.hide(m, evidence.Database{}.Kind())
		return
	}
	names := project(listed.DomainNames, func(d types.DomainInfo) string { return sdk.ToString(d.DomainName) })
	slices.Sort(names)
	each(ctx, s, slices.Collect(slices.Chunk(names, domainsPerCall)), s.readDomainsNamed)
}

func (s *site) readDomainsNamed(ctx context.Context, names []string) {
	out, m := get(ctx, s, names[0], s.opensearch().DescribeDomains, &opensearch.DescribeDomainsInput{DomainNames: names})
	if m != nil {
		s.hide(m, evidence.Database{}.Kind())
		return
	}
	if len(out.DomainStatusList) < len(names) {
		s.hide(emptyAnswer(s, "opensearch.DescribeDomains"), evidence.Database{}.Kind())
	}
	for _, d := range out.DomainStatusList {
		s.readDomain(ctx, d)
	}
}

func (s *site) readDomain(ctx context.Context, d types.DomainStatus) {
	name := sdk.ToString(d.DomainName)
	encryption, endpoint, cluster, software := s.domainLevel(ctx, d), d.DomainEndpointOptions, d.ClusterConfig, d.SoftwareUpdateOptions
	db := evidence.Database{
		Placement:           s.domainPlacement(ctx, name),
		Engine:              evidence.Known("opensearch"),
		Encryption:          encryption,
		BackupEncryption:    encryption, // automated snapshots have the encryption of the domain
		PubliclyAccessible:  evidence.Known(!inNetwork(d)),
		SubnetsPrivate:      evidence.Known(false),
		BackupRetentionDays: s.domainBackups(d),
		DeletionProtection:  evidence.Default(false, docDomain), // there is none
		LogExports:          evidence.Known(logsOf(d)),
		CredentialManaged:   evidence.Default(false, docDomain), // nor is a password kept in the secret store
	}
	if inNetwork(d) {
		db.SubnetsPrivate = s.privateSubnets(ctx, d.VPCOptions.SubnetIds)
	}
	if endpoint != nil {
		db.TLSRequired = said(endpoint.EnforceHTTPS)
	}
	if cluster != nil {
		db.MultiAZ = evidence.Known(sdk.ToBool(cluster.ZoneAwarenessEnabled) || sdk.ToBool(cluster.MultiAZWithStandbyEnabled))
	}
	if software != nil {
		db.AutomaticMinorUpgrades = said(software.AutoSoftwareUpdateEnabled)
	}
	s.add(thing{arn: sdk.ToString(d.ARN), typ: "es:domain", name: name}, db)
}

// inNetwork says whether the domain's endpoint is in a network of the customer. Otherwise it is on the internet.
// https://docs.aws.amazon.com/opensearch-service/latest/developerguide/vpc.html
func inNetwork(d types.DomainStatus) bool {
	return d.VPCOptions != nil && sdk.ToString(d.VPCOptions.VPCId) != ""
}

// domainLevel is the encryption of a domain with its automated snapshots.
// https://docs.aws.amazon.com/opensearch-service/latest/developerguide/encryption-at-rest.html
func (s *site) domainLevel(ctx context.Context, d types.DomainStatus) evidence.Value[string] {
	if d.EncryptionAtRestOptions == nil {
		return evidence.Value[string]{}
	}
	return s.storageLevel(ctx, storage{encrypted: d.EncryptionAtRestOptions.Enabled, key: d.EncryptionAtRestOptions.KmsKeyId})
}

// domainBackups is how long automated snapshots are kept: 14 days for every version. They can be paused for a while.
func (s *site) domainBackups(d types.DomainStatus) evidence.Value[int] {
	pause := d.AutomatedSnapshotPauseOptions
	if pause != nil && pause.State == types.PauseStateActive {
		why := []string{}
		if pause.EndTime != nil {
			why = []string{"date", pause.EndTime.UTC().Format(time.DateOnly)}
		}
		return evidence.Unresolved[int](evidence.Because("backups_paused", why...))
	}
	return evidence.Default(14, docDomainSnapshots)
}

// logsOf are the logs that the domain publishes, sorted.
func logsOf(d types.DomainStatus) []string {
	logs := []string{}
	for _, sort := range slices.Sorted(maps.Keys(d.LogPublishingOptions)) {
		if sdk.ToBool(d.LogPublishingOptions[sort].Enabled) {
			logs = append(logs, sort)
		}
	}
	return logs
}
