clause "1" {
  title = "Encryption at rest"

  promise "encryption-at-rest" {
    scope = ["log-group"]
    key_source = "customer-managed"
  }
}
