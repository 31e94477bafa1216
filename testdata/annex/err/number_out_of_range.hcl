title    = "Annex 1"
language = "en"

clause "1" {
  promise "password-policy" {
    min_length = 1e30
  }
  promise "resilience" {
    headroom = 5000000000
  }
  promise "firewall" {
    public_ports = [99999999999]
  }
}
