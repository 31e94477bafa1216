clause "1" {
  title = "Encryption at rest"

  promise "encryption-at-rest" {
    scope = ["queue"]
    key_source = "customer-managed"
  }
}
