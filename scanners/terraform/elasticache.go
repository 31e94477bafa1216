package terraform

import (
	"strings"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/awsrules"
	"github.com/tomscan/tomscan/scanners/terraform/eval"
)

const (
	docCacheGroup   = "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/elasticache_replication_group"
	docCacheCluster = "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/elasticache_cluster"
	docMemoryDB     = "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/memorydb_cluster"
)

// elasticache reads caches: replication groups, clusters that belong to none, serverless caches, and MemoryDB.
func elasticache() reader {
	return reader{
		types: []string{"aws_elasticache_cluster", "aws_elasticache_replication_group", "aws_elasticache_serverless_cache", "aws_memorydb_cluster"},
		joins: []string{"aws_elasticache_global_replication_group", "aws_elasticache_subnet_group", "aws_memorydb_subnet_group"},
		kinds: []evidence.Kind{evidence.Cache{}.Kind()},
		read: func(r *eval.Root, i *eval.Instance) []observation {
			switch i.Type {
			case "aws_elasticache_cluster":
				return readCacheCluster(r, i)
			case "aws_elasticache_serverless_cache":
				return readServerlessCache(r, i)
			case "aws_memorydb_cluster":
				return readMemoryDB(r, i)
			}
			return readCacheGroup(r, i)
		},
	}
}

func readCacheGroup(r *eval.Root, i *eval.Instance) []observation {
	private, subnets := subnetGroupPrivate(r, i, i.Attr("subnet_group_name"), "aws_elasticache_subnet_group")
	c := evidence.Cache{
		Placement:              placement(i, cacheCopies(r, i)),
		SubnetsPrivate:         private,
		BackupRetentionDays:    i.Attr("snapshot_retention_limit").Int(unset(i, 0, docCacheGroup)),
		MultiAZ:                i.Attr("multi_az_enabled").Bool(unset(i, false, docCacheGroup)),
		AutomaticMinorUpgrades: i.Attr("auto_minor_version_upgrade").Bool(unset(i, true, docCacheGroup)),
	}
	primary := primaryGroup(r, i)
	if primary == nil {
		missing := evidence.Unresolved[string](evidence.Because("source_not_declared_here")).At(i.Attr("global_replication_group_id").At())
		c.Engine = i.Attr("engine").Text(missing)
		c.Encryption, c.TLSRequired = missing, evidence.NotKnown[bool](missing)
	} else {
		c.Engine = primary.Attr("engine").Text(unset(primary, "redis", docCacheGroup))
		c.Encryption = cacheLevel(r, i, primary, c.Engine)
		c.TLSRequired = cacheTLS(primary)
	}
	return []observation{{resource: c, joined: []*eval.Instance{subnets, primary}}}
}

// primaryGroup is the group whose settings i has: its own, or those of the primary of its global group; nil when that is
// not declared here.
func primaryGroup(r *eval.Root, i *eval.Instance) *eval.Instance {
	global := i.Attr("global_replication_group_id")
	if global.IsUnset() {
		return i
	}
	for _, g := range targets(r, global, "aws_elasticache_global_replication_group").All {
		for _, primary := range targets(r, g.Attr("primary_replication_group_id"), i.Type).All {
			return primary
		}
	}
	return nil
}

// cacheLevel is the encryption of a replication group. Valkey is encrypted unless told otherwise, Redis is not; without
// a key of one's own the service uses one that it owns.
func cacheLevel(r *eval.Root, i, primary *eval.Instance, engine evidence.Value[string]) evidence.Value[string] {
	vendor := evidence.Map(engine, func(name string) bool { return name == "valkey" })
	if evidence.IsKnown(engine, "valkey") || evidence.IsKnown(engine, "redis") {
		vendor = unset(primary, evidence.IsKnown(engine, "valkey"), docCacheGroup)
	}
	encrypted := primary.Attr("at_rest_encryption_enabled").Bool(vendor)
	if evidence.IsKnown(encrypted, true) {
		return keyLevel(r, i.Attr("kms_key_id"), unset(i, evidence.EncryptionProviderOwned, awsrules.DocCacheAtRest)).At(encrypted.Positions()...)
	}
	return evidence.Map(encrypted, func(bool) string { return evidence.EncryptionNone })
}

// cacheTLS says whether connections without TLS are refused: encryption in transit is on, and not merely preferred.
func cacheTLS(i *eval.Instance) evidence.Value[bool] {
	on := i.Attr("transit_encryption_enabled").Bool(unset(i, false, awsrules.DocCacheInTransit))
	mode := i.Attr("transit_encryption_mode").Text(unset(i, "required", awsrules.DocCacheInTransit))
	return evidence.AllTrue(on, evidence.Map(mode, func(mode string) bool { return strings.EqualFold(mode, "required") }))
}

