resource "aws_db_parameter_group" "on" {
  name   = "on"
  family = "postgres16"

  parameter {
    name  = "rds.force_ssl"
    value = "1"
  }
}

resource "aws_db_parameter_group" "off" {
  name   = "off"
  family = "postgres16"

  parameter {
    name  = "rds.force_ssl"
    value = "0"
  }
}

resource "aws_db_parameter_group" "open" {
  name   = "open"
  family = "postgres16"

  parameter {
    name  = "rds.force_ssl"
    value = var.undecided
  }
}

resource "aws_db_instance" "passing" {
  identifier                  = "passing"
  engine                      = "postgres"
  engine_version              = "16.4"
  instance_class              = "db.t4g.micro"
  allocated_storage           = 20
  username                    = "app"
  manage_master_user_password = true
  parameter_group_name        = aws_db_parameter_group.on.name
}

resource "aws_db_instance" "failing" {
  identifier                  = "failing"
  engine                      = "postgres"
  engine_version              = "16.4"
  instance_class              = "db.t4g.micro"
  allocated_storage           = 20
  username                    = "app"
  manage_master_user_password = true
  parameter_group_name        = aws_db_parameter_group.off.name
}

resource "aws_db_instance" "unresolved" {
  identifier                  = "unresolved"
  engine                      = "postgres"
  engine_version              = "16.4"
  instance_class              = "db.t4g.micro"
  allocated_storage           = 20
  username                    = "app"
  manage_master_user_password = true
  parameter_group_name        = aws_db_parameter_group.open.name
}

variable "undecided" {
  type = string
}
