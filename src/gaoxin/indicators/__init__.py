"""Composite evaluation: indicators, scores, ranks, and how sure they are (综合评价)."""
