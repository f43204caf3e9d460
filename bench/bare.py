"""The floor: a bare requests session asks the same addresses conditionally, and does nothing with them.

``python bench/bare.py PORT ADDRESSES COUNT KIND`` prints one JSON object: ``cycle_s`` of the conditional
pass, after a first pass that collects the validators and opens the connections, and ``fresh_s`` of a
conditional pass with a session of its own, which connects anew as every process does.
"""

import json
import sys
import time

import requests
from sites import address


def ask(session: requests.Session, urls: list[str], etags: dict[str, str]) -> float:
    """Ask every address in turn; return the seconds it took."""
    began = time.perf_counter()
    for url in urls:
        known = {"If-None-Match": etags[url]} if url in etags else {}
        reply = session.get(url, headers=known, timeout=30)
        _ = reply.content
        etags[url] = reply.headers.get("ETag", "")
    return time.perf_counter() - began


def main() -> None:
    port, addresses, count = (int(word) for word in sys.argv[1:4])
    kind = sys.argv[4]
    urls = [f"http://{address(i % addresses)}:{port}/s/{i}/{kind}" for i in range(count)]
    etags: dict[str, str] = {}
    with requests.Session() as session:
        ask(session, urls, etags)
        warm = ask(session, urls, etags)
    with requests.Session() as session:
        fresh = ask(session, urls, etags)
    print(json.dumps({"cycle_s": warm, "fresh_s": fresh}))


if __name__ == "__main__":
    main()
