resource "aws_iam_account_password_policy" "passing" {
  minimum_password_length      = 14
  require_lowercase_characters = true
  require_numbers              = true
  require_symbols              = true
  require_uppercase_characters = true
}

resource "aws_iam_account_password_policy" "failing" {
  minimum_password_length      = 14
  require_lowercase_characters = true
  require_numbers              = true
  require_symbols              = false
  require_uppercase_characters = true
}

resource "aws_iam_account_password_policy" "unresolved" {
  minimum_password_length      = 14
  require_lowercase_characters = true
  require_numbers              = true
  require_symbols              = var.undecided
  require_uppercase_characters = true
}

variable "undecided" {
  type = bool
}
