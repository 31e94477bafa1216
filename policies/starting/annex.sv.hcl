# Vad bilagan till ert personuppgiftsbiträdesavtal lovar.
#
# - Numrera klausulerna som avtalet gör, sätt avtalets egna ord i text och stryk det som ni inte har lovat.
# - En parameter som inte skrivs får katalogens standardvärde och visas i rapporten som "standard, inte utlovat".
#   `tomscan measures ÅTGÄRD` förklarar en åtgärd och dess parametrar; `tomscan measures` räknar upp alla.
# - Tider skrivs med enhet: m (minuter), h (timmar), d (dygn), mo (månader) eller y (år), till exempel "90d".
# - Det som ännu inte finns på plats lovas med declared = "planned".
# - Kontrollera filen med `tomscan annex lint FIL`.

title    = "Bilaga: tekniska och organisatoriska åtgärder"
language = "sv"
version  = "1.0"
date     = "2026-01-01"

processor {
  name         = "Biträdet AB"
  registration = "000000-0000"
}

# 1. Organisatoriska åtgärder

clause "1.1" {
  title = "Styrning av dataskyddet"
  text  = "Avtalets ord."

  promise "data-protection-officer" {}
  promise "information-security-management" { review_interval = "1y" }
  promise "risk-assessment" { interval = "1y" }
}

clause "1.2" {
  title = "Personal, utbildning och sekretess"
  text  = "Avtalets ord."

  promise "security-awareness" { interval = "1y" }
  promise "confidentiality-undertaking" {}
}

clause "1.3" {
  title = "Behörigheter"
  text  = "Avtalets ord."

  promise "access-control" {}
  promise "access-review" { interval = "6mo" }
  promise "mfa" { scope = ["admin-console", "server-admin"] }
  promise "password-policy" { min_length = 12 }
}

clause "1.4" {
  title = "Incidenter"
  text  = "Avtalets ord."

  promise "incident-response" {}
  promise "breach-notification" { notify_within = "24h" }
}

clause "1.5" {
  title = "Underbiträden, lokalisering och tredjeland"
  text  = "Avtalets ord."

  promise "data-location" {
    region_class = "EU/EEA"
    aws_regions  = ["eu-north-1"]
  }
  promise "third-country-transfer" { allowed = false }
  promise "sub-processor-agreement" {}
  promise "sub-processor-register" {
    provider = "Molnleverantören AB"
    service  = "drift"
    location = "Sverige"
    data     = ["namn", "e-postadress"]
  }
}

# 2. Tekniska åtgärder

clause "2.1" {
  title = "Kryptering"
  text  = "Avtalets ord."

  promise "encryption-at-rest" {
    key_source = "provider-managed" # provider-owned, provider-managed, customer-managed eller external
    scope      = ["database", "volume", "object-store", "snapshot", "filesystem"]
  }
  promise "encryption-in-transit" { tls_min = "1.2" }
}

clause "2.2" {
  title = "Nätverk"
  text  = "Avtalets ord."

  promise "private-networks" {}
  promise "firewall" { public_ports = [80, 443] }
  promise "intrusion-detection" {}
}

clause "2.3" {
  title = "Uppdateringar och sårbarheter"
  text  = "Avtalets ord."

  promise "patch-management" { max_age_critical = "14d" }
  promise "vulnerability-scanning" { interval = "30d" }
  promise "environment-separation" {}
}

clause "2.4" {
  title = "Säkerhetskopiering och återläsning"
  text  = "Avtalets ord."

  promise "backup" {
    interval  = "24h"
    retention = "30d"
  }
  promise "backup-encryption" {}
  promise "restore-test" { interval = "1y" }
}

clause "2.5" {
  title = "Loggning och övervakning"
  text  = "Avtalets ord."

  promise "audit-logging" {}
  promise "log-retention" {
    log_retention_min = "90d"
    log_retention_max = "1y"
  }
  promise "security-monitoring" {}
}

clause "3" {
  title = "Gallring och radering"
  text  = "Avtalets ord."

  promise "data-erasure" { within = "30d" }
}

# Ett undantag: en namngiven person godtar ett underkänt resultat till ett datum, högst 365 dagar framåt.
# waiver {
#   check   = "TOM-ENC-002"
#   fact    = "aws_ebs_volume.scratch"
#   reason  = "innehåller inga personuppgifter"
#   owner   = "Förnamn Efternamn"
#   ticket  = "OPS-123"
#   expires = "2026-12-31"
# }

# Ett intyg: en namngiven person bekräftar en åtgärd som ingen maskin kan se.
# attestation {
#   measure   = "confidentiality-undertaking"
#   by        = "Förnamn Efternamn"
#   role      = "personalchef"
#   date      = "2026-01-15"
#   expires   = "2027-01-15"
#   reference = "protokoll 4/2026"
# }
