title    = ""
language = " "

clause "1" {}
