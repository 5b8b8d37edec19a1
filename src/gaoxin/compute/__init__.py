"""The typed expression tree of the rules, and its renderings (表达式树).

1. `language` reads a condition as people write it in a pack and builds a typed tree.
2. `tree` holds the closed set of operations.
3. `reference` works a tree out for one subject, exactly and with every step told.
4. `rendering` writes the same tree as steps over columns, as wide as the bounds of its inputs ask for;
   `polars_frames` and `spark_sql` spell the steps; `unsupported` lists what an engine cannot do, with the
   reason.

A new function of the language begins in `language.parsing.FUNCTIONS`, a new score form in `language.forms`; a
new kind of node is written in `tree`, in `reference` and in `rendering`; a new engine implements
`engines.Engine`.

What a rule is, and what a verdict means, is the business of `gaoxin.rules`.
"""
