clause "1" {
  title = "Second factors"

  promise "mfa" {
    scope = ["user"]
  }
}
