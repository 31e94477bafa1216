# People sign in with a second factor or do nothing.

resource "aws_iam_group" "operators" {
  name = "operators"
}

data "aws_iam_policy_document" "second_factor" {
  statement {
    sid       = "NothingWithoutSecondFactor"
    effect    = "Deny"
    resources = ["*"]

    not_actions = [
      "iam:ChangePassword",
      "iam:CreateVirtualMFADevice",
      "iam:EnableMFADevice",
      "iam:ListMFADevices",
      "sts:GetSessionToken",
    ]

    condition {
      test     = "BoolIfExists"
      variable = "aws:MultiFactorAuthPresent"
      values   = ["false"]
    }
  }
}

resource "aws_iam_policy" "second_factor" {
  name   = "second-factor"
  policy = data.aws_iam_policy_document.second_factor.json
}

resource "aws_iam_group_policy_attachment" "second_factor" {
  group      = aws_iam_group.operators.name
  policy_arn = aws_iam_policy.second_factor.arn
}
