"""Ask one server for pages as eight people would, and print the 95th percentile of each page.

Bounded by count and time, and only ever against this machine. Each person signs in through the demo role
picker, keeps a connection and asks for the pages in turn; a page that does not answer 200 stops the run.
"""

from __future__ import annotations

import argparse
import http.client
import re
import statistics
import threading
import time
import urllib.parse
from collections import defaultdict

LIMIT_SECONDS = 120


class Person:
    """One signed-in visitor on one kept connection."""

    def __init__(self, port: int, role: str) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self.cookies: dict[str, str] = {}
        self.get("/sign-in/")
        page = self.get("/sign-in/")[1].decode()
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        if not token:
            raise SystemExit("the sign-in page has no form: is the server in demo mode?")
        form = urllib.parse.urlencode({"csrfmiddlewaretoken": token.group(1)})
        status, _ = self.request("POST", f"/sign-in/as/{role}/", form)
        if status not in (302, 303):
            raise SystemExit(f"demo sign-in answered {status}")

    def get(self, path: str) -> tuple[int, bytes]:
        return self.request("GET", path)

    def request(self, method: str, path: str, body: str | None = None) -> tuple[int, bytes]:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body is not None:
            headers |= {"Content-Type": "application/x-www-form-urlencoded"}
        self.connection.request(method, path, body=body, headers=headers)
        answer = self.connection.getresponse()
        content = answer.read()
        for line in answer.headers.get_all("Set-Cookie") or []:
            name, _, rest = line.partition("=")
            self.cookies[name] = rest.split(";")[0]
        return answer.status, content


def measure(port: int, paths: list[str], people: int, rounds: int, role: str) -> dict[str, list[float]]:
    """Seconds per page over all people; the first round warms the server and is not counted."""
    times: dict[str, list[float]] = defaultdict(list)
    lock, failed = threading.Lock(), []
    visitors = [Person(port, role) for _ in range(people)]
    deadline = time.monotonic() + LIMIT_SECONDS

    def walk(person: Person, offset: int) -> None:
        for turn in range(rounds + 1):
            for step in range(len(paths)):
                path = paths[(step + offset) % len(paths)]
                started = time.perf_counter()
                status, _ = person.get(path)
                took = time.perf_counter() - started
                if status != 200:
                    failed.append(f"{path} answered {status}")
                if failed:
                    return
                if turn:
                    with lock:
                        times[path].append(took)
                if time.monotonic() > deadline:
                    return

    threads = [threading.Thread(target=walk, args=(person, number)) for number, person in enumerate(visitors)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        raise SystemExit(failed[0])
    return times


def percentile_95(values: list[float]) -> float:
    return statistics.quantiles(values, n=20)[-1] if len(values) > 1 else values[0]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("port", type=int)
    parser.add_argument("paths", nargs="+")
    parser.add_argument("--people", type=int, default=8)
    parser.add_argument("--rounds", type=int, default=25)
    parser.add_argument("--role", default="statistician")
    chosen = parser.parse_args()
    times = measure(chosen.port, chosen.paths, chosen.people, chosen.rounds, chosen.role)
    for path, values in times.items():
        middle, high = statistics.median(values) * 1000, percentile_95(values) * 1000
        print(f"{path:<72} n={len(values):4d}  median {middle:7.1f} ms  p95 {high:7.1f} ms")


if __name__ == "__main__":
    main()
