# A smaller copy of production in an account of its own, with made-up data.

locals {
  environment = "staging"
  registry    = "111122223333.dkr.ecr.eu-north-1.amazonaws.com/parasoll"
}

module "network" {
  source = "../../modules/network"

  name       = local.environment
  cidr       = "10.30.0.0/16"
  zones      = ["eu-north-1a", "eu-north-1b"]
  log_bucket = module.logs.name
}

module "key" {
  source = "../../modules/key"

  name        = "data"
  description = "Data of staging"
  account     = "333344445555"
  services    = ["cloudwatch.amazonaws.com"]
}

module "logs" {
  source = "../../modules/bucket"

  name        = "parasoll-staging-logs"
  expire_days = 365
  deliverers  = ["delivery.logs.amazonaws.com", "logging.s3.amazonaws.com"]
}

resource "aws_guardduty_detector" "this" {
  enable = true
}

# tomscan:accept TOM-RES-001 until=2027-06-30 owner="Tuva Berg" ticket=DRIFT-212 reason="testmiljön får stå stilla ett dygn"
module "database" {
  source = "../../modules/database"

  name           = "arende-staging"
  vpc_id         = module.network.vpc_id
  subnet_ids     = module.network.private_subnets
  clients        = { services = aws_security_group.services.id }
  instance_class = "db.t4g.medium"
  kms_key_arn    = module.key.arn
  backup_days    = var.backup_days
  multi_az       = false
}

module "attachments" {
  source = "../../modules/bucket"

  name              = "parasoll-staging-attachments"
  expire_days       = 90
  access_log_bucket = module.logs.name
}

resource "aws_ecs_cluster" "this" {
  name = local.environment
}

module "service" {
  source   = "../../modules/service"
  for_each = toset(["web", "worker"])

  name               = each.key
  environment        = local.environment
  cluster_arn        = aws_ecs_cluster.this.arn
  image              = "${local.registry}/${each.key}"
  image_tag          = var.image_tag
  subnet_ids         = module.network.private_subnets
  security_group_ids = [aws_security_group.services.id]
  log_retention_days = 365
}

resource "aws_security_group" "services" {
  name   = "services"
  vpc_id = module.network.vpc_id

  egress {
    description = "The provider's interface"
    protocol    = "tcp"
    from_port   = 443
    to_port     = 443
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_ebs_volume" "search" {
  availability_zone = "eu-north-1a"
  size              = 40
  encrypted         = false
}
