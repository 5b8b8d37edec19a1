"""Somebody who may read a figure says that it is wrong, and a statistician answers (提出异议)."""
