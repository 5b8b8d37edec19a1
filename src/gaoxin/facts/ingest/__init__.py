"""Excel and CSV into the fact base: read, map, check, compare, decide (导入).

1. `workbook.read_table`: bytes → Table, after the inspection has refused what is dangerous or broken.
2. `headers.map_headers`: Table → Mapping, with questions; `mapping` keeps it, `questions.settle` asks again.
3. `draft.draft`: Table and Mapping → Draft, every bad cell with its address.
4. `diff.diff`: Draft and standing values → Diff; `review.page` shows it, `Diff.save` keeps it.
5. `decisions.resolve`: Diff and decisions → what is recorded, all or nothing. The web floor writes it.
6. `annotate.annotate`: the same workbook back, with comments on the bad cells.

Nothing here knows the database; nothing here raises for a bad cell.
"""

from gaoxin.facts.ingest.annotate import annotate, annotated_name
from gaoxin.facts.ingest.decisions import Resolution, Undecided, resolve
from gaoxin.facts.ingest.diff import Diff, diff
from gaoxin.facts.ingest.draft import Draft, draft
from gaoxin.facts.ingest.headers import header_score, map_headers, place_metric
from gaoxin.facts.ingest.identity import KnownSubject, KnownSubjects
from gaoxin.facts.ingest.inspection.limits import FileRefused, Limits
from gaoxin.facts.ingest.lines import DECISIONS, JUDGEMENTS, Line
from gaoxin.facts.ingest.mapping import Column, Mapping, Question
from gaoxin.facts.ingest.progress import PHASES, ImportCancelled
from gaoxin.facts.ingest.questions import settle
from gaoxin.facts.ingest.review import count, page
from gaoxin.facts.ingest.workbook import Table, read_table

__all__ = [
    "DECISIONS",
    "JUDGEMENTS",
    "PHASES",
    "Column",
    "Diff",
    "Draft",
    "FileRefused",
    "ImportCancelled",
    "KnownSubject",
    "KnownSubjects",
    "Limits",
    "Line",
    "Mapping",
    "Question",
    "Resolution",
    "Table",
    "Undecided",
    "annotate",
    "annotated_name",
    "count",
    "diff",
    "draft",
    "header_score",
    "map_headers",
    "page",
    "place_metric",
    "read_table",
    "resolve",
    "settle",
]
