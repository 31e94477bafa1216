resource "aws_cognito_user_pool" "passing" {
  name              = "passing"
  mfa_configuration = "ON"

  software_token_mfa_configuration {
    enabled = true
  }
}

resource "aws_cognito_user_pool" "failing" {
  name              = "failing"
  mfa_configuration = "OFF"
}

resource "aws_cognito_user_pool" "unresolved" {
  name              = "unresolved"
  mfa_configuration = var.undecided

  software_token_mfa_configuration {
    enabled = true
  }
}

variable "undecided" {
  type = string
}
