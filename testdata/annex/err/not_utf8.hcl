title = "ÿ"
