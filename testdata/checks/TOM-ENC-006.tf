resource "aws_efs_file_system" "passing" {
  encrypted = true
}

resource "aws_efs_file_system" "failing" {
  encrypted = false
}

resource "aws_efs_file_system" "unresolved" {
  encrypted = var.undecided
}

variable "undecided" {
  type = bool
}
