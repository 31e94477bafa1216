# The production account: network, key, database, attachments and detection.

locals {
  environment = "production"
  registry    = "111122223333.dkr.ecr.eu-north-1.amazonaws.com/parasoll"
}

module "network" {
  source = "../../modules/network"

  name       = local.environment
  cidr       = "10.20.0.0/16"
  zones      = ["eu-north-1a", "eu-north-1b", "eu-north-1c"]
  log_bucket = module.logs.name
}

module "key" {
  source = "../../modules/key"

  name        = "data"
  description = "Personal data of customers"
  account     = "222233334444"
  services    = ["cloudwatch.amazonaws.com"]
}

module "logs" {
  source = "../../modules/bucket"

  name        = "parasoll-production-logs"
  expire_days = 365

  deliverers = [
    "delivery.logs.amazonaws.com",
    "logdelivery.elasticloadbalancing.amazonaws.com",
    "logging.s3.amazonaws.com",
  ]
}

resource "aws_guardduty_detector" "this" {
  enable = true
}

module "database" {
  source = "../../modules/database"

  name           = "arende"
  vpc_id         = module.network.vpc_id
  subnet_ids     = module.network.private_subnets
  clients        = { services = aws_security_group.services.id }
  kms_key_arn    = module.key.arn
  backup_days    = var.backup_days
  minor_upgrades = false
}

module "attachments" {
  source = "../../modules/bucket"

  name              = "parasoll-attachments"
  expire_days       = 700
  kms_key_arn       = module.key.arn
  access_log_bucket = module.logs.name
}

resource "aws_elasticache_subnet_group" "sessions" {
  name       = "sessions"
  subnet_ids = module.network.private_subnets
}

resource "aws_elasticache_replication_group" "sessions" {
  replication_group_id       = "sessions"
  description                = "Sessions of the web interface"
  engine                     = "valkey"
  node_type                  = "cache.t4g.small"
  num_cache_clusters         = 2
  automatic_failover_enabled = true
  multi_az_enabled           = true
  subnet_group_name          = aws_elasticache_subnet_group.sessions.name
  at_rest_encryption_enabled = true
  transit_encryption_enabled = true
  transit_encryption_mode    = "required"
}

resource "aws_sqs_queue" "mail" {
  name                      = "mail"
  message_retention_seconds = 345600
  sqs_managed_sse_enabled   = true
}

# The search index is rebuilt from the database when it is lost.
data "aws_availability_zones" "available" {
  state = "available"
}

resource "aws_ebs_volume" "search" {
  count = length(data.aws_availability_zones.available.names)

  availability_zone = data.aws_availability_zones.available.names[count.index]
  size              = 200
  encrypted         = true
}
