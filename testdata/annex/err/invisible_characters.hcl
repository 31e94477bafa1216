title    = "Annex 1"
language = "en"

clause "1" {
  title = "red \u001b[31m"
  text  = "left \u202e thgir"

  promise "backup" {
    scope = ["files\u0007"]
  }
}
