"""What a whole register costs: reading, grouping, storing, and both captured registers end to end.

``python bench/registers.py``; the last figure needs the captured registers (../shared/data beside the
project, or $BRIEFING_DATA) and says so where they are missing. CPU and wall seconds of one busy or idle
machine: compare figures of one run.
"""

import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))
DATA = Path(os.environ.get("BRIEFING_DATA", ROOT.parent / "shared" / "data")) / "registers"


def main() -> None:
    """Print a line a figure."""
    print(f"read 7,200 register rows        {_cpu_s(_read_rows):6.2f} s CPU")
    for pairs in (200, 20):
        made = _made_findings(pairs)
        print(f"group 7,500 findings, {pairs:>3} pairs {_cpu_s(lambda each=made: _group(each)):6.2f} s CPU")
    print(f"save 1,000 rows and what follows {_median_save_s():5.2f} s wall, median of 5")
    print(_captures())


def _cpu_s(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def _read_rows() -> None:
    from tests.reading.test_register import ROWS, rows_of

    rows = [ROWS[0] | {"id": number, "name": f"Agreement no. {number}"} for number in range(7_200)]
    rows_of("\n".join(json.dumps(row) for row in rows).encode())


def _made_findings(pairs: int) -> object:
    from tests.ledger.test_properties import many

    return many(7_500, pairs)


def _group(made: object) -> None:
    from monitor.ledger import group

    group(made, (), ())  # type: ignore[arg-type]  # what the tests' maker returns


def _median_save_s() -> float:
    from monitor.store import open_store
    from tests.store.test_ingest import ingest

    took = []
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder) / "m.db", create=True) as store:
        for start in range(0, 5000, 1000):
            batch = ingest(range(start, start + 1000))
            began = time.perf_counter()
            store.save(batch)
            took.append(time.perf_counter() - began)
    return statistics.median(took)


def _captures() -> str:
    if not DATA.is_dir():
        return f"both captured registers         skipped: none at {DATA}"
    with tempfile.TemporaryDirectory() as folder:
        workspace = Path(folder) / "captures"
        shutil.copytree(ROOT / "examples/captures", workspace)
        began = time.monotonic()
        for source, name in (
            ("uk-treaties-capture", "uk-parliament-treaties.json"),
            ("fcdo-capture", "fcdo-uk-treaties.jsonl"),
        ):
            command = [sys.executable, "-m", "monitor", "ingest", "--source", source, str(DATA / name)]
            subprocess.run([*command, "--workspace", str(workspace)], check=True, stdout=subprocess.DEVNULL)
        took_s = time.monotonic() - began
    peak_mb = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return f"both captured registers         {took_s:6.1f} s wall, peak {peak_mb:.0f} MB"


if __name__ == "__main__":
    main()
