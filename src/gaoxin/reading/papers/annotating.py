"""Writes comments (批注) into a draft exactly where its figures stand.

A .docx keeps everything it was: only runs are cut and comments added, and the template it names (an address
Word fetches macros from when it opens the file) is left off. A draft that came as text or PDF is
written into a new document first.
"""

from __future__ import annotations

import io
from collections.abc import Sequence

from docx.document import Document as Word
from docx.opc.constants import CONTENT_TYPE
from docx.oxml.ns import qn

from gaoxin.reading.papers.clock import wall_clock
from gaoxin.reading.papers.paper import Note, Paper
from gaoxin.reading.papers.plain_word import plain_word
from gaoxin.reading.papers.runs import covering, cut_runs
from gaoxin.reading.papers.word_file import load
from gaoxin.reading.papers.word_text import Leaf


def annotated_docx(paper: Paper, notes: Sequence[Note]) -> bytes:
    """The draft as a Word document with a comment on the characters of each note.

    Raises: ValueError when the characters of a note are none of the text.
    """
    word, leaves = word_of(paper)
    spans = cut_runs(leaves, [place for note in notes for place in (note.start, note.end)])
    for note in notes:
        held = covering(spans, note.start, note.end)
        comment = word.comments.add_comment(text=note.text, author=note.author, initials=note.author[:1])
        comment._comment_elm.set(qn("w:date"), wall_clock())
        held[-1].run.insert_comment_range_end_and_reference_below(comment.comment_id)
        held[0].run.insert_comment_range_start_above(comment.comment_id)
    return saved(word)


def word_of(paper: Paper) -> tuple[Word, list[Leaf]]:
    """The document behind the paper, to be written into; each call makes a fresh one."""
    if paper.kind == "docx":
        word, _, leaves = load(paper.data)
        return word, leaves
    return plain_word(paper)


def saved(word: Word) -> bytes:
    _without_template(word)
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


def _without_template(word: Word) -> None:
    held = word.part.package
    parts = [part for part in held.iter_parts() if part.content_type == CONTENT_TYPE.WML_SETTINGS]
    for part in parts:
        for name, rel in list(part.rels.items()):
            if rel.reltype.endswith("/attachedTemplate"):
                del part.rels[name]
    for named in word.settings.element.findall(qn("w:attachedTemplate")):
        word.settings.element.remove(named)
