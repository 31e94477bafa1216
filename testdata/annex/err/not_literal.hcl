title    = upper("annex")
language = "en"

clause "1" {
  title = local.title
  text  = "See ${var.link} and %{ if true }more%{ endif }"

  promise "mfa" {
    root  = !true
    scope = [for s in ["user"] : s]
  }
  promise "backup" {
    retention = 1 + 1
    automated = yes
    scope     = ["database", "${"files"}"]
  }
}
