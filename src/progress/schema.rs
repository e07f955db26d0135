//! The tables, as numbered steps. A step that was released is never edited: the next one changes
//! what it made.

/// "grnr" at byte 68 of the file tells our databases from those of other programs.
pub(super) const APPLICATION_ID: i64 = 0x6772_6e72;

/// Step n of this list takes format n to format n + 1; the format is SQLite's `user_version`.
pub(super) const STEPS: &[&str] = &[V1];

/// The format that this program writes.
pub(super) const FORMAT: i64 = STEPS.len() as i64;

/// `event` is the truth; `drill_state`, `day` and `stale` follow from it and may be dropped;
/// `draft`, `place`, `lease` and `meta` belong to this machine and are not history.
const V1: &str = "
CREATE TABLE meta (
    key TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE event (
    device TEXT NOT NULL,
    seq INTEGER NOT NULL,
    at INTEGER NOT NULL,
    date TEXT NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    crc INTEGER NOT NULL,
    PRIMARY KEY (device, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX event_subject ON event (kind, subject, at);
CREATE INDEX event_time ON event (kind, at);

CREATE TABLE drill_state (
    drill TEXT NOT NULL PRIMARY KEY,
    case_id TEXT,
    format TEXT NOT NULL,
    step TEXT NOT NULL,
    stability REAL NOT NULL,
    difficulty REAL NOT NULL,
    last INTEGER,
    due INTEGER,
    reps INTEGER NOT NULL,
    lapses INTEGER NOT NULL,
    seconds_mean REAL NOT NULL,
    last_rating INTEGER,
    last_score REAL,
    suspended INTEGER NOT NULL,
    buried_until TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE stale (
    drill TEXT NOT NULL PRIMARY KEY
) STRICT, WITHOUT ROWID;

CREATE TABLE day (
    date TEXT NOT NULL,
    kind TEXT NOT NULL,
    count INTEGER NOT NULL,
    ms INTEGER NOT NULL,
    PRIMARY KEY (date, kind)
) STRICT, WITHOUT ROWID;

CREATE TABLE draft (
    name TEXT NOT NULL PRIMARY KEY,
    at INTEGER NOT NULL,
    body TEXT NOT NULL
) STRICT;

CREATE TABLE place (
    key TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

CREATE TABLE lease (
    name TEXT NOT NULL PRIMARY KEY,
    pid INTEGER NOT NULL,
    renewed INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
";
