variable "image_tag" {
  type    = string
  default = "stable"
}

# Set by the pipeline from the agreement of the year.
variable "backup_days" {
  type = number
}

variable "certificate_arn" {
  type = string
}

variable "edge_certificate_arn" {
  type = string
}
