# Hvad bilaget til jeres databehandleraftale lover. Punkterne følger bilag B og C i standardkontraktsbestemmelserne.
#
# - Nummerér punkterne som aftalen gør, sæt aftalens egne ord i text, og stryg det, I ikke har lovet.
# - En parameter, der ikke skrives, får katalogets standardværdi og vises i rapporten som "standard, ikke lovet".
#   `tomscan measures FORANSTALTNING` forklarer en foranstaltning og dens parametre; `tomscan measures` viser alle.
# - Tider skrives med enhed: m (minutter), h (timer), d (døgn), mo (måneder) eller y (år), for eksempel "90d".
# - Det, der endnu ikke er på plads, loves med declared = "planned".
# - Kontrollér filen med `tomscan annex lint FIL`.

title    = "Bilag: tekniske og organisatoriske foranstaltninger"
language = "da"
version  = "1.0"
date     = "2026-01-01"

processor {
  name         = "Databehandleren A/S"
  registration = "00000000"
}

clause "B" {
  title = "Underdatabehandlere"
  text  = "Aftalens ord."

  promise "sub-processor-agreement" {}
  promise "sub-processor-register" {
    provider      = "Cloududbyderen A/S"
    service       = "drift"
    location      = "Danmark"
    data          = ["navn", "e-mailadresse"]
    change_notice = "30d"
  }
}

clause "C.2.1" {
  title = "Pseudonymisering og kryptering"
  text  = "Aftalens ord."

  promise "encryption-at-rest" {
    key_source = "provider-managed" # provider-owned, provider-managed, customer-managed eller external
    scope      = ["database", "volume", "object-store", "snapshot", "filesystem"]
  }
  promise "pseudonymisation" {}
}

clause "C.2.2" {
  title = "Fortrolighed, integritet, tilgængelighed og robusthed"
  text  = "Aftalens ord."

  promise "private-networks" {}
  promise "firewall" { public_ports = [80, 443] }
  promise "intrusion-detection" {}
  promise "patch-management" { max_age_critical = "14d" }
  promise "resilience" { multi_az = true }
}

clause "C.2.3" {
  title = "Genopretning"
  text  = "Aftalens ord."

  promise "backup" {
    interval  = "24h"
    retention = "30d"
  }
  promise "backup-encryption" {}
}

clause "C.2.4" {
  title = "Afprøvning, vurdering og evaluering"
  text  = "Aftalens ord."

  promise "restore-test" { interval = "1y" }
  promise "vulnerability-scanning" { interval = "30d" }
  promise "security-review" { interval = "1y" }
}

clause "C.2.5" {
  title = "Adgang til oplysningerne"
  text  = "Aftalens ord."

  promise "access-control" {}
  promise "access-review" { interval = "6mo" }
  promise "mfa" { scope = ["admin-console", "server-admin"] }
  promise "password-policy" { min_length = 12 }
}

clause "C.2.6" {
  title = "Transmission"
  text  = "Aftalens ord."

  promise "encryption-in-transit" { tls_min = "1.2" }
}

clause "C.2.8" {
  title = "Fysisk sikring"
  text  = "Aftalens ord."

  promise "physical-security" { responsible = "provider" }
}

clause "C.2.9" {
  title = "Hjemme- og fjernarbejdspladser"
  text  = "Aftalens ord."

  promise "endpoint-security" {}
  promise "remote-access" {}
}

clause "C.2.10" {
  title = "Logning"
  text  = "Aftalens ord."

  promise "audit-logging" {}
  promise "log-retention" {
    log_retention_min = "90d"
    log_retention_max = "1y"
  }
  promise "security-monitoring" {}
}

clause "C.3" {
  title = "Bistand og underretning om brud"
  text  = "Aftalens ord."

  promise "incident-response" {}
  promise "breach-notification" { notify_within = "24h" }
}

clause "C.4" {
  title = "Opbevaring og sletning"
  text  = "Aftalens ord."

  promise "data-erasure" { within = "30d" }
}

clause "C.5" {
  title = "Lokalitet og tredjelande"
  text  = "Aftalens ord."

  promise "data-location" {
    region_class = "EU/EEA"
    aws_regions  = ["eu-north-1"]
  }
  promise "third-country-transfer" { allowed = false }
}

# En undtagelse: en navngiven person accepterer et resultat, der ikke holder, til en dato højst 365 dage frem.
# waiver {
#   check   = "TOM-ENC-002"
#   fact    = "aws_ebs_volume.scratch"
#   reason  = "indeholder ingen personoplysninger"
#   owner   = "Fornavn Efternavn"
#   ticket  = "OPS-123"
#   expires = "2026-12-31"
# }

# En erklæring: en navngiven person bekræfter en foranstaltning, som ingen maskine kan se.
# attestation {
#   measure   = "confidentiality-undertaking"
#   by        = "Fornavn Efternavn"
#   role      = "personalechef"
#   date      = "2026-01-15"
#   expires   = "2027-01-15"
#   reference = "protokol 4/2026"
# }
