"""Floor 3: what is known, about whom, for when, from which source (事实库)."""
