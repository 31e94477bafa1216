resource "aws_ebs_encryption_by_default" "passing" {
  enabled = true
}

resource "aws_ebs_encryption_by_default" "failing" {
  enabled = false
}

resource "aws_ebs_encryption_by_default" "unresolved" {
  enabled = var.undecided
}

variable "undecided" {
  type = bool
}
