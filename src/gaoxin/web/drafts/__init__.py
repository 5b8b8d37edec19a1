"""Drafts handed in, checked figure by figure, corrected, and read into the ledger (核稿)."""
