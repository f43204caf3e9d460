"""The main job in two days, from polling to the digests, without a network."""

import argparse
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

from server import Web

HERE = Path(__file__).parent
EXAMPLE = HERE / "first-days"
SHIPPED_BRIEFINGS = HERE.parent / "state" / "briefings"
USUAL = HERE.parent / "build" / "first-days"
DAYS = ((date(2024, 2, 21), "08:00"), (date(2024, 2, 25), "18:00"))


def main() -> int:
    """Run the example's days; return the first exit code that is not 0."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--into", type=Path, default=USUAL, help="the folder of the demo's workspace")
    workspace = parser.parse_args().into
    shutil.rmtree(workspace, ignore_errors=True)
    (workspace / "state").mkdir(parents=True)
    shutil.copytree(SHIPPED_BRIEFINGS, workspace / "state" / "briefings")
    shutil.copy(EXAMPLE / "monitor.toml", workspace)
    with Web(EXAMPLE / "site", DAYS[0][0]) as web:
        (workspace / "sources.yaml").write_text(web.filled((EXAMPLE / "sources.yaml").read_text()))
        for day, hour in DAYS:
            web.today = day
            code = run_monitor(workspace, "run", "--at", f"{day}T{hour}")
            if code:
                return code
    print("The digests, for readers and for reviewers:")
    for path in sorted((workspace / "reports").glob("*.html")):
        print(f"  {path}" if workspace != USUAL else f"  {path.relative_to(HERE.parent)}")
    return 0


def run_monitor(workspace: Path, *arguments: str) -> int:
    """Run one command of the monitor in the demo's workspace, showing it as a user would type it."""
    print(f"$ monitor {' '.join(arguments)}", flush=True)
    command = [sys.executable, "-m", "monitor", *arguments, "--workspace", str(workspace)]
    return subprocess.run(command, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
