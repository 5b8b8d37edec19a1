"""The list of complaints that the reference checks add to."""

from __future__ import annotations

from collections.abc import Iterable

from gaoxin.core.errors import GaoxinError, PeriodError, UnitError
from gaoxin.core.issues import Issue, Severity
from gaoxin.core.periods import Period
from gaoxin.core.spelling import did_you_mean
from gaoxin.core.units import Unit, unit
from gaoxin.packs.schemas import Origin


class Complaints:
    """Collects issues; every check goes on after each of them."""

    def __init__(self) -> None:
        self.issues: list[Issue] = []

    def add(
        self,
        code: str,
        origin: Origin,
        zh: str,
        en: str,
        mend_zh: str = "",
        mend_en: str = "",
        *,
        severity: Severity = "error",
    ) -> None:
        self.issues.append(
            Issue(
                code=f"refer.{code}",
                severity=severity,
                zh=zh,
                en=en,
                file=origin.file,
                line=origin.line,
                mend_zh=mend_zh,
                mend_en=mend_en,
            )
        )

    def known(self, origin: Origin, word: str | None, shelf: Iterable[str], zh: str, en: str) -> bool:
        """True if the word is on the shelf or absent; otherwise complain with near spellings."""
        shelf = shelf if isinstance(shelf, dict) else list(shelf)
        if word is None or word in shelf:
            return True
        self.add(
            f"unknown_{en.replace(' ', '_')}",
            origin,
            f"没有{zh} {word}",
            f"unknown {en} {word}",
            *did_you_mean(word, shelf),
        )
        return False

    def period(self, origin: Origin, text: str | None) -> Period | None:
        """The period a text names, or None after a complaint."""
        if text is None:
            return None
        try:
            return Period.parse(text)
        except PeriodError as error:
            self.error(
                "bad_period",
                origin,
                error,
                "写成 2021、2021Q3、2021-06 或 2021-12-31",
                "write 2021, 2021Q3, 2021-06 or 2021-12-31",
            )
            return None

    def unit(self, origin: Origin, symbol: str | None, *, usual: str | None = None) -> Unit | None:
        """The unit a symbol names, or None after a complaint that names the usual one."""
        if symbol is None:
            return None
        try:
            return unit(symbol)
        except UnitError as error:
            mend = (f"这个指标通常用 {usual}", f"this metric is usually in {usual}") if usual else ("", "")
            self.error("unknown_unit", origin, error, *mend)
            return None

    def error(
        self, code: str, origin: Origin, error: GaoxinError, mend_zh: str = "", mend_en: str = ""
    ) -> None:
        """Complain in the words of an error from the floor below."""
        self.add(code, origin, error.zh, error.en, mend_zh, mend_en)
