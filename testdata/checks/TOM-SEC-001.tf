variable "password" {
  type      = string
  sensitive = true
}

data "external" "undecided" {
  program = ["./password"]
}

resource "aws_db_instance" "passing" {
  identifier        = "passing"
  engine            = "postgres"
  engine_version    = "16.4"
  instance_class    = "db.t4g.micro"
  allocated_storage = 20
  username          = "app"
  password          = var.password
}

resource "aws_db_instance" "failing" {
  identifier        = "failing"
  engine            = "postgres"
  engine_version    = "16.4"
  instance_class    = "db.t4g.micro"
  allocated_storage = 20
  username          = "app"
  password          = "correct-horse-battery"
}

resource "aws_db_instance" "unresolved" {
  identifier        = "unresolved"
  engine            = "postgres"
  engine_version    = "16.4"
  instance_class    = "db.t4g.micro"
  allocated_storage = 20
  username          = "app"
  password          = data.external.undecided.result.password
}
