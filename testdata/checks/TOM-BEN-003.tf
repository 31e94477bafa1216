resource "aws_ebs_volume" "secret" {
  availability_zone = "eu-north-1a"
  size              = 20
  encrypted         = true
}

resource "aws_ebs_volume" "plain" {
  availability_zone = "eu-north-1a"
  size              = 20
  encrypted         = false
}

resource "aws_ebs_snapshot" "passing" {
  volume_id = aws_ebs_volume.secret.id
}

resource "aws_ebs_snapshot" "failing" {
  volume_id = aws_ebs_volume.plain.id
}

resource "aws_ebs_snapshot" "unresolved" {
  volume_id = var.undecided
}

variable "undecided" {
  type = string
}
