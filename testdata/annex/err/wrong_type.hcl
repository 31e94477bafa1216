title    = "Annex 1"
language = "en"

clause "1" {
  promise "audit-logging" {
    integrity_validation = "yes"
  }
  promise "password-policy" {
    min_length = "12"
  }
  promise "resilience" {
    headroom = 2.5
  }
  promise "encryption-at-rest" {
    scope = "database"
  }
  promise "firewall" {
    public_ports = ["443"]
  }
  promise "encryption-in-transit" {
    tls_min = 1.2
    scope   = [1]
  }
  promise "backup" {
    offsite_provider = true
    scope            = { database = true }
  }
}
