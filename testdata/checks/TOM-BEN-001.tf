resource "aws_db_instance" "passing" {
  identifier                  = "passing"
  engine                      = "postgres"
  engine_version              = "16.4"
  instance_class              = "db.t4g.micro"
  allocated_storage           = 20
  username                    = "app"
  manage_master_user_password = true
  backup_retention_period     = 7
  storage_encrypted           = true
}

resource "aws_db_instance" "failing" {
  identifier                  = "failing"
  engine                      = "postgres"
  engine_version              = "16.4"
  instance_class              = "db.t4g.micro"
  allocated_storage           = 20
  username                    = "app"
  manage_master_user_password = true
  backup_retention_period     = 7
  storage_encrypted           = false
}

resource "aws_db_instance" "unresolved" {
  identifier                  = "unresolved"
  engine                      = "postgres"
  engine_version              = "16.4"
  instance_class              = "db.t4g.micro"
  allocated_storage           = 20
  username                    = "app"
  manage_master_user_password = true
  backup_retention_period     = 7
  storage_encrypted           = var.undecided
}

variable "undecided" {
  type = bool
}
