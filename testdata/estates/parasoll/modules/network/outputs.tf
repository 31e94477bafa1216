output "vpc_id" {
  value = aws_vpc.this.id
}

output "cidr" {
  value = aws_vpc.this.cidr_block
}

output "public_subnets" {
  value = [for zone in var.zones : aws_subnet.public[zone].id]
}

output "private_subnets" {
  value = [for zone in var.zones : aws_subnet.private[zone].id]
}
