"""Tables to paste and to keep: Markdown, HTML, CSV and a whole page of them that prints well."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

_LINK = re.compile(r"\[([^\]]+)\]\((https?://[^)\s]+)\)")
# A spreadsheet runs what begins with one of these.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_STYLE = (
    "body{font:1rem/1.5 Georgia,serif;max-width:70rem;margin:2rem auto;padding:0 1rem;color:#111}"
    "table{border-collapse:collapse;width:100%;margin:0 0 2rem}caption{text-align:left;font-weight:bold;"
    "padding:.5rem 0}th,td{border:1px solid #555;padding:.3rem .5rem;text-align:left;vertical-align:top;"
    "overflow-wrap:anywhere}thead{display:table-header-group}tr{break-inside:avoid}"
    "@media print{body{margin:0;max-width:none;font-size:10pt}a{color:inherit}}"
)


@dataclass(frozen=True, slots=True)
class Table:
    """Cells are plain words; a link is written ``[words](address)``. The first column heads its row."""

    name: str
    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def table_markdown(table: Table) -> str:
    """Return the table with its caption, to paste."""
    lines = [f"**{table.caption}**", "", _line(table.columns), _line(["---"] * len(table.columns))]
    return "\n".join([*lines, *(_line(row) for row in table.rows)]) + "\n"


def table_html(table: Table) -> str:
    """Return the table as an element, with header cells and a caption."""
    head = "".join(f'<th scope="col">{escape(each)}</th>' for each in table.columns)
    body = "\n".join(_row(row) for row in table.rows)
    return (
        f"<table>\n<caption>{escape(table.caption)}</caption>\n<thead><tr>{head}</tr></thead>\n"
        f"<tbody>\n{body}\n</tbody>\n</table>"
    )


def table_csv(table: Table) -> str:
    """Return the rows for a spreadsheet; no cell of it is a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(table.columns)
    writer.writerows([_inert(cell) for cell in row] for row in table.rows)
    return out.getvalue()


def table_rows(table: Table) -> list[dict[str, str]]:
    """Return the rows by their columns, for JSON."""
    return [dict(zip(table.columns, row, strict=True)) for row in table.rows]


def table_records(table: Table) -> list[list[tuple[str, str]]]:
    """Return the rows as labels with values, links by their addresses, for a document without tables."""
    return [
        [(column, _LINK.sub(r"\2", cell)) for column, cell in zip(table.columns, row, strict=True)]
        for row in table.rows
    ]


def tables_page(title: str, paragraphs: Iterable[str], tables: Iterable[Table], *, lang: str = "en") -> str:
    """Return a whole page: a heading, paragraphs, and the tables; it prints without anything lost."""
    words = "\n".join(f"<p>{escape(each)}</p>" for each in paragraphs)
    body = "\n".join(table_html(each) for each in tables)
    return (
        f'<!doctype html>\n<html lang="{escape(lang)}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n"
        f"<h1>{escape(title)}</h1>\n{words}\n{body}\n</main>\n</body>\n</html>\n"
    )


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(' '.join(cell.split()).replace('|', chr(92) + '|') for cell in cells)} |"


def _row(cells: Sequence[str]) -> str:
    first, *rest = cells
    cells_after = "".join(f"<td>{_linked(each)}</td>" for each in rest)
    return f'<tr><th scope="row">{_linked(first)}</th>{cells_after}</tr>'


def _linked(cell: str) -> str:
    parts, end = [], 0
    for link in _LINK.finditer(cell):
        parts += [
            escape(cell[end : link.start()]),
            f'<a href="{escape(link[2])}">{escape(link[1])}</a>',
        ]
        end = link.end()
    return "".join(parts) + escape(cell[end:])


def _inert(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
