provider "aws" {
  region = "eu-north-1"
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

    copy_action {
      destination_vault_arn = "arn:aws:backup:eu-west-1:111122223333:backup-vault:copies"
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

    copy_action {
      destination_vault_arn = var.undecided
    }
  }
}

variable "undecided" {
  type = string
}
