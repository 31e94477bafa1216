resource "aws_cognito_user_pool" "passing" {
  name = "passing"

  password_policy {
    minimum_length    = 14
    require_lowercase = true
    require_numbers   = true
    require_symbols   = true
    require_uppercase = true
  }
}

resource "aws_cognito_user_pool" "failing" {
  name = "failing"

  password_policy {
    minimum_length    = 14
    require_lowercase = true
    require_numbers   = true
    require_symbols   = false
    require_uppercase = true
  }
}

resource "aws_cognito_user_pool" "unresolved" {
  name = "unresolved"

  password_policy {
    minimum_length    = 14
    require_lowercase = true
    require_numbers   = true
    require_symbols   = var.undecided
    require_uppercase = true
  }
}

variable "undecided" {
  type = bool
}
