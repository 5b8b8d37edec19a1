"""gaoxin.toml: which packs a workspace opens, and which snapshot its facts come with (工作区设置).

packs = ["chuxiong", "./my-pack"]   # names of shipped packs, or folders beside this file
facts = "snapshots/2026-09-30"      # a frozen snapshot; left out: the packs' own observations
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gaoxin.core.errors import PackError
from gaoxin.core.spelling import did_you_mean

FILE = "gaoxin.toml"
KEYS = ("packs", "facts")


@dataclass(frozen=True, slots=True)
class Settings:
    """What gaoxin.toml says, its paths made absolute.

    Missing: `packs` None opens all shipped packs; `facts` None takes the packs' own observations.
    """

    packs: tuple[str | Path, ...] | None = None
    facts: Path | None = None


def read_settings(path: str | Path | None) -> Settings:
    """The settings of a folder, or of a toml file itself.

    Missing: without a path, gaoxin.toml of the working directory if there is one; else everything shipped.
    Raises: PackError if a path is given and holds no settings, or if the settings cannot be understood.
    """
    if path is None:
        here = Path.cwd() / FILE
        return _parse(here) if here.is_file() else Settings()
    place = Path(path)
    file = place / FILE if place.is_dir() else place
    if not file.is_file():
        raise PackError(
            f'{file} 不存在；请写一个 {FILE}，第一行如 packs = ["national"]',
            f'{file} does not exist; write a {FILE} beginning with packs = ["national"]',
            file=str(file),
        )
    return _parse(file)


def _parse(file: Path) -> Settings:
    try:
        content: dict[str, Any] = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError as error:
        raise PackError(
            f"{file} 不是 UTF-8 编码，请另存为 UTF-8", f"{file} is not UTF-8", file=str(file)
        ) from error
    except tomllib.TOMLDecodeError as error:
        raise PackError(
            f"{file} 写法有误：{error}", f"{file} is not valid TOML: {error}", file=str(file)
        ) from error
    for key in content:
        if key not in KEYS:
            hint_zh, hint_en = did_you_mean(key, KEYS)
            known = "、".join(KEYS)
            raise PackError(
                f"{file} 里有不认识的键 {key}，{hint_zh}可用：{known}",
                f"{file}: unknown key {key}; {hint_en} allowed: {', '.join(KEYS)}",
                file=str(file),
            )
    packs, facts = content.get("packs"), content.get("facts")
    if packs is not None and (
        not isinstance(packs, list) or not all(isinstance(p, str) and p for p in packs)
    ):
        raise PackError(
            f'{file} 的 packs 应是名字的列表，如 packs = ["chuxiong"]',
            f'{file}: packs is a list of names, such as packs = ["chuxiong"]',
            file=str(file),
        )
    if facts is not None and (not isinstance(facts, str) or not facts):
        raise PackError(
            f'{file} 的 facts 应是快照目录，如 facts = "snapshots/2026-09-30"',
            f'{file}: facts is the folder of a snapshot, such as facts = "snapshots/2026-09-30"',
            file=str(file),
        )
    folder = file.resolve().parent
    return Settings(
        packs=None if packs is None else tuple(_pack(name, folder) for name in packs),
        facts=None if facts is None else folder / facts,
    )


def _pack(name: str, folder: Path) -> str | Path:
    return folder / name if "/" in name or "\\" in name or name.startswith(".") else name
