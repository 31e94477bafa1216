resource "aws_lb" "passing" {
  name               = "passing"
  load_balancer_type = "application"
  subnets            = ["subnet-0a1b2c3d", "subnet-4e5f6a7b"]

  access_logs {
    bucket  = "tomscan-checks-logs"
    enabled = true
  }
}

resource "aws_lb" "failing" {
  name               = "failing"
  load_balancer_type = "application"
  subnets            = ["subnet-0a1b2c3d", "subnet-4e5f6a7b"]

  access_logs {
    bucket  = "tomscan-checks-logs"
    enabled = false
  }
}

resource "aws_lb" "unresolved" {
  name               = "unresolved"
  load_balancer_type = "application"
  subnets            = ["subnet-0a1b2c3d", "subnet-4e5f6a7b"]

  access_logs {
    bucket  = "tomscan-checks-logs"
    enabled = var.undecided
  }
}

variable "undecided" {
  type = bool
}
