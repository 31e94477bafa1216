resource "aws_iam_policy" "passing" {
  name = "passing"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "s3:GetObject"
      Resource = "arn:aws:s3:::files/*"
    }]
  })
}

resource "aws_iam_policy_attachment" "passing" {
  name       = "passing"
  groups     = ["developers"]
  users      = []
  policy_arn = aws_iam_policy.passing.arn
}

resource "aws_iam_policy" "failing" {
  name = "failing"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "s3:GetObject"
      Resource = "arn:aws:s3:::files/*"
    }]
  })
}

resource "aws_iam_policy_attachment" "failing" {
  name       = "failing"
  groups     = []
  users      = ["uploader"]
  policy_arn = aws_iam_policy.failing.arn
}

resource "aws_iam_policy" "unresolved" {
  name = "unresolved"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "s3:GetObject"
      Resource = "arn:aws:s3:::files/*"
    }]
  })
}

resource "aws_iam_policy_attachment" "unresolved" {
  name       = "unresolved"
  groups     = []
  users      = var.undecided
  policy_arn = aws_iam_policy.unresolved.arn
}

variable "undecided" {
  type = list(string)
}
