"""Claims of a text without their metrics, found again by the figure as written."""

from datetime import date

from gaoxin.facts.records import Subject
from gaoxin.reading.claims import Claim
from gaoxin.reading.framing import frame
from gaoxin.reading.layout import lay_out
from gaoxin.reading.naming import Names
from gaoxin.reading.quantities import amounts

NAMES = Names(
    (
        Subject("zone/qingchuan", "青川高新区", aliases=("青川国家高新区",), parent="region/qingchuan"),
        Subject("region/qingchuan", "青川市", parent="region/nanling"),
        Subject("region/nanling", "南岭州", parent="region/province"),
        Subject("region/province", "云南省", aliases=("云南",)),
        Subject("industry/medicine", "生物医药", parent="zone/qingchuan"),
        Subject("industry/elsewhere", "生物医药", parent="zone/sandbox"),
        Subject("project/base", "储能电池产业基地", parent="zone/qingchuan"),
        Subject("enterprise/tiangong", "天工精密"),
    )
)


def claims(text: str, published: date | None = None) -> tuple[Claim, ...]:
    blocks = lay_out(text)
    return frame(blocks, [amounts(block) for block in blocks], published, NAMES)


def claim(text: str, written: str, published: date | None = None) -> Claim:
    """The only claim of the text whose figure has these characters."""
    found = [one for one in claims(text, published) if written in one.quote]
    assert len(found) == 1, [one.quote for one in claims(text, published)]
    return found[0]


def period(one: Claim) -> str | None:
    return None if one.period is None else one.period.code
