resource "aws_efs_backup_policy" "passing" {
  file_system_id = aws_efs_file_system.passing.id

  backup_policy {
    status = "ENABLED"
  }
}

resource "aws_efs_backup_policy" "failing" {
  file_system_id = aws_efs_file_system.failing.id

  backup_policy {
    status = "DISABLED"
  }
}

resource "aws_efs_backup_policy" "unresolved" {
  file_system_id = aws_efs_file_system.unresolved.id

  backup_policy {
    status = var.undecided
  }
}

resource "aws_efs_file_system" "passing" {
  encrypted = true
}

resource "aws_efs_file_system" "failing" {
  encrypted = true
}

resource "aws_efs_file_system" "unresolved" {
  encrypted = true
}

variable "undecided" {
  type = string
}
