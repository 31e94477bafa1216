clause "1" {
  title = "Passwords"

  promise "password-policy" {
    complexity = true
  }
}
