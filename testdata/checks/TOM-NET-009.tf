resource "aws_security_group" "world" {
  name   = "world"
  vpc_id = "vpc-0a1b2c3d"

  ingress {
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_security_group" "office" {
  name   = "office"
  vpc_id = "vpc-0a1b2c3d"

  ingress {
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = ["203.0.113.0/24"]
  }
}

resource "aws_lb" "passing" {
  name               = "passing"
  load_balancer_type = "application"
  subnets            = ["subnet-0a1b2c3d", "subnet-4e5f6a7b"]
  security_groups    = [aws_security_group.office.id]
}

resource "aws_lb" "failing" {
  name               = "failing"
  load_balancer_type = "application"
  subnets            = ["subnet-0a1b2c3d", "subnet-4e5f6a7b"]
  security_groups    = [aws_security_group.world.id]
}

resource "aws_lb" "unresolved" {
  name               = "unresolved"
  load_balancer_type = "application"
  subnets            = ["subnet-0a1b2c3d", "subnet-4e5f6a7b"]
  security_groups    = [aws_security_group.world.id]
  internal           = var.undecided
}

variable "undecided" {
  type = bool
}
