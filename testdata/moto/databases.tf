resource "aws_db_subnet_group" "private" {
  name       = "moto-private"
  subnet_ids = [aws_subnet.private_a.id, aws_subnet.private_b.id]
}

resource "aws_db_subnet_group" "public" {
  name       = "moto-public"
  subnet_ids = [aws_subnet.public_a.id, aws_subnet.public_b.id]
}

resource "aws_db_parameter_group" "secure" {
  name   = "moto-secure"
  family = "postgres15"
  parameter {
    name  = "rds.force_ssl"
    value = "1"
  }
}

resource "aws_db_parameter_group" "open" {
  name   = "moto-open"
  family = "postgres15"
  parameter {
    name  = "rds.force_ssl"
    value = "0"
  }
}

resource "aws_rds_cluster_parameter_group" "secure" {
  name   = "moto-secure"
  family = "aurora-mysql8.0"
  parameter {
    name  = "require_secure_transport"
    value = "ON"
  }
}

resource "aws_db_instance" "good" {
  identifier                 = "moto-good"
  engine                     = "postgres"
  engine_version             = "15.4"
  instance_class             = "db.t3.medium"
  allocated_storage          = 20
  username                   = "owner"
  storage_encrypted          = true
  kms_key_id                 = aws_kms_key.good.arn
  multi_az                   = true
  publicly_accessible        = false
  db_subnet_group_name       = aws_db_subnet_group.private.name
  parameter_group_name       = aws_db_parameter_group.secure.name
  backup_retention_period    = 35
  deletion_protection        = true
  auto_minor_version_upgrade = true
}

resource "aws_db_instance" "bad" {
  identifier                 = "moto-bad"
  engine                     = "postgres"
  engine_version             = "15.4"
  instance_class             = "db.t3.medium"
  allocated_storage          = 20
  username                   = "owner"
  publicly_accessible        = true
  db_subnet_group_name       = aws_db_subnet_group.public.name
  parameter_group_name       = aws_db_parameter_group.open.name
  backup_retention_period    = 1
  auto_minor_version_upgrade = false
}

resource "aws_db_instance" "mysql" {
  identifier              = "moto-mysql"
  engine                  = "mysql"
  engine_version          = "8.0.35"
  instance_class          = "db.t3.medium"
  allocated_storage       = 20
  username                = "owner"
  storage_encrypted       = true
  publicly_accessible     = false
  db_subnet_group_name    = aws_db_subnet_group.private.name
  backup_retention_period = 7
}

resource "aws_rds_cluster" "good" {
  cluster_identifier              = "moto-good"
  engine                          = "aurora-mysql"
  engine_version                  = "8.0.mysql_aurora.3.05.2"
  availability_zones              = ["eu-central-1a", "eu-central-1b", "eu-central-1c"]
  master_username                 = "owner"
  storage_encrypted               = true
  kms_key_id                      = aws_kms_key.good.arn
  db_subnet_group_name            = aws_db_subnet_group.private.name
  db_cluster_parameter_group_name = aws_rds_cluster_parameter_group.secure.name
  backup_retention_period         = 35
  deletion_protection             = true
}

resource "aws_rds_cluster_instance" "good" {
  count              = 2
  identifier         = "moto-good-${count.index}"
  availability_zone  = "eu-central-1${["a", "b"][count.index]}"
  cluster_identifier = aws_rds_cluster.good.id
  engine             = "aurora-mysql"
  instance_class     = "db.t3.medium"
}

resource "aws_rds_cluster" "bad" {
  cluster_identifier      = "moto-bad"
  engine                  = "aurora-postgresql"
  engine_version          = "15.4"
  master_username         = "owner"
  db_subnet_group_name    = aws_db_subnet_group.public.name
  backup_retention_period = 1
}

resource "aws_db_snapshot" "good" {
  db_instance_identifier = aws_db_instance.good.identifier
  db_snapshot_identifier = "moto-good"
}

resource "aws_db_snapshot" "bad" {
  db_instance_identifier = aws_db_instance.bad.identifier
  db_snapshot_identifier = "moto-bad"
}

resource "aws_redshift_subnet_group" "private" {
  name       = "moto-private"
  subnet_ids = [aws_subnet.private_a.id, aws_subnet.private_b.id]
}

resource "aws_redshift_cluster" "good" {
  cluster_identifier                  = "moto-good"
  node_type                           = "ra3.large"
  cluster_type                        = "single-node"
  master_username                     = "owner"
  encrypted                           = true
  kms_key_id                          = aws_kms_key.good.arn
  cluster_subnet_group_name           = aws_redshift_subnet_group.private.name
  publicly_accessible                 = false
  automated_snapshot_retention_period = 35
}

resource "aws_redshift_cluster" "bad" {
  cluster_identifier                  = "moto-bad"
  node_type                           = "ra3.large"
  cluster_type                        = "single-node"
  master_username                     = "owner"
  encrypted                           = false
  publicly_accessible                 = true
  automated_snapshot_retention_period = 1
}

resource "aws_dynamodb_table" "good" {
  name                        = "moto-good"
  billing_mode                = "PAY_PER_REQUEST"
  hash_key                    = "id"
  deletion_protection_enabled = true
  attribute {
    name = "id"
    type = "S"
  }
  server_side_encryption {
    enabled     = true
    kms_key_arn = aws_kms_key.good.arn
  }
  point_in_time_recovery {
    enabled = true
  }
  ttl {
    enabled        = true
    attribute_name = "expires"
  }
}

resource "aws_dynamodb_table" "bad" {
  name         = "moto-bad"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"
  attribute {
    name = "id"
    type = "S"
  }
}

resource "aws_elasticache_subnet_group" "private" {
  name       = "moto-private"
  subnet_ids = [aws_subnet.private_a.id, aws_subnet.private_b.id]
}

resource "aws_elasticache_replication_group" "good" {
  replication_group_id       = "moto-good"
  description                = "all that can be promised"
  engine                     = "redis"
  num_cache_clusters         = 2
  automatic_failover_enabled = true
  multi_az_enabled           = true
  at_rest_encryption_enabled = true
  kms_key_id                 = aws_kms_key.good.arn
  transit_encryption_enabled = true
  auto_minor_version_upgrade = true
  subnet_group_name          = aws_elasticache_subnet_group.private.name
}

resource "aws_elasticache_replication_group" "bad" {
  replication_group_id       = "moto-bad"
  description                = "nothing of it"
  engine                     = "redis"
  num_cache_clusters         = 1
  at_rest_encryption_enabled = false
  transit_encryption_enabled = false
  auto_minor_version_upgrade = false
}

resource "aws_elasticache_cluster" "alone" {
  cluster_id        = "moto-alone"
  engine            = "memcached"
  node_type         = "cache.t3.micro"
  num_cache_nodes   = 1
  subnet_group_name = aws_elasticache_subnet_group.private.name
}

resource "aws_memorydb_subnet_group" "private" {
  name       = "moto-private"
  subnet_ids = [aws_subnet.private_a.id, aws_subnet.private_b.id]
}

resource "aws_memorydb_cluster" "good" {
  name                   = "moto-good"
  acl_name               = "open-access"
  node_type              = "db.t4g.small"
  kms_key_arn            = aws_kms_key.good.arn
  subnet_group_name      = aws_memorydb_subnet_group.private.name
  num_replicas_per_shard = 1
}
