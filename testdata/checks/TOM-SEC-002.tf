resource "aws_secretsmanager_secret_rotation" "passing" {
  secret_id           = aws_secretsmanager_secret.passing.id
  rotation_lambda_arn = "arn:aws:lambda:eu-north-1:111122223333:function:rotate"

  rotation_rules {
    automatically_after_days = 30
  }
}

resource "aws_secretsmanager_secret_rotation" "failing" {
  secret_id           = aws_secretsmanager_secret.failing.id
  rotation_lambda_arn = "arn:aws:lambda:eu-north-1:111122223333:function:rotate"

  rotation_rules {
    automatically_after_days = 365
  }
}

resource "aws_secretsmanager_secret_rotation" "unresolved" {
  secret_id           = aws_secretsmanager_secret.unresolved.id
  rotation_lambda_arn = "arn:aws:lambda:eu-north-1:111122223333:function:rotate"

  rotation_rules {
    automatically_after_days = var.undecided
  }
}

resource "aws_secretsmanager_secret" "passing" {
  name = "passing"
}

resource "aws_secretsmanager_secret" "failing" {
  name = "failing"
}

resource "aws_secretsmanager_secret" "unresolved" {
  name = "unresolved"
}

variable "undecided" {
  type = number
}
