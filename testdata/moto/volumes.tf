resource "aws_ebs_encryption_by_default" "us" {
  provider = aws.us
  enabled  = true
}

resource "aws_ebs_volume" "good" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
  kms_key_id        = aws_kms_key.good.arn
}

resource "aws_ebs_volume" "managed" {
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = true
}

resource "aws_ebs_volume" "bad" {
  availability_zone = "eu-central-1b"
  size              = 8
}

resource "aws_ebs_volume" "us" {
  provider          = aws.us
  availability_zone = "us-east-1a"
  size              = 8
}

resource "aws_ebs_snapshot" "good" {
  volume_id = aws_ebs_volume.good.id
}

resource "aws_ebs_snapshot" "bad" {
  volume_id = aws_ebs_volume.bad.id
}

resource "aws_instance" "good" {
  ami                         = local.image
  instance_type               = "t3.micro"
  subnet_id                   = aws_subnet.private_a.id
  associate_public_ip_address = false
  monitoring                  = true
  vpc_security_group_ids      = [aws_security_group.good.id]
  metadata_options {
    http_tokens = "required"
  }
  root_block_device {
    encrypted  = true
    kms_key_id = aws_kms_key.good.arn
  }
}

resource "aws_instance" "bad" {
  ami                         = local.image
  instance_type               = "t3.micro"
  subnet_id                   = aws_subnet.public_a.id
  associate_public_ip_address = true
  vpc_security_group_ids      = [aws_security_group.bad.id]
  root_block_device {
    encrypted = false
  }
}

resource "aws_ecs_cluster" "main" {
  name = "moto"
}

resource "aws_ecs_task_definition" "main" {
  family                = "moto"
  network_mode          = "awsvpc"
  container_definitions = jsonencode([{ name = "moto", image = "moto.example/moto", memory = 128 }])
}

resource "aws_ecs_service" "good" {
  name            = "moto-good"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.main.arn
  network_configuration {
    subnets          = [aws_subnet.private_a.id, aws_subnet.private_b.id]
    security_groups  = [aws_security_group.good.id]
    assign_public_ip = false
  }
}

resource "aws_ecs_service" "bad" {
  name            = "moto-bad"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.main.arn
  network_configuration {
    subnets          = [aws_subnet.public_a.id, aws_subnet.public_b.id]
    security_groups  = [aws_security_group.bad.id]
    assign_public_ip = true
  }
}
