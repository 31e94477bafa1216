# Made up: what small suppliers promise of servers that they run themselves. The server is one on which nobody has kept it yet.
title    = "Technical and organisational measures"
language = "en"
version  = "1"
date     = "2026-11-01"

processor {
  name         = "Lantern Library Systems"
  registration = "made up"
}

clause "1" {
  title = "Logs"
  text  = "Logs of the web server hold two years of use and are truncated automatically; what is older is gone."

  promise "log-retention" {
    log_retention_min = "2y"
    log_retention_max = "2y"
  }
}

clause "2" {
  title = "Records of use"
  text  = "Authorised use, and attempts at unauthorised use, are logged, and the logs are kept for at least three months."

  promise "audit-logging" {}
  promise "log-retention" {
    log_retention_min = "3mo"
    log_retention_max = "2y"
  }
}

clause "3" {
  title = "Updates"
  text  = "Servers run a supported Debian stable, and its security updates are installed automatically."

  promise "patch-management" {
    scope  = ["os"]
    source = "debian-security"
  }
}

clause "4" {
  title = "Encrypted connections"
  text  = "Servers and data are reached over encrypted connections only. Plain http on port 80 is stopped."

  promise "encryption-in-transit" {
    scope = ["public", "database"]
    http  = "redirect"
  }
}

clause "5" {
  title = "Access to servers"
  text  = "One named person reaches the systems, by SSH with a key and a second factor."

  promise "remote-access" {}
  promise "privileged-access" {
    max_admins = 1
  }
  promise "mfa" {
    scope = ["server-admin"]
  }
}

clause "6" {
  title = "Firewall"
  text  = "Database and application servers have a firewall of their own, which lets in SSH from known addresses only."

  promise "firewall" {}
  promise "private-networks" {
    private_tiers = ["database"]
  }
}

clause "7" {
  title = "Attacks"
  text  = "A web application firewall protects the web sites, and guessing of passwords is stopped."

  promise "web-application-firewall" {}
  promise "brute-force-protection" {}
}
