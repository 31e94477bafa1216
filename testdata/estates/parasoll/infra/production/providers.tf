terraform {
  required_version = ">= 1.9"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.0"
    }
  }

  backend "s3" {
    bucket = "parasoll-terraform"
    key    = "production.tfstate"
    region = "eu-north-1"
  }
}

provider "aws" {
  region = "eu-north-1"
}

# Where CloudFront is administered from.
provider "aws" {
  alias  = "us_east_1"
  region = "us-east-1"
}
