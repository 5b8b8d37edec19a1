"""Reading Chinese texts: which figures a text states, and whether they agree with the facts (读数与核稿).

1. `papers` opens a draft (.txt, .docx, .pdf); `layout` undoes page layout: blocks, sentences, clauses.
2. `quantities` reads the figures, `times` and `naming` the periods and subjects that are written.
3. `framing` says of each figure what kind of statement it is, whose, when, against what.
4. `linking` finds its metric in the catalogue, `kinship` and `elision` with what its neighbours say.
5. `reader` runs all of it; `verifying` asks the facts.

Every stage keeps the place of each character in the file, so a claim points at what it read.
"""
