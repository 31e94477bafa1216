# Building and delivering: image repositories, the runner's machine and the role that deploys.

resource "aws_ecr_repository" "images" {
  for_each = toset(["web", "worker"])

  name                 = "parasoll/${each.key}"
  image_tag_mutability = "IMMUTABLE"

  image_scanning_configuration {
    scan_on_push = true
  }
}

module "network" {
  source = "../../modules/network"

  name       = "tools"
  cidr       = "10.10.0.0/16"
  zones      = ["eu-north-1a"]
  log_bucket = module.logs.name
}

resource "aws_security_group" "runner" {
  name   = "runner"
  vpc_id = module.network.vpc_id

  egress {
    description = "Registries and the provider's interface"
    protocol    = "tcp"
    from_port   = 443
    to_port     = 443
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_instance" "runner" {
  ami                    = var.runner_image
  instance_type          = "m7g.large"
  subnet_id              = module.network.private_subnets[0]
  vpc_security_group_ids = [aws_security_group.runner.id]

  metadata_options {
    http_tokens = "required"
  }

  root_block_device {
    volume_size = 80
  }
}

variable "runner_image" {
  type    = string
  default = "ami-0a1b2c3d4e5f60718"
}

resource "aws_iam_role" "deploy" {
  name = "deploy"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRoleWithWebIdentity"
      Principal = { Federated = "arn:aws:iam::111122223333:oidc-provider/git.parasoll.example" }
      Condition = { StringEquals = { "git.parasoll.example:sub" = "repo:arende:ref:main" } }
    }]
  })
}

resource "aws_iam_role_policy" "deploy" {
  name = "deploy"
  role = aws_iam_role.deploy.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "*"
      Resource = "*"
    }]
  })
}
