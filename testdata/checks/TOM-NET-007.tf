resource "aws_vpc" "passing" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_vpc" "failing" {
  cidr_block = "10.1.0.0/16"
}

resource "aws_vpc" "unresolved" {
  cidr_block = "10.2.0.0/16"
}

resource "aws_flow_log" "passing" {
  vpc_id               = aws_vpc.passing.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = "arn:aws:s3:::tomscan-checks-logs"
}

resource "aws_flow_log" "unresolved" {
  count = var.undecided ? 1 : 0

  vpc_id               = aws_vpc.unresolved.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = "arn:aws:s3:::tomscan-checks-logs"
}

variable "undecided" {
  type = bool
}
