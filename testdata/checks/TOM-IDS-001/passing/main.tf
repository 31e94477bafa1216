provider "aws" {
  region = "eu-north-1"
}

# The region is used: a detector alone uses none.
resource "aws_cloudwatch_log_group" "used" {
  name = "used"
}

resource "aws_guardduty_detector" "main" {
  enable = true
}
