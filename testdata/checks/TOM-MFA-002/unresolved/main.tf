resource "aws_iam_policy" "mfa" {
  name   = "mfa"
  policy = var.undecided
}

resource "aws_iam_group" "people" {
  name = "people"
}

resource "aws_iam_group_policy_attachment" "mfa" {
  group      = aws_iam_group.people.name
  policy_arn = aws_iam_policy.mfa.arn
}

variable "undecided" {
  type = string
}
