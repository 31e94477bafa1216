variable "name" {
  type = string
}

variable "expire_days" {
  type = number
}

variable "kms_key_arn" {
  type        = string
  default     = null
  description = "Key of our own; without one, S3's own keys are used."
}

variable "access_log_bucket" {
  type        = string
  default     = null
  description = "Bucket of the same account and region that records who reads and writes."
}

variable "deliverers" {
  type        = list(string)
  default     = []
  description = "Service principals that deliver logs into the bucket."
}
