"""What is wrong with a file that is not YAML, in the words of a person who does not know YAML?

The parser notices a mistake on the line after it as often as on the line itself; the usual ones are sought
on both.
"""

from __future__ import annotations

import yaml

from gaoxin.core.issues import Issue

Words = tuple[str, str, str, str]  # zh, en, mend_zh, mend_en


def syntax_issue(error: yaml.MarkedYAMLError, text: str, file: str) -> Issue:
    """The issue for a parser's complaint."""
    noticed = _line(error)
    lines = text.split("\n")
    code, words = "read.syntax", _as_the_parser_says(error)
    for number in (noticed, noticed - 1):
        line = lines[number] if 0 <= number < len(lines) else ""
        if "\t" in line[: len(line) - len(line.lstrip())]:
            noticed, code = number, "read.tab"
            words = (
                "缩进用了制表符（Tab）",
                "a tab is used for indentation",
                "改用空格缩进",
                "indent with spaces",
            )
            break
        if "：" in line and ": " not in line and not line.rstrip().endswith(":"):
            noticed = number
            words = (
                "键后面是全角冒号“：”",
                "a full-width colon '：' follows a key",
                "改成半角冒号加一个空格",
                "write a plain colon and a space",
            )
            break
    zh, en, mend_zh, mend_en = words
    return Issue(code, "error", zh, en, file, noticed + 1, mend_zh=mend_zh, mend_en=mend_en)


def _line(error: yaml.MarkedYAMLError) -> int:
    """Counted from 0. What was never closed is best found where it was opened."""
    unclosed = "end of stream" in str(error.problem)
    mark = (error.context_mark if unclosed else None) or error.problem_mark or error.context_mark
    return mark.line if mark is not None else 0


def _as_the_parser_says(error: yaml.MarkedYAMLError) -> Words:
    problem = str(error.problem or "not YAML")
    return (
        f"YAML 写法有误（{problem}）",
        f"not valid YAML: {problem}",
        "检查这一行和上一行的缩进、引号和冒号",
        "check indentation, quotes and colons on this line and the one above",
    )
