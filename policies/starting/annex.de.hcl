# Was die Anlage Ihres Auftragsverarbeitungsvertrags zusagt. Die Überschriften folgen der üblichen Gliederung der TOM.
#
# - Nummerieren Sie die Abschnitte wie Ihr Vertrag, setzen Sie dessen Wortlaut in text ein und streichen Sie, was Sie
#   nicht zugesagt haben.
# - Ein Parameter, der nicht dasteht, hat den Standardwert des Katalogs und erscheint als "Standard, nicht zugesagt".
#   `tomscan measures MASSNAHME` erklärt eine Maßnahme und ihre Parameter; `tomscan measures` zeigt alle.
# - Zeiten haben eine Einheit: m (Minuten), h (Stunden), d (Tage), mo (Monate) oder y (Jahre), zum Beispiel "90d".
# - Was noch nicht umgesetzt ist, wird mit declared = "planned" zugesagt.
# - Prüfen Sie die Datei mit `tomscan annex lint DATEI`.

title    = "Anlage: technische und organisatorische Maßnahmen"
language = "de"
version  = "1.0"
date     = "2026-01-01"

processor {
  name         = "Auftragsverarbeiterin GmbH"
  registration = "HRB 00000"
}

# 1. Vertraulichkeit (Art. 32 Abs. 1 lit. b DSGVO)

clause "1.1" {
  title = "Zutrittskontrolle" # zu Räumen
  text  = "Wortlaut des Vertrags."

  promise "physical-security" { responsible = "provider" }
}

clause "1.2" {
  title = "Zugangskontrolle" # zu Systemen
  text  = "Wortlaut des Vertrags."

  promise "mfa" { scope = ["admin-console", "server-admin"] }
  promise "password-policy" { min_length = 12 }
  promise "brute-force-protection" {}
  promise "firewall" { public_ports = [80, 443] }
}

clause "1.3" {
  title = "Zugriffskontrolle" # auf Daten
  text  = "Wortlaut des Vertrags."

  promise "access-control" {}
  promise "access-review" { interval = "6mo" }
  promise "encryption-at-rest" {
    key_source = "provider-managed" # provider-owned, provider-managed, customer-managed oder external
    scope      = ["database", "volume", "object-store", "snapshot", "filesystem"]
  }
}

clause "1.4" {
  title = "Trennungskontrolle"
  text  = "Wortlaut des Vertrags."

  promise "tenant-separation" { level = "row" }
  promise "environment-separation" {}
  promise "private-networks" {}
}

# 2. Integrität

clause "2.1" {
  title = "Weitergabekontrolle"
  text  = "Wortlaut des Vertrags."

  promise "encryption-in-transit" { tls_min = "1.2" }
}

clause "2.2" {
  title = "Eingabekontrolle"
  text  = "Wortlaut des Vertrags."

  promise "audit-logging" {}
  promise "log-retention" {
    log_retention_min = "90d"
    log_retention_max = "1y"
  }
}

# 3. Verfügbarkeit und Belastbarkeit

clause "3.1" {
  title = "Verfügbarkeitskontrolle"
  text  = "Wortlaut des Vertrags."

  promise "backup" {
    interval  = "24h"
    retention = "30d"
  }
  promise "backup-encryption" {}
  promise "resilience" { multi_az = true }
  promise "patch-management" { max_age_critical = "14d" }
}

clause "3.2" {
  title = "Rasche Wiederherstellbarkeit"
  text  = "Wortlaut des Vertrags."

  promise "restore-test" { interval = "1y" }
}

# 4. Regelmäßige Überprüfung, Bewertung und Evaluierung

clause "4.1" {
  title = "Datenschutz-Management"
  text  = "Wortlaut des Vertrags."

  promise "information-security-management" { review_interval = "1y" }
  promise "security-awareness" { interval = "1y" }
  promise "security-review" { interval = "1y" }
}

clause "4.2" {
  title = "Incident-Response-Management"
  text  = "Wortlaut des Vertrags."

  promise "incident-response" {}
  promise "breach-notification" { notify_within = "24h" }
  promise "security-monitoring" {}
}

clause "4.3" {
  title = "Auftragskontrolle"
  text  = "Wortlaut des Vertrags."

  promise "documented-instructions" {}
  promise "sub-processor-agreement" {}
  promise "sub-processor-register" {
    provider = "Cloudanbieter GmbH"
    service  = "Betrieb"
    location = "Deutschland"
    data     = ["Name", "E-Mail-Adresse"]
  }
  promise "data-location" {
    region_class = "EU/EEA"
    aws_regions  = ["eu-central-1"]
  }
  promise "third-country-transfer" { allowed = false }
}

clause "4.4" {
  title = "Löschung"
  text  = "Wortlaut des Vertrags."

  promise "data-erasure" { within = "30d" }
}

# Eine Ausnahme: eine namentlich genannte Person nimmt ein nicht erfülltes Ergebnis bis zu einem Datum hin, höchstens 365 Tage.
# waiver {
#   check   = "TOM-ENC-002"
#   fact    = "aws_ebs_volume.scratch"
#   reason  = "enthält keine personenbezogenen Daten"
#   owner   = "Vorname Nachname"
#   ticket  = "OPS-123"
#   expires = "2026-12-31"
# }

# Eine Bestätigung: eine namentlich genannte Person steht für eine Maßnahme ein, die keine Maschine sehen kann.
# attestation {
#   measure   = "confidentiality-undertaking"
#   by        = "Vorname Nachname"
#   role      = "Personalleitung"
#   date      = "2026-01-15"
#   expires   = "2027-01-15"
#   reference = "Protokoll 4/2026"
# }
