-- The first schema of kata.
--
-- uuids, guids and ids are BLOBs; instants are milliseconds since 1970-01-01 UTC and days are days
-- since then; kinds are the numbers that src/store/columns.rs gives them:
--   note and card: 0 basic, 1 cloze, 2 list, 3 set
--   review: 0 learn, 1 review, 2 ahead, 3 drill, 4 cram
--   mark: 0 suspend, 1 resume, 2 bury, 3 flag, 4 reset, 5 reschedule, 6 relink, 7 undo

PRAGMA application_id = 0x6b617461; -- "kata"

-- The databases that wrote events; one of them is this one.
CREATE TABLE machine (
    id   INTEGER PRIMARY KEY,
    uuid BLOB    NOT NULL UNIQUE CHECK (length(uuid) = 16),
    own  INTEGER NOT NULL CHECK (own IN (0, 1))
) STRICT;

CREATE UNIQUE INDEX machine_own ON machine (own) WHERE own = 1;

-- Text and identity -----------------------------------------------------------------------------

CREATE TABLE deck (
    id      INTEGER PRIMARY KEY,
    name    TEXT NOT NULL UNIQUE,
    title   TEXT,
    tags    TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(tags)),
    source  TEXT,
    options TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(options))
) STRICT;

-- Each imported file. Several may add to one deck, whose row is merged from their heads.
CREATE TABLE source (
    id          INTEGER PRIMARY KEY,
    path        TEXT    NOT NULL UNIQUE,
    deck        INTEGER NOT NULL REFERENCES deck,
    size        INTEGER NOT NULL,
    mtime       INTEGER NOT NULL,
    hash        BLOB    NOT NULL,
    title       TEXT,
    tags        TEXT    NOT NULL CHECK (json_valid(tags)),
    deck_source TEXT,
    options     TEXT    CHECK (json_valid(options)),
    rank        INTEGER NOT NULL DEFAULT 0 -- cached: among the files of its deck, by path
) STRICT;

CREATE INDEX source_deck ON source (deck, path);

CREATE TABLE note (
    id       INTEGER PRIMARY KEY,
    guid     BLOB    NOT NULL UNIQUE CHECK (length(guid) = 10),
    deck     INTEGER NOT NULL REFERENCES deck,
    source   INTEGER REFERENCES source ON DELETE SET NULL,
    kind     INTEGER NOT NULL CHECK (kind BETWEEN 0 AND 3),
    file_id  TEXT,          -- the id it was given in its deck file
    fields   TEXT    NOT NULL CHECK (json_valid(fields)),
    tags     TEXT    NOT NULL CHECK (json_valid(tags)),
    origin   TEXT,          -- its effective source
    position INTEGER NOT NULL CHECK (position >= 0),
    retired  INTEGER NOT NULL CHECK (retired IN (0, 1))
) STRICT;

-- What an import matches with: the notes of its files and decks, and those of no file.
CREATE INDEX note_source ON note (source);
CREATE INDEX note_deck ON note (deck);
CREATE INDEX note_retired ON note (retired) WHERE retired = 1;

CREATE TABLE card (
    id           INTEGER PRIMARY KEY,
    public_id    BLOB    NOT NULL UNIQUE CHECK (length(public_id) = 10),
    note         INTEGER NOT NULL REFERENCES note,
    key          TEXT    NOT NULL,
    position     INTEGER NOT NULL CHECK (position >= 0),
    retired      INTEGER NOT NULL CHECK (retired IN (0, 1)), -- gone from its note, or its note gone
    -- Copied from its note, so that a queue reads one table.
    deck         INTEGER NOT NULL REFERENCES deck,
    kind         INTEGER NOT NULL CHECK (kind BETWEEN 0 AND 3),
    place        INTEGER NOT NULL,                           -- in deck order
    -- Cached: what its events fold to. Can be dropped and rebuilt.
    relinked     INTEGER NOT NULL DEFAULT 0 CHECK (relinked IN (0, 1)), -- another took its events over
    newest       BLOB    CHECK (length(newest) = 16),        -- its newest event
    due          INTEGER,
    interval     INTEGER NOT NULL CHECK (interval BETWEEN 0 AND 36500),
    repetitions  INTEGER NOT NULL CHECK (repetitions >= 0),
    lapses       INTEGER NOT NULL CHECK (lapses >= 0),
    memory       ANY     NOT NULL,                           -- the scheduler's own
    answered     INTEGER,
    was_due      INTEGER,
    asked        INTEGER,
    asked_before INTEGER,
    drill        INTEGER,
    suspended    INTEGER NOT NULL CHECK (suspended IN (0, 1)),
    buried       INTEGER,
    flag         INTEGER NOT NULL CHECK (flag BETWEEN 0 AND 7),
    UNIQUE (note, key)
) STRICT;

-- The hot path: what `kata due` and the first question read, without a look at the table. SQLite
-- takes an index as covering only if the columns of its condition are in it, too.
CREATE INDEX card_due ON card (
    due, deck, note, public_id, interval, answered, kind, position, repetitions, lapses, memory,
    was_due, asked, asked_before, drill, buried, flag, retired, relinked, suspended
) WHERE due IS NOT NULL AND retired = 0 AND relinked = 0 AND suspended = 0;

CREATE INDEX card_new ON card (
    deck, place, public_id, note, kind, position, asked, asked_before, buried, flag,
    due, retired, relinked, suspended
) WHERE due IS NULL AND retired = 0 AND relinked = 0 AND suspended = 0;

