variable "name" {
  type = string
}

variable "vpc_id" {
  type = string
}

variable "subnet_ids" {
  type = list(string)
}

variable "clients" {
  type        = map(string)
  description = "Security groups that may connect, by name."
}

variable "instance_class" {
  type    = string
  default = "db.m7g.large"
}

variable "kms_key_arn" {
  type = string
}

variable "backup_days" {
  type = number
}

variable "multi_az" {
  type    = bool
  default = true
}

variable "minor_upgrades" {
  type    = bool
  default = true
}
