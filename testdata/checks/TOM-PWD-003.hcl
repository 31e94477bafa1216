clause "1" {
  title = "Passwords"

  promise "password-policy" {
    rotation = "90d"
  }
}
