clause "1" {
  title = "Secrets"

  promise "secret-management" {
    rotation = "90d"
  }
}
