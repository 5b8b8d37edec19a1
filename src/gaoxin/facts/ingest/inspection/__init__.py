"""What a file is and whether it may be read, before any reader of values touches it (入口检查)."""
