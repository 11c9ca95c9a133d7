"""What a card asks and answers, of its note's fields and its place in the note."""

import re

DELETION = re.compile(r"\\\{\{|\{\{(?:c(\d+)::)?(.+?)(?:::(.*?))?\}\}", re.DOTALL)


def face(note, position):
    """The question and the answer, the question on one line."""
    fields = note["fields"]
    match note["kind"]:
        case "basic":
            sides = fields["front"], fields["back"]
            question, answer = sides[::-1] if position == 1 and fields.get("reverse") else sides
        case "list":
            items = fields["list"]
            at = min(position, len(items) - 1)
            before = [f"{n}. {item}" for n, item in enumerate(items[:at], 1)]
            question = " ".join([fields["front"], *before, f"{at + 1}. …"])
            answer = items[at]
        case "set":
            items = fields["set"]
            at = min(position, len(items) - 1)
            others = [f"- {item}" for i, item in enumerate(items) if i != at]
            question = " ".join([fields["front"], *others, "- …"])
            answer = items[at]
        case "cloze":
            question, answer = cloze(fields["cloze"], position)
    return " ".join(question.split()), answer


def cloze(text, position):
    """The text with the deletions of a place hidden, and what they hide."""
    numbers, largest = [], 0
    for found in DELETION.finditer(text):
        if found[0] != r"\{{":
            number = int(found[1]) if found[1] else largest + 1
            largest = max(largest, number)
            numbers.append(number)
    kinds = list(dict.fromkeys(numbers))
    asked = kinds[min(position, len(kinds) - 1)]
    rest, hidden = iter(numbers), []

    def shown(found):
        if found[0] == r"\{{":
            return "{{"
        if next(rest) != asked:
            return found[2]
        hidden.append(found[2])
        return f"[{'…' if found[3] is None else found[3]}]"

    return DELETION.sub(shown, text), " … ".join(hidden)
