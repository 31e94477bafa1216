resource "aws_ecr_repository" "passing" {
  name = "passing"

  image_scanning_configuration {
    scan_on_push = true
  }
}

resource "aws_ecr_repository" "failing" {
  name = "failing"

  image_scanning_configuration {
    scan_on_push = false
  }
}

resource "aws_ecr_repository" "unresolved" {
  name = "unresolved"

  image_scanning_configuration {
    scan_on_push = var.undecided
  }
}

variable "undecided" {
  type = bool
}
