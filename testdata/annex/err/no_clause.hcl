title    = "Annex 1"
language = "en"
