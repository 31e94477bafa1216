resource "aws_iam_policy" "passing" {
  name = "passing"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["s3:GetObject"]
      Resource = "arn:aws:s3:::files/*"
    }]
  })
}

resource "aws_iam_policy" "failing" {
  name = "failing"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "s3:*"
      Resource = "*"
    }]
  })
}

resource "aws_iam_policy" "unresolved" {
  name   = "unresolved"
  policy = var.undecided
}

variable "undecided" {
  type = string
}
