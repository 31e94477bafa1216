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
      delete_after = 3
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
      delete_after = var.undecided
    }
  }
}

variable "undecided" {
  type = number
}
