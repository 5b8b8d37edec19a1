"""Floor 5: opens packs and facts and calls the engines; `import gaoxin` ends here."""
