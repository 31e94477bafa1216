resource "aws_sqs_queue_policy" "passing" {
  queue_url = aws_sqs_queue.passing.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Deny"
      Principal = "*"
      Action    = "sqs:*"
      Resource  = "*"
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }]
  })
}

resource "aws_sqs_queue_policy" "unresolved" {
  queue_url = aws_sqs_queue.unresolved.id
  policy    = var.undecided
}

resource "aws_sqs_queue" "passing" {
  name = "passing"
}

resource "aws_sqs_queue" "failing" {
  name = "failing"
}

resource "aws_sqs_queue" "unresolved" {
  name = "unresolved"
}

variable "undecided" {
  type = string
}
