resource "aws_cloudtrail" "main" {
  name           = "main"
  s3_bucket_name = "tomscan-checks-logs"

  event_selector {
    read_write_type           = "All"
    include_management_events = true
  }
}