// cacheCopies are the regions of the other members of the same global group.
func cacheCopies(r *eval.Root, i *eval.Instance) evidence.Value[[]string] {
	var c copies
	globalType := "aws_elasticache_global_replication_group"
	global := i.Attr("global_replication_group_id")
	groups := append(targets(r, global, globalType).All, r.Linked(i, globalType, "primary_replication_group_id").All...)
	for _, g := range groups {
		members := append(r.Linked(g, i.Type, "global_replication_group_id").All, targets(r, g.Attr("primary_replication_group_id"), i.Type).All...)
		for _, member := range members {
			if member != i {
				c.add(member.Provider.Region, member.At(evidence.RoleDecides))
			}
		}
	}
	if len(groups) == 0 && global.IsSet() {
		c.hidden(evidence.Because("copy_region_not_known", "attribute", "global_replication_group_id"))
	}
	return c.value(i.Provider.Region)
}

// readCacheCluster reads a cluster that belongs to no replication group, which cannot be encrypted at rest. One that does
// is part of the group's data; where its group is not declared here, the group's settings are left open.
func readCacheCluster(r *eval.Root, i *eval.Instance) []observation {
	if group := i.Attr("replication_group_id"); group.IsSet() {
		if len(targets(r, group, "aws_elasticache_replication_group").All) > 0 {
			return nil
		}
		open := evidence.Unresolved[string](evidence.Because("source_not_declared_here")).At(group.At())
		return one(evidence.Cache{
			Placement: placement(i, noCopies()), Engine: open, Encryption: open, TLSRequired: evidence.NotKnown[bool](open),
			SubnetsPrivate: evidence.NotKnown[bool](open), BackupRetentionDays: evidence.NotKnown[int](open), MultiAZ: evidence.NotKnown[bool](open),
			AutomaticMinorUpgrades: evidence.NotKnown[bool](open),
		})
	}
	missing := evidence.Unresolved[string](evidence.Because("not_decided_by_code")).At(i.At(evidence.RoleDefaults))
	private, subnets := subnetGroupPrivate(r, i, i.Attr("subnet_group_name"), "aws_elasticache_subnet_group")
	return one(evidence.Cache{
		Placement:              placement(i, noCopies()),
		Engine:                 i.Attr("engine").Text(missing),
		Encryption:             unset(i, evidence.EncryptionNone, awsrules.DocCacheAtRest),
		TLSRequired:            i.Attr("transit_encryption_enabled").Bool(unset(i, false, docCacheCluster)),
		SubnetsPrivate:         private,
		BackupRetentionDays:    i.Attr("snapshot_retention_limit").Int(unset(i, 0, docCacheCluster)),
		MultiAZ:                evidence.Map(i.Attr("az_mode").Text(unset(i, "single-az", docCacheCluster)), func(mode string) bool { return mode == "cross-az" }),
		AutomaticMinorUpgrades: i.Attr("auto_minor_version_upgrade").Bool(unset(i, true, docCacheCluster)),
	}, subnets)
}

// readServerlessCache reads a serverless cache, which is encrypted at rest and in transit and spread over zones always.
func readServerlessCache(r *eval.Root, i *eval.Instance) []observation {
	private := unset(i, false, awsrules.DocDefaultVPC)
	if subnets := i.Attr("subnet_ids"); subnets.IsSet() {
		private = subnetsPrivate(r, subnets)
	}
	return one(evidence.Cache{
		Placement:              placement(i, noCopies()),
		Engine:                 i.Attr("engine").Text(evidence.Value[string]{}),
		Encryption:             keyLevel(r, i.Attr("kms_key_id"), unset(i, evidence.EncryptionProviderOwned, awsrules.DocCacheAtRest)),
		TLSRequired:            unset(i, true, awsrules.DocCacheInTransit),
		SubnetsPrivate:         private,
		BackupRetentionDays:    i.Attr("snapshot_retention_limit").Int(unset(i, 0, awsrules.DocCacheServerless)),
		MultiAZ:                unset(i, true, awsrules.DocCacheServerless),
		AutomaticMinorUpgrades: unset(i, true, awsrules.DocCacheServerless),
	})
}

// readMemoryDB reads a MemoryDB cluster, which is always encrypted at rest.
func readMemoryDB(r *eval.Root, i *eval.Instance) []observation {
	private, subnets := subnetGroupPrivate(r, i, i.Attr("subnet_group_name"), "aws_memorydb_subnet_group")
	replicas := i.Attr("num_replicas_per_shard").Int(unset(i, 1, docMemoryDB))
	return one(evidence.Cache{
		Placement:              placement(i, noCopies()),
		Engine:                 i.Attr("engine").Text(unset(i, "redis", docMemoryDB)),
		Encryption:             keyLevel(r, i.Attr("kms_key_arn"), unset(i, evidence.EncryptionProviderOwned, awsrules.DocMemoryAtRest)),
		TLSRequired:            i.Attr("tls_enabled").Bool(unset(i, true, docMemoryDB)),
		SubnetsPrivate:         private,
		BackupRetentionDays:    i.Attr("snapshot_retention_limit").Int(unset(i, 0, docMemoryDB)),
		MultiAZ:                evidence.Map(replicas, func(n int) bool { return n > 0 }),
		AutomaticMinorUpgrades: i.Attr("auto_minor_version_upgrade").Bool(unset(i, true, docMemoryDB)),
	}, subnets)
}
