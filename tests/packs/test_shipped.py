"""The packs that come with the code pass every gate that stands, each alone and all together."""

import pytest

from gaoxin.packs.library import packs_dir
from gaoxin.workspace.checking import check_packs

SHIPPED = sorted(path.parent.name for path in packs_dir().glob("*/pack.yaml"))


def test_all_shipped_packs_pass_every_gate() -> None:
    verdict = check_packs()
    assert [issue.text("en") for issue in verdict.issues] == []
    assert sorted(verdict.library.packs) == SHIPPED
    assert verdict.library.cases


@pytest.mark.parametrize("pack", SHIPPED)
def test_shipped_pack_stands_on_what_it_declares(pack: str) -> None:
    # Opened alone it has only its dependencies to refer to: an undeclared one shows here.
    assert [issue.text("en") for issue in check_packs([pack]).issues] == []
