"""The gates a pack passes before anybody relies on it; `gates.table` lists them in order."""
