clause "1" {
  title = "Resilience"

  promise "resilience" {
    multi_az = true
  }
}
