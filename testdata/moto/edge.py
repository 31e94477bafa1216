"""What answers clients: edge.tf."""


def build(e):
    certificate = e.client("acm").request_certificate(DomainName="moto.example", ValidationMethod="DNS")["CertificateArn"]
    e.add("aws_acm_certificate.good", id=certificate, arn=certificate)
    elb = e.client("elbv2")
    balancers(e, elb)
    listeners(e, elb, certificate)
    distributions(e)


def subnets(e, name):
    return [e.get(f"aws_subnet.{name}_{zone}") for zone in "ab"]


def balancers(e, elb):
    for name, more in (
        ("good", {"Scheme": "internal", "Type": "application", "Subnets": subnets(e, "private"), "SecurityGroups": [e.get("aws_security_group.good")]}),
        ("bad", {"Scheme": "internet-facing", "Type": "application", "Subnets": subnets(e, "public"), "SecurityGroups": [e.get("aws_security_group.web")]}),
        ("packets", {"Scheme": "internal", "Type": "network", "Subnets": subnets(e, "private")}),
    ):
        arn = elb.create_load_balancer(Name="moto-" + name, **more)["LoadBalancers"][0]["LoadBalancerArn"]
        e.add(f"aws_lb.{name}", id=arn, name="moto-" + name, arn=arn)
    elb.modify_load_balancer_attributes(LoadBalancerArn=e.get("aws_lb.good"), Attributes=[
        {"Key": "access_logs.s3.enabled", "Value": "true"}, {"Key": "access_logs.s3.bucket", "Value": "moto-logs"},
        {"Key": "deletion_protection.enabled", "Value": "true"}])
    for name, protocol in (("good", "HTTPS"), ("packets", "TLS")):
        group = elb.create_target_group(Name="moto-" + name, Port=8443, Protocol=protocol, VpcId=e.get("aws_vpc.good"))
        e.add(f"aws_lb_target_group.{name}", arn=group["TargetGroups"][0]["TargetGroupArn"])


def listeners(e, elb, certificate):
    secure = {"Certificates": [{"CertificateArn": certificate}]}
    redirect = {"Type": "redirect", "RedirectConfig": {"Port": "443", "Protocol": "HTTPS", "StatusCode": "HTTP_301"}}

    def forward(group):
        return {"Type": "forward", "TargetGroupArn": e.get(f"aws_lb_target_group.{group}", "arn")}

    for name, balancer, protocol, port, action, more in (
        ("internal", "good", "HTTPS", 443, forward("good"), {**secure, "SslPolicy": "ELBSecurityPolicy-TLS13-1-2-2021-06"}),
        ("old", "bad", "HTTPS", 443, forward("good"), {**secure, "SslPolicy": "ELBSecurityPolicy-TLS-1-1-2017-01"}),
        ("default_policy", "bad", "HTTPS", 8443, forward("good"), secure),
        ("redirect", "bad", "HTTP", 80, redirect, {}),
        ("plain", "bad", "HTTP", 8080, forward("good"), {}),
        ("packets", "packets", "TLS", 443, forward("packets"), {**secure, "SslPolicy": "ELBSecurityPolicy-TLS13-1-2-2021-06"}),
    ):
        made = elb.create_listener(LoadBalancerArn=e.get(f"aws_lb.{balancer}"), Protocol=protocol, Port=port, DefaultActions=[action], **more)
        arn = made["Listeners"][0]["ListenerArn"]
        e.add(f"aws_lb_listener.{name}", id=arn, arn=arn)


def distributions(e):
    front = e.client("cloudfront", "us-east-1")
    wall = f"arn:aws:wafv2:us-east-1:{e.account}:global/webacl/moto/11111111-2222-3333-4444-555555555555"
    own = {"ACMCertificateArn": f"arn:aws:acm:us-east-1:{e.account}:certificate/11111111-2222-3333-4444-555555555555",
           "SSLSupportMethod": "sni-only", "MinimumProtocolVersion": "TLSv1.2_2021"}
    logs = {"Enabled": True, "IncludeCookies": False, "Bucket": "moto-logs.s3.amazonaws.com", "Prefix": ""}
    for name, viewer, origin, versions, more in (
        ("good", "redirect-to-https", "https-only", ["TLSv1.2"], {"WebACLId": wall, "ViewerCertificate": own, "Logging": logs}),
        ("bad", "allow-all", "http-only", ["TLSv1"], {"ViewerCertificate": {"CloudFrontDefaultCertificate": True}}),
    ):
        made = front.create_distribution(DistributionConfig={
            "CallerReference": name, "Comment": "", "Enabled": True,
            "Origins": {"Quantity": 1, "Items": [{
                "Id": "origin", "DomainName": "origin.example",
                "CustomOriginConfig": {"HTTPPort": 80, "HTTPSPort": 443, "OriginProtocolPolicy": origin,
                                       "OriginSslProtocols": {"Quantity": len(versions), "Items": versions}}}]},
            "DefaultCacheBehavior": {"TargetOriginId": "origin", "ViewerProtocolPolicy": viewer,
                                     "ForwardedValues": {"QueryString": False, "Cookies": {"Forward": "none"}}, "MinTTL": 0},
            **more})["Distribution"]
        e.add(f"aws_cloudfront_distribution.{name}", region="global", id=made["Id"], arn=made["ARN"])
