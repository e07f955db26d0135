//! Everything the learner can do, as one enum: a variant for each kind of event.

use super::bodies::{
    Bury, Dispute, FirstRun, MockBegin, MockEnd, MockGrade, MockMark, MockRating, Note, NoteRemove,
    Overrule, Plan, Read, Resume, Retract, Review, Second, Setting, Suspend,
};
use super::EventId;
use chrono::{DateTime, NaiveDate, Utc};

/// The kinds are listed once here, with the name under which they are stored. A name is never
/// changed and never used again for something else.
macro_rules! kinds {
    ($($variant:ident = $name:literal,)*) => {
        /// What sort of event it is.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Kind {
            $(#[doc = concat!("Stored as `", $name, "`; see the struct of the same name.")] $variant,)*
        }

        impl Kind {
            /// Every kind that this program knows.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The name under which it is stored.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }

            /// The kind of this name; nothing for a name that only a newer program knows.
            pub fn parse(name: &str) -> Option<Self> {
                match name {
                    $($name => Some(Self::$variant),)*
                    _ => None,
                }
            }
        }

        /// Something the learner did.
        #[derive(Clone, Debug, PartialEq)]
        pub enum Event {
            $(#[doc = concat!("A `", $name, "` event.")] $variant($variant),)*
        }

        impl Event {
            /// What sort of event it is.
            pub fn kind(&self) -> Kind {
                match self {
                    $(Self::$variant(_) => Kind::$variant,)*
                }
            }

            /// The body as it is stored.
            pub(super) fn to_json(&self) -> serde_json::Result<String> {
                match self {
                    $(Self::$variant(body) => serde_json::to_string(body),)*
                }
            }

            /// Reads a stored body.
            pub(super) fn from_json(kind: Kind, body: &str) -> serde_json::Result<Self> {
                match kind {
                    $(Kind::$variant => serde_json::from_str(body).map(Self::$variant),)*
                }
            }
        }

        $(impl From<$variant> for Event {
            fn from(body: $variant) -> Self {
                Self::$variant(body)
            }
        })*
    };
}

kinds! {
    Review = "review",
    Overrule = "overrule",
    Second = "second",
    Retract = "retract",
    Suspend = "suspend",
    Resume = "resume",
    Bury = "bury",
    MockBegin = "mock-begin",
    MockEnd = "mock-end",
    MockMark = "mock-mark",
    MockGrade = "mock-grade",
    MockRating = "mock-rating",
    Dispute = "dispute",
    Read = "read",
    Plan = "plan",
    Note = "note",
    NoteRemove = "note-remove",
    Setting = "setting",
    FirstRun = "first-run",
}

impl Kind {
    /// Whether the schedule of a drill follows from events of this kind.
    pub(super) fn moves_a_drill(self) -> bool {
        matches!(
            self,
            Self::Review | Self::Overrule | Self::Suspend | Self::Resume | Self::Bury
        )
    }

    /// Whether a day's numbers count it; what was taken back is taken off instead.
    pub(super) fn is_counted(self) -> bool {
        self != Self::Retract
    }
}

impl Event {
    /// What the event is about; events are found again by kind and subject.
    pub fn subject(&self) -> String {
        let subject = match self {
            Self::Review(body) => &body.drill,
            Self::Overrule(body) => &body.drill,
            Self::Second(body) => &body.drill,
            Self::Retract(body) => return body.event.to_string(),
            Self::Suspend(body) => &body.drill,
            Self::Resume(body) => &body.drill,
            Self::Bury(body) => &body.drill,
            Self::MockBegin(body) => &body.mock,
            Self::MockEnd(body) => &body.mock,
            Self::MockMark(body) => &body.mock,
            Self::MockGrade(body) => &body.mock,
            Self::MockRating(body) => &body.mock,
            Self::Dispute(body) => {
                return body
                    .mock
                    .clone()
                    .or_else(|| body.drill.clone())
                    .unwrap_or_default()
            }
            Self::Read(body) => &body.case,
            Self::Note(body) => &body.note,
            Self::NoteRemove(body) => &body.note,
            Self::Setting(body) => &body.key,
            Self::Plan(_) | Self::FirstRun(_) => return String::new(),
        };
        subject.clone()
    }

    /// Time that the learner spent on it, where the event says.
    pub fn seconds(&self) -> f64 {
        let seconds = match self {
            Self::Review(body) => body.seconds,
            Self::Second(body) => body.seconds,
            Self::Read(body) => body.seconds,
            Self::MockEnd(body) => body.seconds,
            _ => 0.0,
        };
        super::finite(seconds).max(0.0)
    }
}

/// An event that is about to be stored.
#[derive(Clone, Debug, PartialEq)]
pub struct NewEvent {
    pub at: DateTime<Utc>,
    /// The learner's day at that time. Kept with the event, so that numbers by day can be made
    /// again without knowing where the learner was.
    pub date: NaiveDate,
    pub event: Event,
}

impl NewEvent {
    /// An event at this time, on the learner's day `date`.
    pub fn new(at: DateTime<Utc>, date: NaiveDate, event: impl Into<Event>) -> Self {
        Self {
            at,
            date,
            event: event.into(),
        }
    }
}

/// An event as it was stored.
#[derive(Clone, Debug, PartialEq)]
pub struct Stored {
    pub id: EventId,
    pub at: DateTime<Utc>,
    /// The learner's day when it happened.
    pub date: NaiveDate,
    pub event: Event,
    /// Taken back by a later event.
    pub retracted: bool,
}

impl Stored {
    /// Events are replayed in this order on every machine.
    pub(super) fn order(&self) -> (DateTime<Utc>, &EventId) {
        (self.at, &self.id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn every_kind_has_its_own_name_and_finds_itself() {
        for kind in Kind::ALL {
            assert_eq!(Kind::parse(kind.as_str()), Some(*kind));
        }
        assert_eq!(Kind::parse("from-the-future"), None);
    }

    #[test]
    fn a_body_reads_back_and_unknown_fields_of_a_newer_program_are_ignored() {
        let event = Event::from(Review {
            drill: "eta/why".into(),
            case: Some("eta".into()),
            reply: json!({"choice": 2, "text": "späť \u{1b}[2J"}),
            score: 0.1 + 0.2,
            rating: 3,
            ..Review::default()
        });
        let json = event.to_json().unwrap();
        assert_eq!(Event::from_json(Kind::Review, &json).unwrap(), event);
        let newer =
            r#"{"drill":"a/b","format":"order","step":"data","score":1,"rating":4,"new":[1]}"#;
        assert!(Event::from_json(Kind::Review, newer).is_ok());
    }

    #[test]
    fn a_score_that_is_no_number_is_stored_as_nought() {
        let event = Event::from(Review {
            score: f64::NAN,
            seconds: f64::INFINITY,
            ..Review::default()
        });
        let Event::Review(back) =
            Event::from_json(Kind::Review, &event.to_json().unwrap()).unwrap()
        else {
            panic!("another kind")
        };
        assert_eq!((back.score, back.seconds), (0.0, 0.0));
    }
}
