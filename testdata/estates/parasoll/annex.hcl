# Parasoll Ärende AB är påhittat, liksom dess kunder, kundärenden och anläggning.
title    = "Bilaga 2: Tekniska och organisatoriska åtgärder"
language = "sv"
version  = "3.1"
date     = "2026-03-02"

processor {
  name         = "Parasoll Ärende AB"
  registration = "559999-0001"
}

clause "1.1" {
  title = "Ansvar och styrning"
  text  = <<-EOT
    Parasoll har ett dataskyddsombud. Ledningen fastställer informationssäkerhetspolicyn och går igenom den varje år,
    tillsammans med årets riskanalys.
  EOT

  promise "data-protection-officer" {}
  promise "information-security-management" { review_interval = "1y" }
  promise "risk-assessment" { interval = "1y" }
}

clause "1.2" {
  title = "Medarbetare"
  text  = <<-EOT
    Den som börjar hos oss utbildas i dataskydd under första månaden, och alla utbildas på nytt en gång om året.
    Anställda och konsulter undertecknar en tystnadsförbindelse innan de får behörighet.
  EOT

  promise "security-awareness" { interval = "1y" }
  promise "confidentiality-undertaking" { applies_to = ["employee", "consultant"] }
}

clause "1.3" {
  title = "Behörigheter"
  text  = <<-EOT
    Behörigheter tilldelas efter arbetsuppgift och gås igenom två gånger om året. Lösenord till molnkontot har minst
    fjorton tecken.
  EOT

  promise "access-review" { interval = "6mo" }
  promise "password-policy" { min_length = 14 }
}

clause "1.4" {
  title = "Incidenter"
  text  = <<-EOT
    Vi underrättar den personuppgiftsansvarige om en personuppgiftsincident inom 24 timmar från det att vi har fått
    vetskap om den. Incidenter förs in i ett register.
  EOT

  promise "breach-notification" { notify_within = "24h" }
  promise "incident-response" {}
}

clause "1.5" {
  title = "Underbiträden"
  text  = <<-EOT
    Underbiträden binds av samma åtaganden som vi själva. En ändring i listan meddelas minst trettio dagar i förväg.
  EOT

  promise "sub-processor-agreement" {}
  promise "sub-processor-register" {
    provider      = "Amazon Web Services EMEA SARL"
    service       = "drift"
    location      = "Sverige"
    data          = ["ärendetext", "bilagor", "e-postadress", "namn"]
    change_notice = "30d"
  }
}

clause "2.1" {
  title = "Kryptering"
  text  = <<-EOT
    Trafik till tjänsten och till databaserna krypteras med TLS 1.2 eller senare. Databaser krypteras med nycklar som
    Parasoll förvaltar och byter minst en gång om året; filer, diskar, köer och cacheminnen krypteras åtminstone med
    leverantörens nycklar.
  EOT

  promise "encryption-in-transit" {
    tls_min = "1.2"
    scope   = ["database", "public"]
  }
  promise "encryption-at-rest" {
    key_source   = "customer-managed"
    key_rotation = "1y"
    scope        = ["database"]
  }
  promise "encryption-at-rest" {
    scope = ["cache", "object-store", "queue", "volume"]
  }
}

clause "2.2" {
  title = "Nätverk"
  text  = <<-EOT
    Databaser, cacheminnen och applikationer saknar adresser på internet; bara lastbalanseraren nås utifrån, på
    portarna 80 och 443. Säkerhetsgrupper begränsar trafiken både in och ut. Nätverkstrafiken loggas. Hotdetektering
    är påslagen i varje region som vi använder.
  EOT

  promise "private-networks" {
    private_tiers = ["application", "cache", "database"]
    flow_logs     = true
  }
  promise "firewall" {
    direction    = ["egress", "ingress"]
    public_ports = [80, 443]
  }
  promise "intrusion-detection" {}
}

clause "2.3" {
  title = "Drift och uppdateringar"
  text  = <<-EOT
    Anläggningen beskrivs i Terraform. Produktion och test har skilda konton. Databaser tar emot mindre
    versionsuppdateringar automatiskt, och containeravbildningar genomsöks när de laddas upp. Databaser i drift har
    en reserv i en annan tillgänglighetszon.
  EOT

  promise "configuration-management" { iac = "terraform" }
  promise "environment-separation" { separate_accounts = true }
  promise "patch-management" {
    automated = true
    scope     = ["application", "database"]
  }
  promise "resilience" { multi_az = true }
}

