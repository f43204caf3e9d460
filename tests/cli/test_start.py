"""What a command loads: it begins every minute, and most of the time there is nothing to do."""

import subprocess
import sys

import pytest

AT = "2024-02-25T18:00"
CODE = """
import sys
from monitor.cli import main
try:
    main(sys.argv[2:])
except SystemExit as ended:
    assert ended.code in (0, 3), ended.code
unwanted = set(sys.argv[1].split(",")) & set(sys.modules)
sys.exit(f"loaded: {sorted(unwanted)}" if unwanted else 0)
"""


@pytest.mark.parametrize(
    ("words", "unwanted"),
    [
        pytest.param(["--help"], "monitor.app,pydantic,sqlalchemy,requests,bs4,lxml", id="help"),
        pytest.param(
            ["run", "--at", AT],
            "monitor.detection,monitor.reading.page,monitor.reports.writing,monitor.sources.entry,jinja2,lxml,bs4,"
            "feedparser,ruamel.yaml,apscheduler,alembic",
            id="a-cycle-with-nothing-due",
            marks=pytest.mark.slow,
        ),
    ],
)
def test_a_command_loads_what_it_needs(workspace, monitor, words, unwanted):
    """Parsers, lexicons and schedulers take longer to load than a thousand sites to answer."""
    if words[0] == "run":
        monitor("run", "--at", AT)
        words = [*words, "--workspace", str(workspace)]

    done = subprocess.run(
        [sys.executable, "-c", CODE, unwanted, *words], check=False, capture_output=True, text=True
    )

    assert done.returncode == 0, done.stderr
