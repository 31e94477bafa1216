clause "1" {
  title = "Backup"

  promise "backup" {
    scope = ["files"]
  }
}
