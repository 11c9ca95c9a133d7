"""Which cards are counted: those of decks, with a tag, and found by a query."""

import operator
import re

SIGNS = {
    "<": operator.lt,
    "<=": operator.le,
    "=": operator.eq,
    ">=": operator.ge,
    ">": operator.gt,
}


class Selection:
    """Decks and filters as they stand on the command line of `kata stats`, without words."""

    def __init__(self, words, tags, decks, leech_threshold):
        filters = [word for word in words if re.search("[:<>=]", word)]
        self.names = [word for word in words if word not in filters]
        self.filters = [self.filter(word) for word in filters]
        self.filters += [lambda card, tag=tag: has_tag(card, tag) for tag in tags]
        self.thresholds = {name: threshold(decks, name, leech_threshold) for name in decks}

    def has_deck(self, name):
        return not self.names or any(is_within(name, above) for above in self.names)

    def has_card(self, card):
        return self.has_deck(card.deck) and all(finds(card) for finds in self.filters)

    def is_leech(self, card):
        return 0 < self.thresholds[card.deck] <= card.lapses

    def filter(self, word):
        """Whether a filter finds a card, as a function of the card."""
        key, sign, value = re.fullmatch("(.+?)(:|<=|>=|<|>|=)(.+)", word).groups()
        if sign != ":":
            return lambda card: SIGNS[sign](number(card, key), float(value))
        match key, value:
            case "deck", _:
                return lambda card: is_within(card.deck, value)
            case "tag", _:
                return lambda card: has_tag(card, value)
            case "is", "new":
                return lambda card: card.is_new
            case "is", "mature":
                return lambda card: not card.is_new and card.interval >= 21
            case "is", "young":
                return lambda card: not card.is_new and card.interval < 21
            case "is", "suspended":
                return lambda card: card.suspended
            case "is", "retired":
                return lambda card: card.retired
            case "is", "leech":
                return self.is_leech
        raise SystemExit(f"the filter {word} is not known here")


def is_within(name, above):
    return (name + "/").startswith(above + "/")


def has_tag(card, tag):
    return any(tag.lower() == own.lower() for own in card.note["tags"])


def number(card, key):
    return card.ease / 100 if key == "ease" else getattr(card, key)


def threshold(decks, name, default):
    """The lapses of a leech of a deck: its own, else those of the nearest deck above that sets
    them."""
    parts = name.split("/")
    for length in range(len(parts), 0, -1):
        options = decks.get("/".join(parts[:length]), {})
        if "leech_threshold" in options:
            return options["leech_threshold"]
    return default
