clause "1" {
  title = "Private networks"

  promise "private-networks" {
    private_tiers = ["application", "database"]
  }
}
