provider "aws" {
  region = "eu-north-1"
}

resource "aws_dynamodb_table" "passing" {
  name         = "passing"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"

  attribute {
    name = "id"
    type = "S"
  }

  replica {
    region_name = "eu-west-1"
  }
}

resource "aws_dynamodb_table" "failing" {
  name         = "failing"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"

  attribute {
    name = "id"
    type = "S"
  }

  replica {
    region_name = "us-east-1"
  }
}

resource "aws_dynamodb_table" "unresolved" {
  name         = "unresolved"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"

  attribute {
    name = "id"
    type = "S"
  }

  replica {
    region_name = var.undecided
  }
}

variable "undecided" {
  type = string
}
