"""How long Anki's own package takes from its start to the first card of a collection.

anki_first_card.py FOLDER CARDS: builds the collection once, then prints the milliseconds to open it and fetch a card.
"""
import os
import sys
import time

from anki.collection import AddNoteRequest, Collection

folder, cards = sys.argv[1], int(sys.argv[2])
path = os.path.join(folder, "anki.anki2")
if not os.path.exists(path):
    collection = Collection(path)
    basic = collection.models.by_name("Basic")
    deck = collection.decks.id("big")
    requests = []
    for n in range(cards):
        note = collection.new_note(basic)
        note["Front"], note["Back"] = f"What is number {n}?", f"The answer {n}"
        requests.append(AddNoteRequest(note, deck))
    collection.add_notes(requests)
    collection.decks.set_current(deck)
    collection.close()
start = time.perf_counter()
collection = Collection(path)
first = collection.sched.get_queued_cards(fetch_limit=1)
print(1000 * (time.perf_counter() - start))
assert first.cards
collection.close()
