resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_internet_gateway" "main" {
  vpc_id = aws_vpc.main.id
}

resource "aws_subnet" "private" {
  vpc_id            = aws_vpc.main.id
  cidr_block        = "10.0.1.0/24"
  availability_zone = "eu-north-1a"
}

resource "aws_route_table" "private" {
  vpc_id = aws_vpc.main.id
}

resource "aws_route_table_association" "private" {
  subnet_id      = aws_subnet.private.id
  route_table_id = aws_route_table.private.id
}

resource "aws_subnet" "public" {
  vpc_id            = aws_vpc.main.id
  cidr_block        = "10.0.2.0/24"
  availability_zone = "eu-north-1a"
}

resource "aws_route_table" "public" {
  vpc_id = aws_vpc.main.id

  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.main.id
  }
}

resource "aws_route_table_association" "public" {
  subnet_id      = aws_subnet.public.id
  route_table_id = aws_route_table.public.id
}

resource "aws_elasticache_subnet_group" "passing" {
  name       = "passing"
  subnet_ids = [aws_subnet.private.id]
}

resource "aws_elasticache_subnet_group" "failing" {
  name       = "failing"
  subnet_ids = [aws_subnet.public.id]
}

resource "aws_elasticache_subnet_group" "unresolved" {
  name       = "unresolved"
  subnet_ids = var.undecided
}

resource "aws_elasticache_replication_group" "passing" {
  replication_group_id = "passing"
  description          = "sessions"
  engine               = "redis"
  node_type            = "cache.t4g.micro"
  num_cache_clusters   = 2
  subnet_group_name    = aws_elasticache_subnet_group.passing.name
}

resource "aws_elasticache_replication_group" "failing" {
  replication_group_id = "failing"
  description          = "sessions"
  engine               = "redis"
  node_type            = "cache.t4g.micro"
  num_cache_clusters   = 2
  subnet_group_name    = aws_elasticache_subnet_group.failing.name
}

resource "aws_elasticache_replication_group" "unresolved" {
  replication_group_id = "unresolved"
  description          = "sessions"
  engine               = "redis"
  node_type            = "cache.t4g.micro"
  num_cache_clusters   = 2
  subnet_group_name    = aws_elasticache_subnet_group.unresolved.name
}

variable "undecided" {
  type = list(string)
}
