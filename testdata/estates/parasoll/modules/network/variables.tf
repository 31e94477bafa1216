variable "name" {
  type = string
}

variable "cidr" {
  type = string
}

variable "zones" {
  type = list(string)
}

variable "log_bucket" {
  type        = string
  description = "Bucket that flow logs are delivered into."
}
