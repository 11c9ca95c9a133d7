"""Every figure of `kata stats --json`, as docs/statistics.md defines it."""

from collections import Counter
from datetime import timedelta

import faces
from selection import has_tag
from shares import drift, share

WINDOWS = {"today": 1, "7d": 7, "30d": 30, "90d": 90, "365d": 365, "all": None}
KINDS = ["learn", "review", "ahead", "drill", "cram"]
WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
STEPS = [1, 2, 4, 7, 14, 21, 42, 84, 168, 365]
MATURE = 21
LONGEST_ANSWER = 60_000


class Figures:
    """The figures of some cards of a history as of a study day, of the days since and until."""

    def __init__(self, history, today, selection, since, until):
        self.today = today
        self.selection = selection
        self.decks = sorted(filter(selection.has_deck, history.decks))
        self.cards = [card for card in history.cards.values() if selection.has_card(card)]
        self.live = [card for card in self.cards if not card.retired]
        self.of = {card.id: card for card in self.cards}
        # The streak alone is of all days.
        self.ever = [answer for answer in history.answers if answer.card in self.of]
        self.answers = [
            answer
            for answer in self.ever
            if (since is None or since <= answer.day) and (until is None or answer.day <= until)
        ]
        self.counted = list(first_reviews(self.answers))

    def all(self):
        return {
            "day": self.today.isoformat(),
            "cards": {**states(self.cards), **self.others()},
            "retention": [self.retention(window, days) for window, days in WINDOWS.items()],
            "forecast": self.forecast(),
            "streak": self.streak(),
            "days": self.days(),
            "grades": grades(self.answers, "review"),
            "intervals": self.material("interval", lambda card: card.interval),
            "hardest": self.hardest(),
            "decks": self.by_deck(),
            "retention_by_interval": self.retention_by_interval(),
            "hours": [
                {"hour": hour, **self.part(lambda answer: answer.local.hour == hour)}
                for hour in range(24)
            ],
            "weekdays": [
                {"weekday": name, **self.part(lambda answer: answer.day.weekday() == number)}
                for number, name in enumerate(WEEKDAYS)
            ],
            "grades_by_kind": {kind: grades(self.answers, kind) for kind in KINDS},
            "eases": self.material("ease", lambda card: card.ease / 100),
            "leeches": self.leeches(),
            "tags": self.tags(),
            "drift": drift(share(self.in_days(0, 30)), share(self.in_days(30, 120))),
        }

    # History

    def in_days(self, first, end):
        """The counted reviews of the days that were so many days ago: from first, before end."""
        return [
            answer for answer in self.counted if first <= (self.today - answer.day).days < end
        ]

    def retention(self, window, days):
        answers = self.counted if days is None else self.in_days(0, days)
        young = [answer for answer in answers if answer.interval_before < MATURE]
        mature = [answer for answer in answers if answer.interval_before >= MATURE]
        return {
            "window": window,
            "young": share(young),
            "mature": share(mature),
            "all": share(answers),
        }

    def retention_by_interval(self):
        rows = []
        for first, end in zip(STEPS, STEPS[1:] + [None]):
            # A review that came from elsewhere may tell of an interval of 0.
            last = None if end is None else end - 1
            answers = [
                answer
                for answer in self.counted
                if max(answer.interval_before, 1) >= first
                and (last is None or answer.interval_before <= last)
            ]
            rows.append({"from": first, "to": last, **share(answers)})
        return rows

    def part(self, wanted):
        answers = sum(1 for answer in self.answers if wanted(answer))
        return {"answers": answers, **share(filter(wanted, self.counted))}

    def days(self):
        by_day = {}
        for answer in self.answers:
            by_day.setdefault(answer.day, []).append(answer)
        rows = []
        for day, answers in sorted(by_day.items()):
            reviews = [answer for answer in answers if answer.kind in ("review", "ahead")]
            ms = sum(min(answer.ms, LONGEST_ANSWER) for answer in answers)
            rows.append({
                "day": day.isoformat(),
                "reviews": len(reviews),
                "new": sum(answer.kind == "learn" for answer in answers),
                "drills": sum(answer.kind == "drill" for answer in answers),
                "passed": sum(answer.passed for answer in reviews),
                # To the nearest second, a half up.
                "seconds": (2 * ms + 1000) // 2000,
            })
        return rows

    def streak(self):
        days = {answer.day for answer in self.ever}

        def row_to(day):
            length = 0
            while day - timedelta(length) in days:
                length += 1
            return length

        current = row_to(self.today) or row_to(self.today - timedelta(1))
        return {"current": current, "longest": max(map(row_to, days), default=0)}

    # Material

    def others(self):
        return {
            "suspended": sum(card.suspended for card in self.live),
            "retired": len(self.cards) - len(self.live),
        }

    def asked(self, cards):
        return (
            card for card in cards if not (card.retired or card.suspended or card.is_new)
        )

    def forecast(self):
        due = Counter(max(card.due, self.today) for card in self.asked(self.cards))
        days = [self.today + timedelta(ahead) for ahead in range(30)]
        return [{"day": day.isoformat(), "due": due[day]} for day in days]

    def material(self, key, value):
        counts = Counter(value(card) for card in self.live if not card.is_new)
        return [{key: value, "cards": counts[value]} for value in sorted(counts)]

    def group(self, belongs):
        cards = [card for card in self.cards if belongs(card)]
        answers = (answer for answer in self.in_days(0, 30) if belongs(self.of[answer.card]))
        due = sum(card.due <= self.today for card in self.asked(cards))
        return {**states(cards), "due": due, "retention": share(answers)}

    def by_deck(self):
        rows = [
            {"deck": name, **self.group(lambda card: card.deck == name)} for name in self.decks
        ]
        if not self.selection.filters:
            return rows
        # A filter leaves out decks of which nothing is told.
        return [row for row in rows if row["total"] > 0 or row["retention"]["total"] > 0]

    def tags(self):
        tags = {tag.lower() for card in self.cards for tag in card.note["tags"]}
        return [{"tag": tag, **self.group(lambda card: has_tag(card, tag))} for tag in sorted(tags)]

    def hard(self, wanted):
        cards = [card for card in self.live if not card.is_new and wanted(card)]
        cards.sort(key=lambda card: (-card.lapses, card.ease, card.id))
        return [self.hard_card(card) for card in cards]

    def hardest(self):
        return self.hard(lambda card: card.lapses > 0 or card.ease < 250)[:10]

    def leeches(self):
        return self.hard(self.selection.is_leech)

    def hard_card(self, card):
        question, answer = faces.face(card.note, card.position)
        return {
            "card": card.id,
            "deck": card.deck,
            "lapses": card.lapses,
            "ease": card.ease / 100,
            "question": question,
            "interval": card.interval,
            "suspended": card.suspended,
            "advice": self.advice(card, answer),
        }

    def advice(self, card, answer):
        if self.selection.is_leech(card):
            return "rewrite_and_resume" if card.suspended else "rewrite_or_suspend"
        if len(answer.split()) > 20:
            return "split"
        if card.lapses >= max(2, -(-self.selection.thresholds[card.deck] // 2)):
            return "rewrite"
        return "add_a_hint" if card.ease < 180 else "wait"


def first_reviews(answers):
    """Of the answers of kind `review`, the first of a card on a study day."""
    seen = set()
    for answer in answers:
        if answer.kind == "review" and (answer.card, answer.day) not in seen:
            seen.add((answer.card, answer.day))
            yield answer


def grades(answers, kind):
    counts = Counter(answer.grade for answer in answers if answer.kind == kind)
    return {str(grade): counts[grade] for grade in range(6)}


def states(cards):
    live = [card for card in cards if not card.retired]
    known = [card for card in live if not card.is_new]
    mature = sum(card.interval >= MATURE for card in known)
    return {
        "total": len(live),
        "new": len(live) - len(known),
        "young": len(known) - mature,
        "mature": mature,
    }
