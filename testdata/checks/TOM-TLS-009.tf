resource "aws_efs_file_system_policy" "passing" {
  file_system_id = aws_efs_file_system.passing.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Deny"
      Principal = "*"
      Action    = "*"
      Resource  = "*"
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }]
  })
}

resource "aws_efs_file_system_policy" "unresolved" {
  file_system_id = aws_efs_file_system.unresolved.id
  policy         = var.undecided
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
