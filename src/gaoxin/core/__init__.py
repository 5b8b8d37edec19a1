"""The words every floor speaks: periods, quantities, working days, identifiers, issues and errors."""
