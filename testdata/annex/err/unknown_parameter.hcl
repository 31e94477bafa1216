title    = "Annex 1"
language = "en"

clause "1" {
  promise "encryption-at-rest" {
    keysource = "customer-managed"
  }
  promise "mfa" {
    colour = "red"
  }
}
