clause "1" {
  title = "Retention of data"

  promise "data-retention" {
    max = "90d"
    auto_delete = true
  }
}
