"""What an export holds, made ready to be counted: answers that stand, and cards folded anew.

Written from docs/statistics.md and the scheduling rules alone; shares no code with kata.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

LONGEST_INTERVAL = 36_500
EASE_OF_A_NEW_CARD = 250
LEAST_EASE = 130


@dataclass
class Answer:
    """A review that was not undone, of the card that has it now."""

    card: str
    day: date
    local: datetime
    grade: int
    kind: str
    ms: int
    interval_before: int

    @property
    def passed(self):
        return self.grade >= 3


@dataclass
class Card:
    """A card, and what its events come to. Eases are in hundredths."""

    id: str
    note: dict
    key: str
    position: int
    retired: bool
    due: date | None = None
    interval: int = 0
    repetitions: int = 0
    lapses: int = 0
    ease: int = EASE_OF_A_NEW_CARD
    suspended: bool = False
    answered: date | None = None

    @property
    def deck(self):
        return self.note["deck"]

    @property
    def is_new(self):
        return self.due is None

    def apply(self, event):
        """Moves on by one event that was not undone."""
        match event["kind"]:
            case "learn" | "review" | "ahead":
                self.answer(event)
            case "suspend":
                self.suspended = True
            case "resume":
                self.suspended = False
            case "reset":
                self.due = self.answered = None
                self.interval = self.repetitions = self.lapses = 0
                self.ease = EASE_OF_A_NEW_CARD
            case "reschedule":
                self.reschedule(event["value"])

    def answer(self, event):
        """SM-2, with the rules for an answer before the card is due."""
        grade, day = event["grade"], date.fromisoformat(event["day"])
        elapsed = self.elapsed(day) if event["kind"] == "ahead" else None
        if event["kind"] == "review" and grade < 3 and self.repetitions > 0:
            self.lapses += 1
        if grade < 3:
            self.repetitions, self.interval = 0, 1
        else:
            if elapsed is None or 2 * elapsed >= self.interval:
                change = {3: -14, 4: 0, 5: 10}[grade]
                self.ease = max(LEAST_EASE, self.ease + change)
                self.repetitions += 1
            if elapsed is not None:
                self.interval = max(self.interval, -(-elapsed * self.ease // 100))
            elif self.repetitions <= 1:
                self.interval = 1
            elif self.repetitions == 2:
                self.interval = 6
            else:
                self.interval = -(-self.interval * self.ease // 100)
            self.interval = min(self.interval, LONGEST_INTERVAL)
        self.due = day + timedelta(self.interval)
        self.answered = day

    def elapsed(self, day):
        """Days since the card was scheduled, if they are fewer than its interval."""
        if self.is_new:
            return None
        since = self.answered or self.due - timedelta(self.interval)
        elapsed = (day - since).days
        return max(elapsed, 0) if elapsed < self.interval else None

    def reschedule(self, to):
        if self.is_new and "interval" not in to:
            return
        self.due = date.fromisoformat(to["due"])
        self.interval = min(to.get("interval", self.interval), LONGEST_INTERVAL)
        self.repetitions = to.get("repetitions", self.repetitions)
        if "ease" in to:
            self.ease = max(LEAST_EASE, round(to["ease"] * 100))


class History:
    """An export's answers in fold order, and its cards by id."""

    def __init__(self, export):
        notes = {note["guid"]: note for note in export["notes"]}
        self.decks = {deck["name"]: deck["options"] for deck in export["decks"]}
        self.cards = {
            card["card"]: Card(
                card["card"], notes[card["note"]], card["key"], card["position"], card["retired"]
            )
            for card in export["cards"]
        }
        events = sorted(export["reviews"] + export["marks"], key=moment)
        undone = {event["value"] for event in events if event["kind"] == "undo"}
        standing = [event for event in events if event["uuid"] not in undone]
        relinks = [event for event in standing if event["kind"] == "relink"]
        # A later relink of the same card wins: it has the answers.
        self.owner = {event["value"]: event["card"] for event in relinks}
        takers = {}
        for event in relinks:
            takers.setdefault(event["value"], set()).add(event["card"])
        for event in standing:
            for card in with_takers(event["card"], takers):
                self.cards[card].apply(event)
        self.answers = [self.answer(event) for event in standing if "grade" in event]
        self.folds_otherwise = [
            difference for card in export["cards"] for difference in self.against(card)
        ]

    def answer(self, review):
        card = review["card"]
        while card in self.owner:
            card = self.owner[card]
        return Answer(
            card,
            date.fromisoformat(review["day"]),
            instant(review) + timedelta(minutes=review["utc_offset"]),
            review["grade"],
            review["kind"],
            review["ms"],
            review["interval_before"],
        )

    def against(self, exported):
        """Where the fold differs from the state that the export tells."""
        card = self.cards[exported["card"]]
        told = {
            "due": card.due and card.due.isoformat(),
            "interval": card.interval,
            "repetitions": card.repetitions,
            "lapses": card.lapses,
            "ease": card.ease / 100,
            "suspended": card.suspended,
        }
        for key, value in told.items():
            if exported[key] != value:
                yield f"card {card.id}: {key} is exported as {exported[key]}, its events say {value}"


def moment(event):
    return instant(event), event["uuid"]


def instant(event):
    """The instant of an event, as UTC without a zone."""
    at = datetime.fromisoformat(event["at"].replace("Z", "+00:00"))
    return at.astimezone(timezone.utc).replace(tzinfo=None)


def with_takers(card, takers):
    """The card, those that took it over, those that took these over, and so on."""
    found, ahead = {card}, [card]
    while ahead:
        for taker in takers.get(ahead.pop(), ()):
            if taker not in found:
                found.add(taker)
                ahead.append(taker)
    return found