CREATE INDEX card_drill ON card (drill) WHERE drill IS NOT NULL;

-- History: append-only --------------------------------------------------------------------------
-- The primary keys are the order of the fold.

CREATE TABLE review (
    uuid            BLOB    NOT NULL UNIQUE CHECK (length(uuid) = 16),
    card            INTEGER NOT NULL REFERENCES card,
    at              INTEGER NOT NULL,
    day             INTEGER NOT NULL,
    utc_offset      INTEGER NOT NULL CHECK (utc_offset BETWEEN -1440 AND 1440),
    machine         INTEGER NOT NULL REFERENCES machine,
    batch           BLOB    NOT NULL CHECK (length(batch) = 16),
    origin          TEXT    CHECK (json_valid(origin)),
    grade           INTEGER NOT NULL CHECK (grade BETWEEN 0 AND 5),
    kind            INTEGER NOT NULL CHECK (kind BETWEEN 0 AND 4),
    ms              INTEGER NOT NULL CHECK (ms BETWEEN 0 AND 4294967295),
    interval_before INTEGER NOT NULL CHECK (interval_before BETWEEN 0 AND 36500),
    interval_after  INTEGER NOT NULL CHECK (interval_after BETWEEN 0 AND 36500),
    PRIMARY KEY (at, uuid)
) STRICT, WITHOUT ROWID;

CREATE TABLE mark (
    uuid       BLOB    NOT NULL UNIQUE CHECK (length(uuid) = 16),
    card       INTEGER NOT NULL REFERENCES card,
    at         INTEGER NOT NULL,
    day        INTEGER NOT NULL,
    utc_offset INTEGER NOT NULL CHECK (utc_offset BETWEEN -1440 AND 1440),
    machine    INTEGER NOT NULL REFERENCES machine,
    batch      BLOB    NOT NULL CHECK (length(batch) = 16),
    origin     TEXT    CHECK (json_valid(origin)),
    kind       INTEGER NOT NULL CHECK (kind BETWEEN 0 AND 7),
    value      ANY,
    PRIMARY KEY (at, uuid),
    CHECK (kind NOT IN (0, 1, 4) OR value IS NULL),
    CHECK (kind <> 2 OR typeof(value) = 'integer'),
    CHECK (kind <> 3 OR (typeof(value) = 'integer' AND value BETWEEN 0 AND 7)),
    CHECK (kind <> 5 OR (typeof(value) = 'text' AND json_valid(value))),
    CHECK (kind <> 6 OR (typeof(value) = 'blob' AND length(value) = 10)),
    CHECK (kind <> 7 OR (typeof(value) = 'blob' AND length(value) = 16))
) STRICT, WITHOUT ROWID;

CREATE INDEX review_card ON review (card, at);
CREATE INDEX mark_card ON mark (card, at);

-- What a study day's limits are counted from.
CREATE INDEX review_day ON review (day);

-- What an undo revokes besides the batch's first event.
CREATE INDEX review_batch ON review (batch) WHERE batch <> uuid;
CREATE INDEX mark_batch ON mark (batch) WHERE batch <> uuid;

-- Whether an event is undone; who took a card's events over.
CREATE INDEX mark_undo ON mark (value) WHERE kind = 7;
CREATE INDEX mark_relink ON mark (value) WHERE kind = 6;

CREATE TRIGGER review_never_changes BEFORE UPDATE ON review
BEGIN
    SELECT raise(ABORT, 'history is append-only: a review is never changed');
END;

CREATE TRIGGER review_never_goes BEFORE DELETE ON review
BEGIN
    SELECT raise(ABORT, 'history is append-only: a review is never deleted');
END;

CREATE TRIGGER mark_never_changes BEFORE UPDATE ON mark
BEGIN
    SELECT raise(ABORT, 'history is append-only: a mark is never changed');
END;

CREATE TRIGGER mark_never_goes BEFORE DELETE ON mark
BEGIN
    SELECT raise(ABORT, 'history is append-only: a mark is never deleted');
END;

-- Reviews and marks as one history, public ids in place of row numbers. The casts give both halves
-- the same affinities: without, SQLite sorts the whole instead of merging two sorted halves.
CREATE VIEW event AS
SELECT review.uuid AS uuid, review.card AS card_row, card.public_id AS card, review.at AS at,
       review.day AS day, review.utc_offset AS utc_offset, machine.uuid AS machine,
       review.batch AS batch, review.origin AS origin,
       EXISTS (SELECT 1 FROM mark AS undo WHERE undo.kind = 7 AND undo.value = review.uuid) AS undone,
       review.grade AS grade, review.kind AS review_kind, review.ms AS ms,
       review.interval_before AS interval_before, review.interval_after AS interval_after,
       CAST(NULL AS INTEGER) AS mark_kind, CAST(NULL AS BLOB) AS value
FROM review
JOIN card ON card.id = review.card
JOIN machine ON machine.id = review.machine
UNION ALL
SELECT mark.uuid, mark.card, card.public_id, mark.at,
       mark.day, mark.utc_offset, machine.uuid,
       mark.batch, mark.origin,
       EXISTS (SELECT 1 FROM mark AS undo WHERE undo.kind = 7 AND undo.value = mark.uuid),
       CAST(NULL AS INTEGER), CAST(NULL AS INTEGER), CAST(NULL AS INTEGER),
       CAST(NULL AS INTEGER), CAST(NULL AS INTEGER),
       mark.kind, mark.value
FROM mark
JOIN card ON card.id = mark.card
JOIN machine ON machine.id = mark.machine;
