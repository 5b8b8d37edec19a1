"""Which text is in this file, and how does a finding get back into it? (文稿进出)

`open_paper` reads .txt, .docx and .pdf, or says why not; `annotated_docx` writes comments where the text
stands, `corrected_docx` puts accepted figures in their places. What the text means is asked in `layout` and
after it.
"""

from gaoxin.reading.papers.annotating import annotated_docx
from gaoxin.reading.papers.correcting import corrected_docx, corrected_text
from gaoxin.reading.papers.opening import open_paper, pasted
from gaoxin.reading.papers.paper import (
    LIMITS,
    READ,
    Change,
    Note,
    Paper,
    PaperError,
    PaperLimits,
    Piece,
    Remark,
)

__all__ = [
    "LIMITS",
    "READ",
    "Change",
    "Note",
    "Paper",
    "PaperError",
    "PaperLimits",
    "Piece",
    "Remark",
    "annotated_docx",
    "corrected_docx",
    "corrected_text",
    "open_paper",
    "pasted",
]
