resource "aws_kms_key" "data" {
  description         = "data"
  enable_key_rotation = true
}

resource "aws_backup_vault" "passing" {
  name        = "passing"
  kms_key_arn = aws_kms_key.data.arn
}

resource "aws_backup_vault" "failing" {
  name = "failing"
}

resource "aws_backup_vault" "unresolved" {
  name        = "unresolved"
  kms_key_arn = var.undecided
}

variable "undecided" {
  type = string
}
