resource "aws_guardduty_detector" "passing" {
  enable = true
}

resource "aws_guardduty_detector" "failing" {
  enable = false
}

resource "aws_guardduty_detector" "unresolved" {
  enable = var.undecided
}

variable "undecided" {
  type = bool
}
