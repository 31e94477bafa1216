# What tomscan scans in this estate. Paths are relative to this file.
annex    = "annex.hcl"
language = "sv"
paths    = ["."]

environment "production" {
  roots    = ["infra/production", "infra/shared"]
  accounts = ["111122223333", "222233334444"]
}

environment "staging" {
  roots    = ["infra/staging"]
  accounts = ["333344445555"]
}

root "infra/shared" {
  account     = "111122223333"
  environment = "production"
}

root "infra/production" {
  account     = "222233334444"
  environment = "production"
  var_files   = ["infra/production/production.tfvars"]
}

root "infra/staging" {
  account     = "333344445555"
  environment = "staging"
  var_files   = ["infra/staging/staging.tfvars"]
}
