# The estate that estate.py builds in moto, written as code. Both must give the same verdicts: what is changed here is
# changed there. Names that a region makes up stand in the state file that estate.py writes.
terraform {
  required_version = ">= 1.5"
}

provider "aws" {
  region = "eu-central-1"
}

provider "aws" {
  alias  = "us"
  region = "us-east-1"
}

locals {
  account = "123456789012"
  image   = "ami-12c6146b"
}
