"""Floor 6: Django begins and ends here."""
