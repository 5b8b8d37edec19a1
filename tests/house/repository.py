"""The files of the repository, as the house tests look at them."""

import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
VENDORED = ROOT / "src" / "gaoxin" / "web" / "static" / "vendor"
_SKIPPED = {".git", ".venv", "node_modules", "__pycache__", "var", "dist", "build"}
_BINARY = {".png", ".ico", ".mo", ".xlsx", ".xls", ".ods", ".xlsm", ".parquet", ".woff2", ".zip"}


@cache
def files() -> tuple[Path, ...]:
    """Every file that is or could be committed; without git, every file outside caches and environments."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        listing = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True).stdout
        found = [ROOT / name for name in listing.split("\0") if name]
    except (OSError, subprocess.CalledProcessError):
        found = [path for path in ROOT.rglob("*") if not _SKIPPED & set(path.relative_to(ROOT).parts)]
    return tuple(sorted(path for path in found if path.is_file()))


def texts() -> list[Path]:
    """The files written by us that can be read as text."""
    return [path for path in files() if path.suffix not in _BINARY and VENDORED not in path.parents]


def python(*folders: str) -> list[Path]:
    roots = [ROOT / folder for folder in folders]
    return [path for path in files() if path.suffix == ".py" and any(root in path.parents for root in roots)]


def shown(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()
