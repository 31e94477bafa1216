resource "aws_iam_account_password_policy" "passing" {
  max_password_age = 90
}

resource "aws_iam_account_password_policy" "failing" {
  max_password_age = 365
}

resource "aws_iam_account_password_policy" "unresolved" {
  max_password_age = var.undecided
}

variable "undecided" {
  type = number
}
