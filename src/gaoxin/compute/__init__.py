"""The typed expression tree of the rules, and its renderings (表达式树).

1. `language` reads a condition as people write it in a pack and builds a typed tree.
2. `tree` holds the closed set of operations; `bounds` says how large a number can get.
3. `reference` works a tree out for one subject, exactly and with every step told.
4. `polars_frames` and `spark_sql` render the same tree for whole populations; `unsupported` lists what an
   engine cannot do, with the reason.

What a rule is, and what a verdict means, is the business of `gaoxin.rules`.
"""
