title    = "Annex 1"
language = "en"

clause "1" {
  promise "tls" { tls_min = "1.3" }
}
