resource "aws_lb" "front" {
  name               = "front"
  internal           = false
  load_balancer_type = "application"
  subnets            = ["subnet-0a1b2c3d", "subnet-4e5f6a7b"]
}

resource "aws_lb_listener" "passing" {
  load_balancer_arn = aws_lb.front.arn
  port              = 443
  protocol          = "HTTPS"
  certificate_arn   = "arn:aws:acm:eu-north-1:111122223333:certificate/front"
  ssl_policy        = "ELBSecurityPolicy-TLS13-1-2-2021-06"

  default_action {
    type             = "forward"
    target_group_arn = "arn:aws:elasticloadbalancing:eu-north-1:111122223333:targetgroup/app/0123456789abcdef"
  }
}

resource "aws_lb_listener" "failing" {
  load_balancer_arn = aws_lb.front.arn
  port              = 443
  protocol          = "HTTPS"
  certificate_arn   = "arn:aws:acm:eu-north-1:111122223333:certificate/front"
  ssl_policy        = "ELBSecurityPolicy-2016-08"

  default_action {
    type             = "forward"
    target_group_arn = "arn:aws:elasticloadbalancing:eu-north-1:111122223333:targetgroup/app/0123456789abcdef"
  }
}

resource "aws_lb_listener" "unresolved" {
  load_balancer_arn = aws_lb.front.arn
  port              = 443
  protocol          = "HTTPS"
  certificate_arn   = "arn:aws:acm:eu-north-1:111122223333:certificate/front"
  ssl_policy        = var.undecided

  default_action {
    type             = "forward"
    target_group_arn = "arn:aws:elasticloadbalancing:eu-north-1:111122223333:targetgroup/app/0123456789abcdef"
  }
}

variable "undecided" {
  type = string
}
