"""Do the figures of a text agree with the facts and with each other? (核稿)

    checked = verify(reading, facts, library.metrics, library.derivations.values())
    checked.summary()                   36 个数字，7 处要改，2 处查无依据
    for problem in checked.problems: …

`Verifier` is built once for many texts. What a verdict can be caused by, and in which words, is listed in
`causes`; how figures are read out of a text is the business of `gaoxin.reading.reader`.
"""

from gaoxin.reading.verifying.causes import VERDICT_WORDS, WORDS, Cause, verdict_of
from gaoxin.reading.verifying.verdicts import Checked, Verdict
from gaoxin.reading.verifying.verifier import Verifier, verify

__all__ = ["VERDICT_WORDS", "WORDS", "Cause", "Checked", "Verdict", "Verifier", "verdict_of", "verify"]
