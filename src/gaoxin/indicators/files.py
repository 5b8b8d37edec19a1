"""Texts of the files an evaluation reads (文件)."""

from __future__ import annotations

from pathlib import Path

from gaoxin.core.errors import FrameworkError


def text_of(path: str | Path) -> str:
    """UTF-8 with or without its mark, else GB 18030, as Chinese spreadsheet programs save CSV.

    Raises: FrameworkError naming the file if it is not there or is no text.
    """
    file = Path(path)
    try:
        held = file.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise FrameworkError(f"打不开文件 {path}（{reason}）", f"cannot open {path} ({reason})") from None
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return held.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise FrameworkError(f"{file.name} 不是文本文件", f"{file.name} is no text file")
