"""What is evaluated and how it is put together: a tree of indicators (评价体系).

`tree` holds the nodes and what must be true of them; `reading` opens a framework from YAML, from a CSV with
one node a row, or from COINr's iMeta.
"""

from gaoxin.indicators.frameworks.reading import read_framework
from gaoxin.indicators.frameworks.tree import Column, Framework, Node

__all__ = ["Column", "Framework", "Node", "read_framework"]
