title    = "Annex 1"
language = "en"

clause "1" {
  promise "encryption-at-rest" {
    key_source = "customer_managed"
    scope      = ["database", "floppy"]
  }
  promise "encryption-in-transit" {
    tls_min = "1.4"
  }
  promise "backup" {
    declared = "perhaps"
  }
  promise "password-policy" {
    min_length = -1
  }
}
