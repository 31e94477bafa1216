title    = "Technical and organisational measures"
language = "en"
version  = "1"
date     = "2026-11-01"

processor {
  name         = "Heron Library Systems"
  registration = "made up"
}

clause "1" {
  title = "Data and backups"
  text  = "Data is encrypted where it lies, backed up every day to another place, and restored for a test once a year."

  promise "encryption-at-rest" {
    scope      = ["database", "volume"]
    key_source = "customer-managed"
  }
  promise "backup" {
    interval  = "24h"
    retention = "30d"
    offsite   = true
    scope     = ["database", "files"]
  }
  promise "backup-encryption" {
    key_source = "customer-managed"
  }
  promise "restore-test" {
    interval = "1y"
    scope    = ["database", "filesystem"]
  }
  promise "data-location" {}
  promise "data-retention" {}
  promise "secret-management" {}
}

clause "2" {
  title = "Access"
  text  = "Administrators log in by SSH from known addresses, under their own names, with a key and a one-time code."

  promise "remote-access" {}
  promise "privileged-access" {
    max_admins = 2
  }
  promise "mfa" {
    scope = ["hosting-portal", "server-admin"]
  }
  promise "access-control" {}
  promise "access-review" {}
  promise "password-policy" {
    min_length = 12
    complexity = true
    rotation   = "1y"
  }
  promise "password-hashing" {}
  promise "brute-force-protection" {
    mode         = "account-lockout"
    max_attempts = 5
    lockout      = "15m"
  }
}

clause "3" {
  title = "Network"
  text  = "Connections are encrypted. Servers have a firewall of their own, and databases cannot be reached from the internet."

  promise "encryption-in-transit" {
    scope = ["admin", "database", "internal", "public", "sub-processor"]
    hsts  = true
  }
  promise "firewall" {
    direction    = ["egress", "ingress"]
    public_ports = [25, 80, 443]
  }
  promise "private-networks" {}
  promise "web-application-firewall" {}
  promise "ddos-protection" {}
  promise "brute-force-protection" {
    mode         = "ip-ban"
    max_attempts = 5
    lockout      = "15m"
  }
}

clause "4" {
  title = "Operations"
  text  = "Servers are kept up to date and watched, and their logs are kept between three months and a year."

  promise "patch-management" {
    scope = ["os"]
  }
  promise "malware-protection" {
    scope = ["server"]
  }
  promise "intrusion-detection" {
    file_integrity = true
  }
  promise "security-monitoring" {}
  promise "audit-logging" {}
  promise "log-retention" {
    log_retention_min = "90d"
    log_retention_max = "1y"
  }
  promise "log-disclosure" {
    siem_export = "available"
  }
}
