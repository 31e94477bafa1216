clause "1" {
  title = "Protection against guessing"

  promise "brute-force-protection" {
    mode = "ip-ban"
  }
}
