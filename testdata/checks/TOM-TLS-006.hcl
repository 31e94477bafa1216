clause "1" {
  title = "Encryption in transit"

  promise "encryption-in-transit" {
    scope = ["database"]
  }
}
