"""Saying it back: briefs whose every figure can be traced (报告)."""
