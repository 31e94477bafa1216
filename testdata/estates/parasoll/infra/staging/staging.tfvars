image_tag   = "2026.11.3-rc1"
backup_days = 30
