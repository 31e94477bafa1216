resource "aws_lb" "passing" {
  name               = "passing"
  load_balancer_type = "application"
  subnets            = ["subnet-0a1b2c3d", "subnet-4e5f6a7b"]
}

resource "aws_lb" "failing" {
  name               = "failing"
  load_balancer_type = "application"
  subnets            = ["subnet-0a1b2c3d", "subnet-4e5f6a7b"]
}

resource "aws_lb" "unresolved" {
  name               = "unresolved"
  load_balancer_type = "application"
  subnets            = ["subnet-0a1b2c3d", "subnet-4e5f6a7b"]
}

resource "aws_wafv2_web_acl_association" "passing" {
  resource_arn = aws_lb.passing.arn
  web_acl_arn  = "arn:aws:wafv2:eu-north-1:111122223333:regional/webacl/front/0123"
}

resource "aws_wafv2_web_acl_association" "unresolved" {
  count = var.undecided ? 1 : 0

  resource_arn = aws_lb.unresolved.arn
  web_acl_arn  = "arn:aws:wafv2:eu-north-1:111122223333:regional/webacl/front/0123"
}

variable "undecided" {
  type = bool
}
