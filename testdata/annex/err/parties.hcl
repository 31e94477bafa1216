title     = "Annex 1"
language  = "en"
processor = { name = "Parasoll AB", vat = "1" }

processor {
  name = "Parasoll AB"
}

controller {
  registration = 5
}

clause "1" {
  promise "mfa" {}
}
