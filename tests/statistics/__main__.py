"""Counts anew what `kata stats --json` tells, from an export alone, and lists what differs.

    kata export --format json -o all.json
    kata stats --json | python3 tests/statistics all.json

The figures are read from standard input; the day is theirs. What narrows them down is given to
both: decks and filters, `--tag`, `--since`, `--until`. Exit status 1 if anything differs.
"""

import argparse
import json
import sys
from datetime import date

from compare import differences
from figures import Figures
from history import History
from selection import Selection


def arguments():
    parser = argparse.ArgumentParser(prog="statistics", description=__doc__.split("\n")[0])
    parser.add_argument("export")
    parser.add_argument("selection", nargs="*")
    parser.add_argument("--tag", action="append", default=[])
    parser.add_argument("--since", type=date.fromisoformat)
    parser.add_argument("--until", type=date.fromisoformat)
    parser.add_argument("--leech-threshold", type=int, default=8)
    return parser.parse_args()


def main():
    given = arguments()
    told = json.load(sys.stdin)
    with open(given.export, encoding="utf-8") as file:
        history = History(json.load(file))
    today = date.fromisoformat(told["day"])
    selection = Selection(given.selection, given.tag, history.decks, given.leech_threshold)
    figures = Figures(history, today, selection, given.since, given.until)
    found = history.folds_otherwise + list(differences(told, figures.all()))
    for difference in found:
        print(difference)
    return 1 if found else 0


sys.exit(main())
