clause "1" {
  title = "Private networks"

  promise "private-networks" {
    public_entry_points = ["cloudfront"]
  }
}
