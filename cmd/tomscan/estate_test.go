package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// generateEstate writes a Terraform estate of exactly resources resource blocks into dir, perRoot of them in each root
// module: buckets with their satellites, databases, volumes, security groups, listeners, trails and policies, some good
// and some bad, with variables, locals, references, a heredoc and a policy document among them.
func generateEstate(tb testing.TB, dir string, resources, perRoot int) {
	tb.Helper()
	for root := range (resources + perRoot - 1) / perRoot {
		writeRoot(tb, filepath.Join(dir, fmt.Sprintf("root%04d", root)), root, min(perRoot, resources-root*perRoot))
	}
}

func writeRoot(tb testing.TB, dir string, root, resources int) {
	tb.Helper()
	writeTestFile(tb, filepath.Join(dir, "main.tf"), fmt.Sprintf(rootHead, root))
	left := resources
	for n := 0; left > 0; n++ {
		var b strings.Builder
		for _, block := range blocksOf(n) {
			if left == 0 {
				break
			}
			b.WriteString(block)
			if strings.HasPrefix(block, "resource ") {
				left--
			}
		}
		writeTestFile(tb, filepath.Join(dir, fmt.Sprintf("part%03d.tf", n)), b.String())
	}
}

// blocksOf returns one set of blocks, each a resource or what a resource needs; every third set keeps its promises worse.
func blocksOf(n int) []string {
	bad := n%3 == 2
	text := strings.NewReplacer("@N", fmt.Sprint(n), "@GOOD", fmt.Sprint(!bad), "@CIDR", map[bool]string{false: "10.0.0.0/8", true: "0.0.0.0/0"}[bad],
		"@DAYS", map[bool]string{false: "35", true: "1"}[bad], "@TLS", map[bool]string{false: "ELBSecurityPolicy-TLS13-1-2-2021-06", true: "ELBSecurityPolicy-2016-08"}[bad]).Replace(rootPart)
	blocks := strings.SplitAfter(text, "\n}\n")
	return blocks[:len(blocks)-1]
}

func writeTestFile(tb testing.TB, name, content string) {
	tb.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		tb.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(content), 0o644); err != nil {
		tb.Fatal(err)
	}
}

const rootHead = `terraform {
  required_version = ">= 1.5"
}

provider "aws" {
  region = "eu-north-1"
}

variable "name" {
  type    = string
  default = "root%d"
}

variable "kms_key" {
  type = string
}

locals {
  tags = { Name = var.name, Managed = "terraform" }
}
`

const rootPart = `resource "aws_s3_bucket" "b@N" {
  bucket = "${var.name}-data-@N"
  tags   = local.tags
}
resource "aws_s3_bucket_versioning" "b@N" {
  bucket = aws_s3_bucket.b@N.id
  versioning_configuration {
    status = @GOOD ? "Enabled" : "Suspended"
  }
}
resource "aws_s3_bucket_server_side_encryption_configuration" "b@N" {
  bucket = aws_s3_bucket.b@N.bucket
  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = var.kms_key
    }
  }
}
resource "aws_s3_bucket_public_access_block" "b@N" {
  bucket                  = aws_s3_bucket.b@N.id
  block_public_acls       = @GOOD
  block_public_policy     = @GOOD
  ignore_public_acls      = @GOOD
  restrict_public_buckets = @GOOD
}
data "aws_iam_policy_document" "b@N" {
  statement {
    effect    = "Deny"
    actions   = ["s3:*"]
    resources = [aws_s3_bucket.b@N.arn, "${aws_s3_bucket.b@N.arn}/*"]
    principals {
      type        = "*"
      identifiers = ["*"]
    }
    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = ["false"]
    }
  }
}
resource "aws_s3_bucket_policy" "b@N" {
  bucket = aws_s3_bucket.b@N.id
  policy = data.aws_iam_policy_document.b@N.json
}
resource "aws_db_instance" "d@N" {
  identifier              = format("%s-db-%d", var.name, @N)
  engine                  = "postgres"
  instance_class          = "db.t3.medium"
  storage_encrypted       = @GOOD
  multi_az                = @GOOD
  backup_retention_period = @DAYS
  publicly_accessible     = !@GOOD
  vpc_security_group_ids  = [aws_security_group.s@N.id]
}
resource "aws_ebs_volume" "v@N" {
  availability_zone = "eu-north-1a"
  size              = 20
  encrypted         = @GOOD
  tags              = merge(local.tags, { Part = "@N" })
}
resource "aws_security_group" "s@N" {
  name = "${var.name}-@N"
  dynamic "ingress" {
    for_each = [443, 5432]
    content {
      from_port   = ingress.value
      to_port     = ingress.value
      protocol    = "tcp"
      cidr_blocks = ["@CIDR"]
    }
  }
}
resource "aws_lb_listener" "l@N" {
  load_balancer_arn = "arn:aws:elasticloadbalancing:eu-north-1:111122223333:loadbalancer/app/x/@N"
  port              = 443
  protocol          = "HTTPS"
  ssl_policy        = "@TLS"
  certificate_arn   = "arn:aws:acm:eu-north-1:111122223333:certificate/@N"
  default_action {
    type             = "forward"
    target_group_arn = "arn:aws:elasticloadbalancing:eu-north-1:111122223333:targetgroup/x/@N"
  }
}
resource "aws_cloudwatch_log_group" "g@N" {
  name              = "/app/${var.name}/@N"
  retention_in_days = @DAYS == 35 ? 90 : 7
}
resource "aws_iam_policy" "p@N" {
  name = "${var.name}-p-@N"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = @GOOD ? ["s3:GetObject"] : ["*"]
      Resource = @GOOD ? "${aws_s3_bucket.b@N.arn}/*" : "*"
    }]
  })
}
resource "aws_cloudtrail" "t@N" {
  name                          = "${var.name}-trail-@N"
  s3_bucket_name                = aws_s3_bucket.b@N.bucket
  is_multi_region_trail         = @GOOD
  enable_log_file_validation    = @GOOD
  include_global_service_events = true
}
`
