resource "aws_backup_selection" "passing" {
  name         = "passing"
  plan_id      = aws_backup_plan.passing.id
  iam_role_arn = "arn:aws:iam::111122223333:role/backup"
  resources    = ["arn:aws:rds:eu-north-1:111122223333:db:main"]
}

resource "aws_backup_selection" "unresolved" {
  name         = "unresolved"
  plan_id      = aws_backup_plan.unresolved.id
  iam_role_arn = "arn:aws:iam::111122223333:role/backup"
  resources    = var.undecided
}

resource "aws_backup_plan" "passing" {
  name = "passing"

  rule {
    rule_name         = "daily"
    target_vault_name = "main"
    schedule          = "cron(0 3 * * ? *)"

    lifecycle {
      delete_after = 35
    }
  }
}

resource "aws_backup_plan" "failing" {
  name = "failing"

  rule {
    rule_name         = "daily"
    target_vault_name = "main"
    schedule          = "cron(0 3 * * ? *)"

    lifecycle {
      delete_after = 35
    }
  }
}

resource "aws_backup_plan" "unresolved" {
  name = "unresolved"

  rule {
    rule_name         = "daily"
    target_vault_name = "main"
    schedule          = "cron(0 3 * * ? *)"

    lifecycle {
      delete_after = 35
    }
  }
}

variable "undecided" {
  type = list(string)
}
