"""Floor 5: opening a workspace."""
