clause "1" {
  title = "Firewall"

  promise "firewall" {
    direction = ["ingress", "egress"]
  }
}
