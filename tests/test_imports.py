"""The import rule of docs/architecture.md, read from every import in the package."""

import ast
from pathlib import Path

PACKAGE = Path(__file__).parents[1] / "monitor"
PURE = {"language", "sources", "reading", "health", "detection", "ledger", "briefing", "review", "reports"}
EDGES = {"fetching", "workers", "publishing", "store", "scheduling"}
ROOMS = PURE | EDGES
BELOW = {"model", "errors", "language", "files", "expressions", "ports"}
# Who may import whom: a name's layer may import layers with a smaller number, and its own name.
LAYER = {"model": 0, "errors": 0, "ports": 1, "files": 1, "expressions": 1, "language": 1}
LAYER |= dict.fromkeys(ROOMS - {"language"}, 2)
LAYER |= {"recognition": 3, "pipeline": 3, "app": 4, "cli": 5, "web": 5, "__main__": 6}
FORBIDDEN_IN_PURE = {
    "os",
    "pathlib",
    "socket",
    "subprocess",
    "time",
    "shutil",
    "tempfile",
    "requests",
    "sqlalchemy",
}
# One third-party library has one home: a room, or a layer below the rooms.
HOME = {
    "requests": {"fetching"},
    "urllib3": {"fetching"},
    "protego": {"fetching"},
    "bs4": {"reading"},
    "soupsieve": {"reading", "sources"},
    "feedparser": {"reading"},
    "pypdfium2": {"reading"},
    "charset_normalizer": {"reading"},
    "lxml": {"reading"},
    "cssselect": {"sources"},
    "jmespath": {"expressions"},
    "sqlalchemy": {"store"},
    "alembic": {"store"},
    "jinja2": {"reports"},
    "css_inline": {"reports"},
    "altair": {"reports"},
    "vl_convert": {"reports"},
    "apscheduler": {"scheduling"},
    "click": {"cli"},
    "babel": {"language"},
    "ruamel": {"files"},
    "warcio": {"store"},
    "fpdf": {"files"},
}
MODULES = sorted(PACKAGE.rglob("*.py"))


def _imports(tree: ast.AST) -> list[tuple[int, str]]:
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [(node.lineno, alias.name) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"relative import on line {node.lineno}"
            found.append((node.lineno, node.module or ""))
    return found


def _room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def test_imports_keep_to_the_layers():
    """Rooms never import each other; drivers import rooms, rooms import what lies below them."""
    assert [breach for path in MODULES for breach in _across_layers(path)] == []


def _across_layers(path):
    room = _room(path)
    breaches = []
    for line, name in _imports(ast.parse(path.read_text())):
        top, _, rest = name.partition(".")
        if top == "monitor" and rest and room != "__init__":
            target = rest.split(".")[0]
            if target != room and LAYER[target] >= LAYER[room]:
                breaches.append(f"{path.name}:{line}: {room} imports {target}")
        if top in HOME and room not in HOME[top]:
            breaches.append(f"{path.name}:{line}: {top} lives in {HOME[top]}, not in {room}")
        if room in PURE | {"model"} and top in FORBIDDEN_IN_PURE - {"requests", "sqlalchemy"}:
            breaches.append(f"{path.name}:{line}: {room} is pure, it must not import {top}")
    return breaches


def test_pure_rooms_open_nothing_and_read_no_clock():
    """A pure room is a function of its arguments, so stored bodies read the same for ever."""
    assert [breach for path in MODULES if _room(path) in PURE for breach in _impure(path)] == []


def _impure(path):
    breaches = []
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call):
            called = node.func
            if isinstance(called, ast.Name) and called.id == "open":
                breaches.append(f"{path.name}:{node.lineno}: open()")
            if isinstance(called, ast.Attribute) and called.attr in {"now", "today", "utcnow", "read_text"}:
                breaches.append(f"{path.name}:{node.lineno}: .{called.attr}()")
    return breaches


def test_every_room_has_one_front_door():
    """A newcomer finds what a room offers in its __init__."""
    missing = [
        room for room in ROOMS if (PACKAGE / room).is_dir() and not (PACKAGE / room / "__init__.py").exists()
    ]

    assert missing == []
