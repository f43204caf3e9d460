"""How many pages that are no answer are recognised, and how many ordinary ones are mistaken for one.

``python bench/shapes.py [-v]`` counts over the pages of tests/health/, each as the document of an
item and as the answer of a feed: precision (of those taken for no answer, how many are none), recall (of
those that are none, how many are taken for it) and how many of them get the right name.
"""

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from monitor.health import check_document_reply
from tests.health.more_pages import MORE_NO_ANSWERS, MORE_ORDINARY
from tests.health.pages import NO_ANSWERS, ORDINARY_PAGES, Shape


def main() -> int:
    """Print the figures; the exit code is 1 where one page is not what it should be."""
    no_answers, ordinary = (*NO_ANSWERS, *MORE_NO_ANSWERS), (*ORDINARY_PAGES, *MORE_ORDINARY)
    found = {shape: _code(shape) for shape in (*no_answers, *ordinary)}
    caught = [shape for shape in no_answers if found[shape]]
    named = [shape for shape in no_answers if found[shape] == shape.code]
    mistaken = [shape for shape in ordinary if found[shape]]
    print(f"{len(no_answers)} pages that are no answer, {len(ordinary)} ordinary ones")
    print(f"precision {len(caught) / (len(caught) + len(mistaken)):.3f}")
    print(f"recall    {len(caught) / len(no_answers):.3f}")
    print(f"named     {len(named) / len(no_answers):.3f}")
    for line in _by_code(found):
        print(line)
    wrong = {shape: code for shape, code in found.items() if code != shape.code}
    for shape, code in wrong.items():
        print(f"  {shape.name}: {code or 'taken for a page'}, should be {shape.code or 'a page'}")
    return int(bool(wrong))


def _code(shape: Shape) -> str | None:
    objection = check_document_reply(shape.reply())
    return objection.reason.code if objection else None


def _by_code(found: dict[Shape, str | None]) -> Iterator[str]:
    wanted = Counter(shape.code for shape in found if shape.code)
    right = Counter(shape.code for shape, code in found.items() if shape.code and code == shape.code)
    for code, count in sorted(wanted.items(), key=lambda each: str(each[0])):
        yield f"  {code!s:12} {right[code]:>3} of {count}"


if __name__ == "__main__":
    sys.exit(main())
