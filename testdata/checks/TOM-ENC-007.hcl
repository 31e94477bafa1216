clause "1" {
  title = "Encryption at rest"

  promise "encryption-at-rest" {
    key_source = "customer-managed"
  }
}
