//! Where the first run stands, in order.

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Stage {
    Date,
    Minutes,
    Level,
    Topics,
    Saved,
    Sentences,
    Question,
    Curveball,
    Debrief,
    Missing,
    Plan,
    Skeleton,
}

pub(super) const STAGES: [Stage; 12] = [
    Stage::Date,
    Stage::Minutes,
    Stage::Level,
    Stage::Topics,
    Stage::Saved,
    Stage::Sentences,
    Stage::Question,
    Stage::Curveball,
    Stage::Debrief,
    Stage::Missing,
    Stage::Plan,
    Stage::Skeleton,
];

impl Stage {
    /// Counted from one, as the title shows it.
    pub(super) fn number(self) -> usize {
        STAGES.iter().take_while(|stage| **stage <= self).count()
    }

    pub(super) fn next(self) -> Option<Self> {
        STAGES.into_iter().find(|stage| *stage > self)
    }
}
