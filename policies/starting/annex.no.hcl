# Hva vedlegget til databehandleravtalen deres lover.
#
# - Nummerer punktene slik avtalen gjør, sett avtalens egne ord i text, og stryk det dere ikke har lovet.
# - En parameter som ikke skrives, får katalogens standardverdi og vises i rapporten som "standard, ikke lovet".
#   `tomscan measures TILTAK` forklarer et tiltak og parametrene; `tomscan measures` lister opp alle.
# - Tider skrives med enhet: m (minutter), h (timer), d (døgn), mo (måneder) eller y (år), for eksempel "90d".
# - Det som ennå ikke er på plass, loves med declared = "planned".
# - Kontroller filen med `tomscan annex lint FIL`.

title    = "Vedlegg: tekniske og organisatoriske tiltak"
language = "no"
version  = "1.0"
date     = "2026-01-01"

processor {
  name         = "Databehandleren AS"
  registration = "000 000 000"
}

clause "1" {
  title = "Styringssystem og ansvar"
  text  = "Avtalens ord."

  promise "information-security-management" { review_interval = "1y" }
  promise "risk-assessment" { interval = "1y" }
  promise "security-awareness" { interval = "1y" }
  promise "confidentiality-undertaking" {}
}

clause "2" {
  title = "Tilgangsstyring"
  text  = "Avtalens ord."

  promise "access-control" {}
  promise "access-review" { interval = "6mo" }
  promise "mfa" { scope = ["admin-console", "server-admin"] }
  promise "password-policy" { min_length = 12 }
}

clause "3" {
  title = "Kryptering"
  text  = "Avtalens ord."

  promise "encryption-at-rest" {
    key_source = "provider-managed" # provider-owned, provider-managed, customer-managed eller external
    scope      = ["database", "volume", "object-store", "snapshot", "filesystem"]
  }
  promise "encryption-in-transit" { tls_min = "1.2" }
}

clause "4" {
  title = "Nettverk og drift"
  text  = "Avtalens ord."

  promise "private-networks" {}
  promise "firewall" { public_ports = [80, 443] }
  promise "intrusion-detection" {}
  promise "patch-management" { max_age_critical = "14d" }
}

clause "5" {
  title = "Logging og overvåking"
  text  = "Avtalens ord."

  promise "audit-logging" {}
  promise "access-logging" {}
  promise "log-retention" {
    log_retention_min = "90d"
    log_retention_max = "1y"
  }
  promise "security-monitoring" {}
}

clause "6" {
  title = "Sikkerhetskopiering og gjenoppretting"
  text  = "Avtalens ord."

  promise "backup" {
    interval  = "24h"
    retention = "30d"
  }
  promise "backup-encryption" {}
  promise "restore-test" { interval = "1y" }
}

clause "7" {
  title = "Sikkerhetsrevisjoner og testing"
  text  = "Avtalens ord."

  promise "security-review" { interval = "1y" }
  promise "vulnerability-scanning" { interval = "30d" }
}

clause "8" {
  title = "Avvik og varsling"
  text  = "Avtalens ord."

  promise "incident-response" {}
  promise "breach-notification" { notify_within = "24h" }
}

clause "9" {
  title = "Underleverandører og sted"
  text  = "Avtalens ord."

  promise "data-location" {
    region_class = "EU/EEA"
    aws_regions  = ["eu-north-1"]
  }
  promise "third-country-transfer" { allowed = false }
  promise "sub-processor-register" {
    provider = "Skyleverandøren AS"
    service  = "drift"
    location = "Norge"
    data     = ["navn", "e-postadresse"]
  }
}

clause "10" {
  title = "Sletting"
  text  = "Avtalens ord."

  promise "data-erasure" { within = "30d" }
}

# Et unntak: en navngitt person godtar et resultat som ikke holder, til en dato høyst 365 dager fram.
# waiver {
#   check   = "TOM-ENC-002"
#   fact    = "aws_ebs_volume.scratch"
#   reason  = "inneholder ingen personopplysninger"
#   owner   = "Fornavn Etternavn"
#   ticket  = "OPS-123"
#   expires = "2026-12-31"
# }

# En bekreftelse: en navngitt person går god for et tiltak som ingen maskin kan se.
# attestation {
#   measure   = "confidentiality-undertaking"
#   by        = "Fornavn Etternavn"
#   role      = "personalsjef"
#   date      = "2026-01-15"
#   expires   = "2027-01-15"
#   reference = "protokoll 4/2026"
# }
