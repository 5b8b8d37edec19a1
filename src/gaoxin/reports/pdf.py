"""A brief as PDF, through WeasyPrint where it is installed (extra `pdf`)."""

from __future__ import annotations

from gaoxin.core.errors import FactError
from gaoxin.reports.briefs import Brief
from gaoxin.reports.html import render_html


def render_pdf(brief: Brief) -> bytes:
    """The printed form of the HTML document.

    Raises: FactError that says how to install the library, or to print the HTML instead.
    """
    try:
        from weasyprint import HTML
    except (ImportError, OSError) as error:
        raise FactError(
            "本机没有装 PDF 组件；请安装 gaoxin[pdf]（要有系统的 pango 库和中文字体），或导出 html 再打印",
            "PDF needs the extra gaoxin[pdf], pango and a Chinese font; or write html and print it",
        ) from error

    def refuse(url: str) -> dict[str, object]:
        raise ValueError(f"a brief loads nothing: {url}")

    made: bytes = HTML(string=render_html(brief), url_fetcher=refuse).write_pdf()
    return made
