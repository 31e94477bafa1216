resource "aws_elasticache_replication_group" "passing" {
  replication_group_id       = "passing"
  description                = "sessions"
  engine                     = "redis"
  node_type                  = "cache.t4g.micro"
  num_cache_clusters         = 2
  transit_encryption_enabled = true
}

resource "aws_elasticache_replication_group" "failing" {
  replication_group_id       = "failing"
  description                = "sessions"
  engine                     = "redis"
  node_type                  = "cache.t4g.micro"
  num_cache_clusters         = 2
  transit_encryption_enabled = false
}

resource "aws_elasticache_replication_group" "unresolved" {
  replication_group_id       = "unresolved"
  description                = "sessions"
  engine                     = "redis"
  node_type                  = "cache.t4g.micro"
  num_cache_clusters         = 2
  transit_encryption_enabled = var.undecided
}

variable "undecided" {
  type = bool
}
