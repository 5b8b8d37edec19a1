"""Subjects and packs: parents exist, codes are valid, a pack's zone is a zone."""

from __future__ import annotations

from gaoxin.core.errors import IdentifierError
from gaoxin.core.identifiers import check_uscc, region_code
from gaoxin.packs.gates.refer.complaints import Complaints
from gaoxin.packs.library import Library
from gaoxin.packs.schemas import SubjectSpec

KINDS = (
    "zone",
    "region",
    "enterprise",
    "industry",
    "project",
    "person",
    "platform",
    "parcel",
    "fund",
    "chain_node",
)


def refer_subjects(library: Library, complaints: Complaints) -> None:
    """Every subject, then the zone of every pack."""
    for subject in library.subjects.values():
        complaints.known(subject.origin.at("code"), subject.kind, KINDS, "主体种类", "subject kind")
        for name in ("parent", "zone"):
            complaints.known(
                subject.origin.at(name), getattr(subject, name), library.subjects, "主体", "subject"
            )
        _codes(subject, complaints)
        _not_its_own_parent(subject, library, complaints)
    for pack in library.packs.values():
        origin = pack.origin.at("zone")
        if pack.zone is not None and not pack.zone.startswith("zone/"):
            complaints.add(
                "unknown_subject",
                origin,
                f"zone: {pack.zone} 不是高新区",
                f"zone: {pack.zone} is not a zone",
                "写 zone/<拼写>",
                "write zone/<slug>",
            )
        complaints.known(origin, pack.zone, library.subjects, "主体", "subject")


def _codes(subject: SubjectSpec, complaints: Complaints) -> None:
    slug = subject.code.partition("/")[2]
    try:
        if subject.kind == "region":
            region_code(slug)
    except IdentifierError as error:
        complaints.error("bad_code", subject.origin.at("code"), error)
    try:
        if subject.uscc is not None:
            check_uscc(subject.uscc)
    except IdentifierError as error:
        complaints.error("bad_code", subject.origin.at("uscc"), error)
    if subject.uscc is not None and subject.kind != "enterprise":
        complaints.add(
            "bad_code",
            subject.origin.at("uscc"),
            "只有企业才有统一社会信用代码",
            "only an enterprise has a unified social credit code",
        )


def _not_its_own_parent(subject: SubjectSpec, library: Library, complaints: Complaints) -> None:
    seen = [subject.code]
    here = subject
    while here.parent is not None and here.parent in library.subjects:
        if here.parent in seen:
            chain = " → ".join((*seen, here.parent))
            complaints.add(
                "circular",
                subject.origin.at("parent"),
                f"上级绕成一圈：{chain}",
                f"parents form a circle: {chain}",
            )
            return
        seen.append(here.parent)
        here = library.subjects[here.parent]
