variable "name" {
  type = string
}

variable "description" {
  type = string
}

variable "account" {
  type = string
}

variable "services" {
  type        = list(string)
  description = "Service principals that may use the key."
}
