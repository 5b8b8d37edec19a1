"""Tests of the web floor, on SQLite or on the server named by GAOXIN_TEST_DATABASE_URL."""
