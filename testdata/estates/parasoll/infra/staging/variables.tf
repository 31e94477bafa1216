variable "image_tag" {
  type    = string
  default = "latest"
}

variable "backup_days" {
  type = number
}
