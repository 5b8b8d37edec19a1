"""Blocks written by hand: sentences end at 。！？, clauses at commas, semicolons and colons."""

import re
from array import array

from gaoxin.reading.blocks import Block, BlockKind, Clause, Sentence
from gaoxin.reading.stretches import Stretch


def a_block(text: str, kind: BlockKind = "paragraph") -> Block:
    sentences = []
    for found in re.finditer(r"[^。！？]+[。！？]?", text):
        clauses, start = [], found.start()
        for mark in re.finditer(r"[，；：。！？]", found.group()):
            at = found.start() + mark.start()
            clauses.append(Clause(start, at, mark.group()))
            start = at + 1
        if start < found.end():
            clauses.append(Clause(start, found.end(), ""))
        sentences.append(Sentence(found.start(), found.end(), tuple(clauses)))
    return Block(kind, Stretch(text, array("q", range(len(text)))), 0, 1, tuple(sentences))
