"""Floor 2: reading, shaping, opening and checking packs."""
