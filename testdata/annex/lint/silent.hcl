title    = "Bilaga 1"
language = "sv"

clause "1" {
  text = "Behörigheter ses över löpande enligt artikel 32 punkt 1 och överföring sker enligt Privacy Shield."

  promise "access-review" { vague = true }
  promise "backup" { declared = "planned" }
}

clause "2" {
  promise "data-location" { aws_regions = ["eu-west-2"] }
}
