"""Keeps the workbench alive: health, the worker, backup and restore (运维)."""
