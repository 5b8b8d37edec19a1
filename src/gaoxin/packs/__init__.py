"""Floor 2: reads and checks packs (内容包), the YAML content of the house."""
