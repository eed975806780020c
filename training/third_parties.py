"""Make ``data/reference/third_parties.csv`` from the npm package third-party-web (MIT).

    npm pack third-party-web && tar xzf third-party-web-*.tgz
    python training/third_parties.py package/dist/entities-nostats.json

Then set version and day in ``data/reference/trackers.yml``.
"""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path

TARGET = Path(__file__).resolve().parents[1] / "data" / "reference" / "third_parties.csv"


def main() -> None:
    """Write each domain once, sorted; a leading ``*.`` (with sub-domains) goes without saying."""
    entities = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    rows = {
        domain.removeprefix("*."): (entity["name"], entity["category"])
        for entity in entities
        for domain in entity["domains"]
    }
    with TARGET.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("domain", "company", "kind"))
        writer.writerows((domain, *rows[domain]) for domain in sorted(rows))


if __name__ == "__main__":
    main()
