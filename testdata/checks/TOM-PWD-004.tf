resource "aws_cognito_user_pool" "passing" {
  name = "passing"

  password_policy {
    minimum_length = 14
  }
}

resource "aws_cognito_user_pool" "failing" {
  name = "failing"

  password_policy {
    minimum_length = 8
  }
}

resource "aws_cognito_user_pool" "unresolved" {
  name = "unresolved"

  password_policy {
    minimum_length = var.undecided
  }
}

variable "undecided" {
  type = number
}
