resource "aws_ecs_cluster" "this" {
  name = local.environment
}

module "service" {
  source   = "../../modules/service"
  for_each = toset(["api", "mailer", "web", "worker"])

  name               = each.key
  environment        = local.environment
  cluster_arn        = aws_ecs_cluster.this.arn
  image              = "${local.registry}/${each.key == "web" ? "web" : "worker"}"
  image_tag          = var.image_tag
  subnet_ids         = module.network.private_subnets
  security_group_ids = [each.key == "mailer" ? aws_security_group.mailer.id : aws_security_group.services.id]
}

resource "aws_security_group" "services" {
  name   = "services"
  vpc_id = module.network.vpc_id

  ingress {
    description     = "From the load balancer"
    protocol        = "tcp"
    from_port       = 8080
    to_port         = 8080
    security_groups = [aws_security_group.balancer.id]
  }

  egress {
    description = "The database"
    protocol    = "tcp"
    from_port   = 5432
    to_port     = 5432
    cidr_blocks = [module.network.cidr]
  }

  egress {
    description = "The provider's interface"
    protocol    = "tcp"
    from_port   = 443
    to_port     = 443
    cidr_blocks = ["0.0.0.0/0"]
  }
}

# Customers' mail servers are everywhere.
resource "aws_security_group" "mailer" {
  name   = "mailer"
  vpc_id = module.network.vpc_id

  egress {
    protocol    = "-1"
    from_port   = 0
    to_port     = 0
    cidr_blocks = ["0.0.0.0/0"]
  }
}

data "aws_iam_policy_document" "worker" {
  statement {
    actions   = ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"]
    resources = ["${module.attachments.arn}/*"]
  }

  statement {
    actions   = ["sqs:SendMessage", "sqs:ReceiveMessage", "sqs:DeleteMessage"]
    resources = [aws_sqs_queue.mail.arn]
  }
}

resource "aws_iam_role" "worker" {
  name = "worker"

  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "worker" {
  name   = "worker"
  role   = aws_iam_role.worker.id
  policy = data.aws_iam_policy_document.worker.json
}
