clause "1" {
  title = "Encryption of backups"

  promise "backup-encryption" {
    key_source = "customer-managed"
  }
}
