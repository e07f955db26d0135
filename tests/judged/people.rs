//! How well the people agree who rated a mock, with each other and with the program.

use super::mocks::{Agreement, Ratings, Scored, Side};
use super::rank::{kappa, within, Rated};

/// Two that rate the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Couple {
    WriterReader,
    ReaderReader,
    ProgramPerson,
    ProgramMedian,
}

impl Couple {
    pub(crate) const ALL: [Self; 4] = [
        Self::WriterReader,
        Self::ReaderReader,
        Self::ProgramPerson,
        Self::ProgramMedian,
    ];

    pub(crate) fn title(self) -> &'static str {
        match self {
            Self::WriterReader => "writer and reader",
            Self::ReaderReader => "reader and reader",
            Self::ProgramPerson => "program and one person",
            Self::ProgramMedian => "program and median",
        }
    }
}

/// What two say of the same mocks.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Accord {
    pub(crate) kappa: f64,
    pub(crate) within_one: f64,
    pub(crate) exact: f64,
}

/// Over the mocks of a side that are no spoken twins, whose ratings are those of their bullets.
pub(crate) fn accord(agreement: &Agreement<'_>, couple: Couple, side: Side) -> Option<Accord> {
    let own = agreement
        .on(Some(side))
        .filter(|scored| scored.mock.twin.is_none());
    let rated: Vec<Rated> = own.flat_map(|scored| rated(scored, couple)).collect();
    Some(Accord {
        kappa: kappa(&rated)?,
        within_one: within(&rated, 1)?,
        exact: within(&rated, 0)?,
    })
}

fn rated(scored: &Scored<'_>, couple: Couple) -> Vec<Rated> {
    let (writer, readers) = (&scored.mock.labels, scored.mock.readers.as_slice());
    match (couple, readers) {
        (Couple::WriterReader, _) => readers.iter().flat_map(|own| both(writer, own)).collect(),
        (Couple::ReaderReader, [a, b, ..]) => both(a, b),
        (Couple::ReaderReader, _) => Vec::new(),
        (Couple::ProgramPerson, _) => {
            let people = scored.mock.rated_by();
            people.flat_map(|own| scored.rated_against(own)).collect()
        }
        (Couple::ProgramMedian, _) => scored.rated_against(&scored.mock.label),
    }
}

fn both(a: &Ratings, b: &Ratings) -> Vec<Rated> {
    let shared = a.iter().filter_map(|(dimension, label)| {
        Some(Rated {
            label: *label,
            score: *b.get(dimension)?,
            fine: 0.0,
        })
    });
    shared.collect()
}
