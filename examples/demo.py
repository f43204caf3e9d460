"""`make demo`: the main job on the bundled example, from polling to the digests, without a network."""

import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

from server import Web

HERE = Path(__file__).parent
EXAMPLE = HERE / "first-days"
SHIPPED_BRIEFINGS = HERE.parent / "state" / "briefings"
WORKSPACE = HERE.parent / "build" / "demo"
DAYS = ((date(2024, 2, 21), "08:00"), (date(2024, 2, 25), "18:00"))


def main() -> int:
    """Run the example's days; return the first exit code that is neither 0 nor "a source failed"."""
    shutil.rmtree(WORKSPACE, ignore_errors=True)
    (WORKSPACE / "state").mkdir(parents=True)
    shutil.copytree(SHIPPED_BRIEFINGS, WORKSPACE / "state" / "briefings")
    shutil.copy(EXAMPLE / "monitor.toml", WORKSPACE)
    with Web(EXAMPLE / "site", DAYS[0][0]) as web:
        (WORKSPACE / "sources.yaml").write_text(web.filled((EXAMPLE / "sources.yaml").read_text()))
        for day, hour in DAYS:
            web.today = day
            code = run_monitor("run", "--at", f"{day}T{hour}")
            if code:
                return code
    print()
    print("The digests, for readers and for reviewers:")
    for path in sorted((WORKSPACE / "reports").glob("*.html")):
        print(f"  {path.relative_to(HERE.parent)}")
    return 0


def run_monitor(*arguments: str) -> int:
    """Run one command of the monitor in the demo's workspace, showing it as a user would type it."""
    print(f"$ monitor {' '.join(arguments)}", flush=True)
    command = [sys.executable, "-m", "monitor", *arguments, "--workspace", str(WORKSPACE)]
    return subprocess.run(command, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
