"""Floor 7: the one door for people and cron."""
