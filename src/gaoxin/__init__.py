"""gaoxin (高新): the workbench of a national high-tech zone (国家高新区).

    import gaoxin as gx

    ws = gx.open("./zone")

The names below are the whole public surface. They are looked up on first use, so that the command line
starts without loading data-frame libraries; none of them needs Django.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from gaoxin.core.deadlines import due_date
    from gaoxin.core.errors import GaoxinError
    from gaoxin.core.issues import Issue
    from gaoxin.core.periods import Period
    from gaoxin.workspace.workspace import Workspace, open

_HOMES = {
    "GaoxinError": "gaoxin.core.errors",
    "Issue": "gaoxin.core.issues",
    "Period": "gaoxin.core.periods",
    "Workspace": "gaoxin.workspace.workspace",
    "due_date": "gaoxin.core.deadlines",
    "open": "gaoxin.workspace.workspace",
}

__all__ = ["GaoxinError", "Issue", "Period", "Workspace", "due_date", "open"]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'gaoxin' has no attribute {name!r}")
    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])
