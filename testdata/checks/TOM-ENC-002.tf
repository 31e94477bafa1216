resource "aws_ebs_volume" "passing" {
  availability_zone = "eu-north-1a"
  size              = 20
  encrypted         = true
}

resource "aws_ebs_volume" "failing" {
  availability_zone = "eu-north-1a"
  size              = 20
  encrypted         = false
}

resource "aws_ebs_volume" "unresolved" {
  availability_zone = "eu-north-1a"
  size              = 20
  encrypted         = var.undecided
}

variable "undecided" {
  type = bool
}
