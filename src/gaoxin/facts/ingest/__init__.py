"""Excel and CSV into the fact base: read, map, check, compare, decide (导入).

1. `workbook.read_table`: bytes → Table, after the inspection has refused what is dangerous or broken.
2. `headers.map_headers`: Table → Mapping, with questions; `mapping` keeps it, `questions.settle` asks again.
3. `draft.draft`: Table and Mapping → Draft, every bad cell with its address.
4. `diff.diff`: Draft and standing values → Diff; `review.page` shows it, `Diff.save` keeps it.
5. `decisions.resolve`: Diff and decisions → what is recorded, all or nothing. The web floor writes it.
6. `annotate.annotate`: the same workbook back, with comments on the bad cells.

Nothing here knows the database; nothing here raises for a bad cell.
"""