clause "2.4" {
  title = "Utveckling"
  text  = <<-EOT
    All kod granskas av en kollega innan den går i drift. Lösenord och nycklar skrivs aldrig i koden. Avbildningar
    genomsöks efter kända sårbarheter varje månad. Ett penetrationstest av en utomstående planeras till 2027.
  EOT

  promise "secure-development" { practices = ["code-review"] }
  promise "secret-management" { in_code = "forbidden" }
  promise "vulnerability-scanning" { interval = "1mo" }
  promise "penetration-test" {
    interval = "1y"
    declared = "planned"
  }
}

clause "2.5" {
  title = "Åtkomst till molnkontona"
  text  = <<-EOT
    Roller i molnkontona får bara de rättigheter som uppgiften kräver. Den som administrerar dem loggar in med en andra
    faktor.
  EOT

  promise "access-control" {}
  promise "mfa" { scope = ["admin-console"] }
}

clause "2.6" {
  title = "Säkerhetskopior"
  text  = <<-EOT
    Databaser säkerhetskopieras varje dygn och kopiorna sparas i trettio dagar, krypterade med våra egna nycklar.
    Återläsning prövas varje halvår.
  EOT

  promise "backup" {
    interval  = "24h"
    retention = "30d"
  }
  promise "backup-encryption" { key_source = "customer-managed" }
  promise "restore-test" { interval = "6mo" }
}

clause "2.7" {
  title = "Lokaler"
  text  = "Datahallarna drivs och bevakas av Amazon Web Services, vars intyg vi granskar varje år."

  promise "physical-security" {
    responsible = "provider"
    provider    = "Amazon Web Services EMEA SARL"
  }
  promise "supplier-assurance" { review_interval = "1y" }
}

clause "2.8" {
  title = "Arbetsplatser"
  text  = "Datorer har krypterad disk och skärmlås, och kan raderas på avstånd om de tappas bort."

  promise "endpoint-security" { remote_wipe = true }
}

clause "2.9" {
  title = "Loggning och övervakning"
  text  = <<-EOT
    Anrop till molnets gränssnitt loggas i alla regioner, liksom åtkomst till kundernas bilagor. Loggar sparas i minst
    sex och högst tretton månader. Larm går till jouren dygnet runt.
  EOT

  promise "audit-logging" {}
  promise "access-logging" { events = ["change", "view"] }
  promise "log-retention" {
    log_retention_min = "6mo"
    log_retention_max = "13mo"
  }
  promise "security-monitoring" {}
}

clause "2.10" {
  title = "Minimering"
  text  = "Ärendestatistik pseudonymiseras innan den lämnar produktionsmiljön."

  promise "data-protection-by-design" { data_categories = ["bilagor", "e-postadress", "namn", "ärendetext"] }
  promise "pseudonymisation" { applies = "always" }
}

clause "3" {
  title = "Granskning"
  text  = "Åtgärderna i denna bilaga granskas en gång om året, och bristerna följs upp."

  promise "security-review" { interval = "1y" }
}

clause "4" {
  title = "Lokalisering"
  text  = "Personuppgifter lagras i Stockholm och lämnar inte EU/EES."

  promise "data-location" {
    region_class = "EU/EEA"
    aws_regions  = ["eu-north-1"]
  }
  promise "third-country-transfer" { allowed = false }
}

clause "5" {
  title = "Gallring och radering"
  text  = <<-EOT
    Bilagor gallras senast två år efter att ärendet har avslutats. När avtalet upphör raderas allt inom trettio dagar,
    säkerhetskopior inräknade.
  EOT

  promise "data-retention" {
    max     = "2y"
    trigger = "avslutat ärende"
  }
  promise "data-erasure" { within = "30d" }
}

# Flyttas till Stockholm när leveransnätets loggformat byts.
waiver {
  check   = "TOM-LOC-001"
  fact    = "module.edge_logs.aws_s3_bucket.this"
  reason  = "loggarna innehåller avkortade ip-adresser; bucketen flyttas under första kvartalet"
  owner   = "Tuva Berg"
  ticket  = "DRIFT-187"
  expires = "2027-03-31"
}

# Den sista kunden med en gammal e-postklient bytte i somras.
waiver {
  check   = "TOM-TLS-001"
  fact    = "aws_lb_listener.https"
  reason  = "en kund har en e-postklient som bara klarar TLS 1.1"
  owner   = "Tuva Berg"
  ticket  = "DRIFT-151"
  expires = "2026-08-31"
}

attestation {
  measure   = "restore-test"
  by        = "Elias Sund"
  role      = "driftansvarig"
  date      = "2026-09-15"
  expires   = "2027-03-15"
  reference = "återläsningsprotokoll 2026:2"
}

attestation {
  measure   = "confidentiality-undertaking"
  by        = "Mona Ek"
  role      = "personalchef"
  date      = "2026-06-01"
  expires   = "2027-06-01"
  reference = "förteckning över tystnadsförbindelser"
}
