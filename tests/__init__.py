"""Tests mirror src; `house` holds the rules of the house, `browser` drives a real Chromium."""
