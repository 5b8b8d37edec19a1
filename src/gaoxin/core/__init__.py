"""Floor 1: errors, issues, periods, working days, quantities and identifiers; plain Python."""
