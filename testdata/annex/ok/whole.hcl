# Everything that an annex can say.
title    = "Technical and organisational measures"
language = "nb"
version  = "4.0"
date     = "2026-10-01"

processor {
  name         = "Paraply AS"
  registration = "999 000 111"
}
controller = "Eksempel kommune"

clause "2.1" {
  title = "Kryptering"
  text  = <<-EOT
    Alle data krypteres.
    Nøkkelen er vår egen.
  EOT

  promise "encryption-at-rest" {
    key_source   = "customer-managed"
    key_rotation = "1y"
    scope        = ["volume", "database", "database"]
    environments = ["production"]
  }
  promise "encryption-at-rest" {
    environments = ["staging"]
  }
  promise "encryption-in-transit" {
    tls_min = "1.2"
    hsts    = true
  }
}

clause "2.2" {
  promise "log-retention" {
    log_retention_min = "3y"
  }
  promise "firewall" {
    public_ports = [443, 80, 443]
  }
  promise "password-policy" {
    rotation = null
  }
  promise "business-continuity" {
    rpo      = "90m"
    declared = "planned"
  }
  promise "supplier-assurance" {
    scope           = ["hosting"]
    provider        = "Nordsky AS"
    source_document = "Vedlegg 3"
    vague           = true
  }
}

waiver {
  check   = "TOM-ENC-002"
  fact    = "module.app[*].aws_ebs_volume.scratch"
  reason  = "holds no personal data"
  owner   = "Ada Ask"
  ticket  = "OPS-7"
  expires = "2026-11-21"
}

attestation {
  measure   = "restore-test"
  by        = "Ada Ask"
  role      = "driftssjef"
  date      = "2026-05-04"
  expires   = "2027-05-04"
  reference = "protokoll 12"
}
