provider "aws" {
  region = "eu-north-1"
}

resource "aws_guardduty_detector" "main" {
  enable = true
}
