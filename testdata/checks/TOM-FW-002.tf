resource "aws_default_security_group" "passing" {
  vpc_id = "vpc-0a1b2c3d"
}

resource "aws_default_security_group" "failing" {
  vpc_id = "vpc-4e5f6a7b"

  ingress {
    from_port = 0
    to_port   = 0
    protocol  = "-1"
    self      = true
  }
}

resource "aws_default_security_group" "unresolved" {
  vpc_id = "vpc-8c9d0e1f"

  dynamic "ingress" {
    for_each = var.undecided

    content {
      from_port = ingress.value
      to_port   = ingress.value
      protocol  = "tcp"
      self      = true
    }
  }
}

variable "undecided" {
  type = list(number)
}
