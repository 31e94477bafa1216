clause "1" {
  title = "Backup"

  promise "backup" {
    offsite = true
  }
}
