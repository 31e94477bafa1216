resource "aws_kms_key" "passing" {
  description         = "passing"
  enable_key_rotation = true
}

resource "aws_kms_key" "failing" {
  description         = "failing"
  enable_key_rotation = false
}

resource "aws_kms_key" "unresolved" {
  description         = "unresolved"
  enable_key_rotation = var.undecided
}

variable "undecided" {
  type = bool
}
