resource "aws_cloudtrail" "main" {
  name           = "main"
  s3_bucket_name = "tomscan-checks-logs"

  event_selector {
    read_write_type           = "All"
    include_management_events = true

    dynamic "data_resource" {
      for_each = var.undecided

      content {
        type   = "AWS::S3::Object"
        values = [data_resource.value]
      }
    }
  }
}

variable "undecided" {
  type = list(string)
}
