resource "aws_acm_certificate" "good" {
  domain_name       = "moto.example"
  validation_method = "DNS"
}

resource "aws_lb" "good" {
  name                       = "moto-good"
  internal                   = true
  load_balancer_type         = "application"
  subnets                    = [aws_subnet.private_a.id, aws_subnet.private_b.id]
  security_groups            = [aws_security_group.good.id]
  enable_deletion_protection = true
  access_logs {
    bucket  = aws_s3_bucket.logs.id
    enabled = true
  }
}

resource "aws_lb" "bad" {
  name               = "moto-bad"
  load_balancer_type = "application"
  subnets            = [aws_subnet.public_a.id, aws_subnet.public_b.id]
  security_groups    = [aws_security_group.web.id]
}

resource "aws_lb" "packets" {
  name               = "moto-packets"
  internal           = true
  load_balancer_type = "network"
  subnets            = [aws_subnet.private_a.id, aws_subnet.private_b.id]
}

resource "aws_lb_target_group" "good" {
  name     = "moto-good"
  port     = 8443
  protocol = "HTTPS"
  vpc_id   = aws_vpc.good.id
}

resource "aws_lb_target_group" "packets" {
  name     = "moto-packets"
  port     = 8443
  protocol = "TLS"
  vpc_id   = aws_vpc.good.id
}

resource "aws_lb_listener" "internal" {
  load_balancer_arn = aws_lb.good.arn
  port              = 443
  protocol          = "HTTPS"
  ssl_policy        = "ELBSecurityPolicy-TLS13-1-2-2021-06"
  certificate_arn   = aws_acm_certificate.good.arn
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.good.arn
  }
}

resource "aws_lb_listener" "old" {
  load_balancer_arn = aws_lb.bad.arn
  port              = 443
  protocol          = "HTTPS"
  ssl_policy        = "ELBSecurityPolicy-TLS-1-1-2017-01"
  certificate_arn   = aws_acm_certificate.good.arn
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.good.arn
  }
}

resource "aws_lb_listener" "default_policy" {
  load_balancer_arn = aws_lb.bad.arn
  port              = 8443
  protocol          = "HTTPS"
  certificate_arn   = aws_acm_certificate.good.arn
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.good.arn
  }
}

resource "aws_lb_listener" "redirect" {
  load_balancer_arn = aws_lb.bad.arn
  port              = 80
  protocol          = "HTTP"
  default_action {
    type = "redirect"
    redirect {
      port        = "443"
      protocol    = "HTTPS"
      status_code = "HTTP_301"
    }
  }
}

resource "aws_lb_listener" "plain" {
  load_balancer_arn = aws_lb.bad.arn
  port              = 8080
  protocol          = "HTTP"
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.good.arn
  }
}

resource "aws_lb_listener" "packets" {
  load_balancer_arn = aws_lb.packets.arn
  port              = 443
  protocol          = "TLS"
  ssl_policy        = "ELBSecurityPolicy-TLS13-1-2-2021-06"
  certificate_arn   = aws_acm_certificate.good.arn
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.packets.arn
  }
}

resource "aws_cloudfront_distribution" "good" {
  enabled    = true
  web_acl_id = "arn:aws:wafv2:us-east-1:${local.account}:global/webacl/moto/11111111-2222-3333-4444-555555555555"
  origin {
    domain_name = "origin.example"
    origin_id   = "origin"
    custom_origin_config {
      http_port              = 80
      https_port             = 443
      origin_protocol_policy = "https-only"
      origin_ssl_protocols   = ["TLSv1.2"]
    }
  }
  default_cache_behavior {
    allowed_methods        = ["GET", "HEAD"]
    cached_methods         = ["GET", "HEAD"]
    target_origin_id       = "origin"
    viewer_protocol_policy = "redirect-to-https"
  }
  logging_config {
    bucket = "moto-logs.s3.amazonaws.com"
  }
  viewer_certificate {
    acm_certificate_arn      = "arn:aws:acm:us-east-1:${local.account}:certificate/11111111-2222-3333-4444-555555555555"
    ssl_support_method       = "sni-only"
    minimum_protocol_version = "TLSv1.2_2021"
  }
  restrictions {
    geo_restriction {
      restriction_type = "none"
    }
  }
}

resource "aws_cloudfront_distribution" "bad" {
  enabled = true
  origin {
    domain_name = "origin.example"
    origin_id   = "origin"
    custom_origin_config {
      http_port              = 80
      https_port             = 443
      origin_protocol_policy = "http-only"
      origin_ssl_protocols   = ["TLSv1"]
    }
  }
  default_cache_behavior {
    allowed_methods        = ["GET", "HEAD"]
    cached_methods         = ["GET", "HEAD"]
    target_origin_id       = "origin"
    viewer_protocol_policy = "allow-all"
  }
  viewer_certificate {
    cloudfront_default_certificate = true
  }
  restrictions {
    geo_restriction {
      restriction_type = "none"
    }
  }
}
