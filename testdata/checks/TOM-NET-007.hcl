clause "1" {
  title = "Private networks"

  promise "private-networks" {
    flow_logs = true
  }
}
