resource "aws_kms_key" "data" {
  description         = "data"
  enable_key_rotation = true
}

resource "aws_sqs_queue" "passing" {
  name              = "passing"
  kms_master_key_id = aws_kms_key.data.id
}

resource "aws_sqs_queue" "failing" {
  name = "failing"
}

resource "aws_sqs_queue" "unresolved" {
  name              = "unresolved"
  kms_master_key_id = var.undecided
}

variable "undecided" {
  type = string
}
