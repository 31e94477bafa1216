resource "aws_db_instance" "main" {
  identifier                  = "main"
  engine                      = "postgres"
  engine_version              = "16.4"
  instance_class              = "db.t4g.micro"
  allocated_storage           = 20
  username                    = "app"
  manage_master_user_password = true
  storage_encrypted           = true
}

resource "aws_db_snapshot" "passing" {
  db_instance_identifier = aws_db_instance.main.identifier
  db_snapshot_identifier = "passing"
  shared_accounts        = ["111122223333"]
}

resource "aws_db_snapshot" "failing" {
  db_instance_identifier = aws_db_instance.main.identifier
  db_snapshot_identifier = "failing"
  shared_accounts        = ["all"]
}

resource "aws_db_snapshot" "unresolved" {
  db_instance_identifier = aws_db_instance.main.identifier
  db_snapshot_identifier = "unresolved"
  shared_accounts        = var.undecided
}

variable "undecided" {
  type = list(string)
}
