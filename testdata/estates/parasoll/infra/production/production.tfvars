image_tag            = "2026.11.2"
certificate_arn      = "arn:aws:acm:eu-north-1:222233334444:certificate/6f1c2f0e-0000-4000-8000-000000000001"
edge_certificate_arn = "arn:aws:acm:us-east-1:222233334444:certificate/6f1c2f0e-0000-4000-8000-000000000002"
