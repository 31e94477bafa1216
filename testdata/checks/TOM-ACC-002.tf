resource "aws_iam_group_policy" "passing" {
  name  = "passing"
  group = "developers"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "s3:GetObject"
      Resource = "arn:aws:s3:::files/*"
    }]
  })
}

resource "aws_iam_user_policy" "failing" {
  name = "failing"
  user = "uploader"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "s3:GetObject"
      Resource = "arn:aws:s3:::files/*"
    }]
  })
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

resource "aws_iam_user_policy_attachment" "elsewhere" {
  user       = "uploader"
  policy_arn = var.undecided
}

variable "undecided" {
  type = string
}
