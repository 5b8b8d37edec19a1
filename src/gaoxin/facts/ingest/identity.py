"""Whom is each row about (认企业)?

Rows are told apart by the unified social credit code; a name alone serves only when exactly one known
subject bears it. A code with a wrong check digit, a code twice in one file, a code and a name of two
different subjects: each is an error that names both sides.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from gaoxin.core.errors import IdentifierError
from gaoxin.core.identifiers import check_uscc
from gaoxin.core.visible import without_invisible
from gaoxin.facts.ingest.cells import shown
from gaoxin.facts.ingest.problems import Problem
from gaoxin.facts.ingest.workbook import Cell

_TOTAL = re.compile(r"(?:全区|全市|全县|园区|本页|其他)?(?:合计|总计|小计|总和|共计|累计|汇总)[:：]?")
_NOTE = re.compile(
    r"(?:附?注|说明|备注|填表|填报|制表|审核|复核|单位负责人|统计负责人|负责人|数据来源|资料来源|联系|报出日期|填报日期|\*|※)"
)


@dataclass(frozen=True, slots=True)
class KnownSubject:
    """A subject the ledger already has."""

    code: str
    name: str
    uscc: str = ""
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KnownSubjects:
    """The known subjects of one kind, found by code, by credit code and by name."""

    by_code: dict[str, KnownSubject] = field(default_factory=dict)
    by_uscc: dict[str, KnownSubject] = field(default_factory=dict)
    by_name: dict[str, list[KnownSubject]] = field(default_factory=dict)

    @classmethod
    def of(cls, subjects: Iterable[KnownSubject]) -> KnownSubjects:
        held = cls(by_name=defaultdict(list))
        for subject in subjects:
            held.by_code[subject.code] = subject
            slug = subject.code.partition("/")[2]
            uscc = subject.uscc or (slug if re.fullmatch(r"[0-9A-Z]{18}", slug) else "")
            if uscc:
                held.by_uscc[uscc] = subject
            for name in {plain_name(name) for name in (subject.name, *subject.aliases)}:
                held.by_name[name].append(subject)
        return held

    def named(self, name: str) -> list[KnownSubject]:
        return self.by_name.get(plain_name(name), [])


@dataclass(slots=True)
class Identity:
    """Who a row is about. `subject` is None for a row that is not loaded; `new` when the ledger does not
    know the subject yet.
    """

    subject: str | None
    name: str = ""
    uscc: str = ""
    new: bool = False
    kind: str = "row"
    column: str = "uscc"
    problem: Problem | None = None


def plain_name(name: str) -> str:
    """A name without spaces, brackets all of one kind: 砚石软件（演示） = 砚石软件(演示)."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", without_invisible(name))).lower()


def is_total(texts: Iterable[str]) -> bool:
    """True for 合计, 总 计, 全区合计 in one of the first cells."""
    return any(_TOTAL.fullmatch(re.sub(r"\s+", "", text)) for text in texts if text)


def is_note(text: str) -> bool:
    """True for the lines below a table: 注：…, 填表人：…"""
    return bool(_NOTE.match(text.strip())) or len(text) > 60


def identify(at: int, uscc: Cell, name: Cell, known: KnownSubjects, kind: str) -> Identity:
    """Who one row is about; the cells of the credit code and the name column, "" where there is none."""
    said = without_invisible(str(name)).strip() if name != "" else ""
    if uscc == "" or not str(uscc).strip():
        return _by_name(at, said, known, kind)
    if isinstance(uscc, float | int):
        return _refused(
            at,
            said,
            "uscc_number",
            f"信用代码被表格软件存成了数字（{shown(uscc)}），后几位已经丢失",
            "the credit code was stored as a number and lost its last digits",
            "请把这一列的格式设为文本，再按执照重填",
            "format the column as text and enter the code again",
        )
    try:
        code = check_uscc(str(uscc))
    except IdentifierError as error:
        found = _refused(at, said, "uscc", error.zh, error.en, "", "")
        found.uscc = shown(str(uscc))
        # The row is not loaded, but whoever bears the name is not missing from the file.
        bearers = known.named(said)
        found.subject = bearers[0].code if len(bearers) == 1 else None
        return found
    subject = known.by_uscc.get(code)
    if subject is None:
        if not said:
            return _refused(
                at,
                "",
                "name_missing",
                f"库里没有 {code}，表里也没写名称，不知道是哪家",
                f"{code} is unknown and the row has no name",
                "请补上企业名称",
                "add the name of the enterprise",
                column="name",
            )
        return Identity(f"{kind}/{code}", said, code, new=True)
    if not said or plain_name(said) in {plain_name(each) for each in (subject.name, *subject.aliases)}:
        return Identity(subject.code, subject.name, code)
    other = [each for each in known.named(said) if each.code != subject.code]
    if other:
        return _refused(
            at,
            said,
            "name_of_another",
            f"信用代码是“{subject.name}”的，名称“{said}”却是另一家（{other[0].uscc or other[0].code}）",
            f"the code belongs to {subject.name!r}, the name {said!r} to another enterprise",
            "请对照执照核对是哪一家",
            "check the licence to see which enterprise is meant",
            column="name",
        )
    return Identity(
        subject.code,
        subject.name,
        code,
        column="name",
        problem=Problem(
            at,
            "name_differs",
            f"库里 {code} 叫“{subject.name}”，表里写的是“{shown(said)}”",
            f"{code} is {subject.name!r} in the ledger, the row says {said!r}",
            "改了名就接受；填错了企业就退回",
            "accept if it was renamed, send back if it is the wrong enterprise",
            severity="warning",
        ),
    )


def _by_name(at: int, name: str, known: KnownSubjects, kind: str) -> Identity:
    if not name:
        return _refused(
            at,
            "",
            "no_identity",
            "这一行有数字，却没有名称和信用代码",
            "the row has figures but neither name nor credit code",
            "请补上信用代码；不要的行请删掉",
            "add the credit code, or delete the row",
        )
    found = known.named(name)
    if len(found) == 1:
        return Identity(found[0].code, found[0].name, found[0].uscc)
    if found:
        return _refused(
            at,
            name,
            "name_ambiguous",
            f"库里有 {len(found)} 家叫“{shown(name)}”",
            f"{len(found)} known subjects are called {name!r}",
            "请填信用代码来区分",
            "add the credit code",
            column="name",
        )
    what = "请补上统一社会信用代码" if kind == "enterprise" else "请核对名称，或先登记这个主体"
    return _refused(
        at,
        name,
        "name_unknown",
        f"库里没有叫“{shown(name)}”的",
        f"no known subject is called {name!r}",
        what,
        "add the credit code, or check the name",
        column="name",
    )


def _refused(
    at: int, name: str, code: str, zh: str, en: str, mend_zh: str, mend_en: str, column: str = "uscc"
) -> Identity:
    return Identity(None, name, problem=Problem(at, code, zh, en, mend_zh, mend_en), column=column)
