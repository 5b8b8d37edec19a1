"""The fact base as rows: append-only observations, what stands among them, and who may see it (台账)."""
