"""Labels: whether a hundred thousand need more memory than ten thousand, and how many are drawn in a second.

``python -m tests.benchmarks.labels COUNT`` draws that many in a process of its own and tells what it took.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.benchmarks.bench import Bench
from tests.benchmarks.entries import measures
from tests.benchmarks.mailing import FAMILIES, GIVEN, peak
from tests.documents.facts import MOMENT
from walkdesk.documents.labels import Label, label_volumes
from walkdesk.documents.mail import Addressee
from walkdesk.documents.sheet import PaperMeta
from walkdesk.resources.layouts import label_formats

PROJECT = Path(__file__).resolve().parents[2]
FEW, MANY = 10_000, 100_000
SHEET = "a4-24"


def people(count: int) -> Iterator[Label]:
    """Labels to that many invented people; a third in a building, every twentieth with a name that must break."""
    for place in range(1, count + 1):
        name = f"{FAMILIES[place % len(FAMILIES)]} {GIVEN[place // len(FAMILIES) % len(GIVEN)]}"
        if place % 20 == 0:
            name = "アレクサンドラ・マリア・ゴンサレス・デ・ラ・クルス"
        building = "" if place % 3 else f"コーポラティブハウス新宿ヒルズ{place % 7 + 1}号棟 {place % 2000}号室"
        address = f"東京都新宿区西新宿9丁目{place % 90 + 1}番{place % 20 + 1}号"
        yield Label(f"R-0007-{place:06d}", Addressee("160-0023", address, building, name, f"D{place:06d}"))


def drawn(count: int) -> dict[str, float]:
    """What it takes to draw them, each volume forgotten as soon as it is there."""
    begun = time.perf_counter()
    told: list[int] = []
    most = 0.0

    def progress(done: int) -> None:
        nonlocal most
        told.append(done)
        most = max(most, _held())

    meta = PaperMeta("宛名ラベル", "歩楽", MOMENT)
    size = sum(len(pdf) for pdf in label_volumes(people(count), label_formats()[SHEET], meta, progress=progress))
    took = time.perf_counter() - begun
    return {"seconds": took, "most": most, "peak": peak(), "bytes": size, "told": len(told), "done": told[-1]}


def _held() -> float:
    """The memory of this process now in MB; its peak, which reading the fonts makes, would hide what labels add."""
    held = Path("/proc/self/statm")
    if held.is_file():
        return int(held.read_text().split()[1]) * resource.getpagesize() / 2**20
    return peak()


def _job(count: int) -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.benchmarks.labels", str(count)]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    if found["done"] != count:
        raise ValueError(f"{found['done']} of {count} labels were drawn")
    return found


@measures(
    "labels.hundred_thousand",
    "times",
    """the most memory (resident, looked at after every sheet) of a process of its own that draws 100,000 labels, 24 a
    sheet, in volumes, against one that draws 10,000""",
    at_most=1.2,
)
def hundred_thousand(_bench: Bench) -> tuple[float, str]:
    few, many = _job(FEW), _job(MANY)
    held = f"{many['most']:.1f} MB against {few['most']:.1f} MB"
    seen = f"{held}; {MANY / many['seconds']:.0f} labels a second"
    size = f"{many['bytes'] / MANY:.0f} bytes a label, progress told {many['told']} times"
    return many["most"] / few["most"], f"{seen}; {size}"


if __name__ == "__main__":
    sys.stdout.write(json.dumps(drawn(int(sys.argv[1]))))
