# Promises to which every check belongs: the denial test needs each of them to have something to say.
title    = "Everything"
language = "en"
version  = "1"
date     = "2026-11-21"
processor {
  name         = "Exempel AB"
  registration = "556000-0000"
}
controller = "Exempel kommun"

clause "1" {
  title = "Access"
  promise "access-control" {
    model = "rbac"
  }
  promise "access-review" {}
  promise "mfa" {
    scope = ["all"]
  }
  promise "password-policy" {
    min_length = 12
    complexity = true
    rotation   = "90d"
  }
  promise "brute-force-protection" {
    mode = "ip-ban"
  }
  promise "secret-management" {}
  promise "remote-access" {}
}
clause "2" {
  title = "Encryption"
  promise "encryption-at-rest" {
    key_source   = "provider-managed"
    key_rotation = "1y"
    scope        = ["volume", "database", "object-store", "snapshot", "queue", "cache", "filesystem", "log-group", "document"]
  }
  promise "encryption-in-transit" {
    tls_min = "1.2"
    scope   = ["public", "internal", "database"]
  }
  promise "backup-encryption" {
    key_source = "customer-managed"
  }
}
clause "3" {
  title = "Network"
  promise "private-networks" {
    private_tiers          = ["database", "cache", "application", "queue"]
    flow_logs              = true
    public_sharing_blocked = true
  }
  promise "firewall" {}
  promise "web-application-firewall" {}
  promise "intrusion-detection" {}
}
clause "4" {
  title = "Operations"
  promise "patch-management" {}
  promise "configuration-management" {}
  promise "resilience" {
    multi_az = true
  }
  promise "vulnerability-scanning" {}
  promise "security-monitoring" {}
}
clause "5" {
  title = "Logs"
  promise "audit-logging" {}
  promise "access-logging" {}
  promise "log-retention" {
    log_retention_min = "90d"
    log_retention_max = "400d"
  }
}
clause "6" {
  title = "Backups and retention"
  promise "backup" {
    offsite = true
    scope   = ["database", "files"]
  }
  promise "restore-test" {}
  promise "data-retention" {
    max         = "400d"
    auto_delete = true
  }
}
clause "7" {
  title = "Place"
  promise "data-location" {}
}
