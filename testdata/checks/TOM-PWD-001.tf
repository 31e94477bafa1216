resource "aws_iam_account_password_policy" "passing" {
  minimum_password_length = 14
}

resource "aws_iam_account_password_policy" "failing" {
  minimum_password_length = 8
}

resource "aws_iam_account_password_policy" "unresolved" {
  minimum_password_length = var.undecided
}

variable "undecided" {
  type = number
}
