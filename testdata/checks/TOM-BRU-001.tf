resource "aws_cognito_user_pool" "passing" {
  name = "passing"

  user_pool_add_ons {
    advanced_security_mode = "ENFORCED"
  }
}

resource "aws_cognito_user_pool" "failing" {
  name = "failing"

  user_pool_add_ons {
    advanced_security_mode = "AUDIT"
  }
}

resource "aws_cognito_user_pool" "unresolved" {
  name = "unresolved"

  user_pool_add_ons {
    advanced_security_mode = var.undecided
  }
}

variable "undecided" {
  type = string
}
