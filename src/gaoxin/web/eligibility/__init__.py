"""Which rules every enterprise of a zone meets, since when, and what is lacking (资格判定)."""
