provider "aws" {
  alias  = "eea"
  region = "eu-north-1"
}

provider "aws" {
  alias  = "london"
  region = "eu-west-2"
}

provider "aws" {
  alias  = "somewhere"
  region = var.undecided
}

resource "aws_s3_bucket" "passing" {
  bucket   = "tomscan-checks-passing"
  provider = aws.eea
}

resource "aws_s3_bucket" "failing" {
  bucket   = "tomscan-checks-failing"
  provider = aws.london
}

resource "aws_s3_bucket" "unresolved" {
  bucket   = "tomscan-checks-unresolved"
  provider = aws.somewhere
}

variable "undecided" {
  type = string
}
