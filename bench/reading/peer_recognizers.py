"""The same text through Microsoft Recognizers-Text: numbers, percentages, ordinals, money, measures.

It reads numbers with their units and nothing more: not whose they are, of which metric, for when; and it
verifies nothing.

    python peer_recognizers.py CHARACTERS
"""

from __future__ import annotations

import json
import resource
import sys
import time
import warnings

from material import draft

warnings.simplefilter("ignore")

from recognizers_number import recognize_number, recognize_ordinal, recognize_percentage  # noqa: E402
from recognizers_number_with_unit import recognize_currency, recognize_dimension  # noqa: E402
from recognizers_text import Culture  # noqa: E402

ASKED = (recognize_number, recognize_percentage, recognize_ordinal, recognize_currency, recognize_dimension)


def main() -> None:
    text = draft(int(sys.argv[1]))
    best, found = float("inf"), 0
    for recognise in ASKED:
        recognise("三十五亿元", Culture.Chinese)  # the models are built when they are first asked
    for _ in range(3):
        started = time.process_time()
        found = sum(len(recognise(text, Culture.Chinese)) for recognise in ASKED)
        best = min(best, time.process_time() - started)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    print(json.dumps({"read": best, "found": found, "peak": peak}))


if __name__ == "__main__":
    main()
