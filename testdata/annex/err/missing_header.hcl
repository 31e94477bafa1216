version = "3"

clause "1" {
  promise "mfa" {}
}
