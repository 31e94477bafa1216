resource "aws_cloudwatch_log_group" "passing" {
  name              = "passing"
  retention_in_days = 365
}

resource "aws_cloudwatch_log_group" "failing" {
  name = "failing"
}

resource "aws_cloudwatch_log_group" "unresolved" {
  name              = "unresolved"
  retention_in_days = var.undecided
}

variable "undecided" {
  type = number
}
