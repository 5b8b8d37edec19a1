"""Reading Chinese texts: which figures a text states, and whether they agree with the facts (读数与核稿)."""
