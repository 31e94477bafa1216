"""Networks, firewalls and machines: network.tf, and the instances of volumes.tf."""

WORLD = [{"CidrIp": "0.0.0.0/0"}]
INSIDE = [{"CidrIp": "10.0.0.0/8"}]


def build(e):
    ec2 = e.client("ec2")
    networks(e, ec2)
    routes(e, ec2)
    firewalls(e, ec2)


def networks(e, ec2):
    for name, block in (("good", "10.0.0.0/16"), ("bad", "10.1.0.0/16")):
        vpc = ec2.create_vpc(CidrBlock=block)["Vpc"]["VpcId"]
        e.add(f"aws_vpc.{name}", id=vpc, arn=e.arn("ec2", f"vpc/{vpc}"))
    vpc = e.get("aws_vpc.good")
    ec2.create_flow_logs(ResourceIds=[vpc], ResourceType="VPC", TrafficType="ALL", LogDestinationType="s3",
                         LogDestination="arn:aws:s3:::moto-logs")
    for name, block, zone in (("public_a", "10.0.0.0/24", "a"), ("public_b", "10.0.1.0/24", "b"),
                              ("private_a", "10.0.10.0/24", "a"), ("private_b", "10.0.11.0/24", "b")):
        subnet = ec2.create_subnet(VpcId=vpc, CidrBlock=block, AvailabilityZone="eu-central-1" + zone)["Subnet"]["SubnetId"]
        e.add(f"aws_subnet.{name}", id=subnet, arn=e.arn("ec2", f"subnet/{subnet}"))
    ec2.modify_subnet_attribute(SubnetId=e.get("aws_subnet.public_a"), MapPublicIpOnLaunch={"Value": True})


def routes(e, ec2):
    vpc = e.get("aws_vpc.good")
    gateway = ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
    ec2.attach_internet_gateway(InternetGatewayId=gateway, VpcId=vpc)
    address = ec2.allocate_address(Domain="vpc")["AllocationId"]
    nat = ec2.create_nat_gateway(SubnetId=e.get("aws_subnet.public_a"), AllocationId=address)["NatGateway"]["NatGatewayId"]
    for name, way in (("public", {"GatewayId": gateway}), ("private", {"NatGatewayId": nat})):
        table = ec2.create_route_table(VpcId=vpc)["RouteTable"]["RouteTableId"]
        ec2.create_route(RouteTableId=table, DestinationCidrBlock="0.0.0.0/0", **way)
        for zone in "ab":
            ec2.associate_route_table(RouteTableId=table, SubnetId=e.get(f"aws_subnet.{name}_{zone}"))


def firewalls(e, ec2):
    vpc = e.get("aws_vpc.good")
    default = ec2.describe_security_groups(Filters=[{"Name": "vpc-id", "Values": [vpc]}, {"Name": "group-name", "Values": ["default"]}])
    group = default["SecurityGroups"][0]
    if group["IpPermissions"]:
        ec2.revoke_security_group_ingress(GroupId=group["GroupId"], IpPermissions=group["IpPermissions"])
    ec2.revoke_security_group_egress(GroupId=group["GroupId"], IpPermissions=group["IpPermissionsEgress"])
    e.add("aws_default_security_group.good", id=group["GroupId"], arn=e.arn("ec2", f"security-group/{group['GroupId']}"))

    def tcp(low, high, blocks, six=()):
        return {"IpProtocol": "tcp", "FromPort": low, "ToPort": high, "IpRanges": blocks, "Ipv6Ranges": [{"CidrIpv6": s} for s in six]}

    inside = [tcp(443, 443, INSIDE)]
    for name, ingress, egress in (
        ("good", [tcp(443, 443, INSIDE)], inside),
        ("web", [tcp(443, 443, WORLD, ["::/0"])], inside),
        ("bad", [tcp(22, 22, WORLD)], None),
        ("halves", [tcp(3000, 4000, [{"CidrIp": "0.0.0.0/1"}, {"CidrIp": "128.0.0.0/1"}])], inside),
    ):
        group = ec2.create_security_group(GroupName="moto-" + name, Description=name, VpcId=vpc)["GroupId"]
        ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=ingress)
        if egress:
            ec2.revoke_security_group_egress(GroupId=group, IpPermissions=[{"IpProtocol": "-1", "IpRanges": WORLD}])
            ec2.authorize_security_group_egress(GroupId=group, IpPermissions=egress)
        e.add(f"aws_security_group.{name}", id=group, arn=e.arn("ec2", f"security-group/{group}"))
