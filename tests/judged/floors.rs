//! What grading is asked to reach, and what it may not fall under again. Both in one table: a floor
//! is the figure reached, rounded down; it only ever goes up. Where a floor is under its target,
//! the target is not met yet.

use super::evaluation::Evaluation;
use super::figures::Measure;
use super::mocks::MockMeasure;
use super::pairs::Part;

/// What a bar is on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Held {
    Answers(Measure),
    /// F1 on good and near pairs, over that of any keyword.
    NearGain,
}

impl Held {
    pub(crate) fn title(self) -> &'static str {
        match self {
            Self::Answers(measure) => measure.title(),
            Self::NearGain => "that F1 over any-keyword's",
        }
    }

    fn is_cost(self) -> bool {
        matches!(self, Self::Answers(measure) if measure.is_cost())
    }

    pub(crate) fn value(self, evaluation: &Evaluation<'_>, part: Part) -> Option<f64> {
        match self {
            Self::Answers(measure) => evaluation.figures(&evaluation.rules, part).value(measure),
            Self::NearGain => evaluation.near_gain(part),
        }
    }
}

/// A measure on the test writers: the target, then the floor on all of their pairs, then the floor
/// on those of unseen items. For a measure that is a cost all three are ceilings.
pub(crate) struct Bar {
    pub(crate) held: Held,
    pub(crate) target: f64,
    pub(crate) test: f64,
    pub(crate) unseen: f64,
}

pub(crate) const ANSWERS: [Bar; 10] = [
    bar(Held::Answers(Measure::Precision), 0.90, 0.91, 0.78),
    bar(Held::Answers(Measure::Recall), 0.80, 0.94, 0.83),
    bar(Held::Answers(Measure::MustRecall), 0.88, 0.95, 0.86),
    bar(Held::Answers(Measure::MacroF1), 0.82, 0.93, 0.80),
    bar(Held::Answers(Measure::NearCredit), 0.10, 0.06, 0.16),
    bar(Held::Answers(Measure::StuffingCredit), 0.03, 0.011, 0.032),
    bar(Held::Answers(Measure::Conflicts), 0.80, 0.89, 0.75),
    bar(Held::Answers(Measure::MaybeRate), 0.15, 0.10, 0.13),
    bar(Held::Answers(Measure::NearF1), 0.0, 0.0, 0.0),
    bar(Held::NearGain, 0.10, 0.33, 0.24),
];

/// A measure on the whole mocks of the test writers.
pub(crate) struct MockBar {
    pub(crate) measure: MockMeasure,
    pub(crate) target: f64,
    pub(crate) floor: f64,
}

pub(crate) const MOCKS: [MockBar; 7] = [
    mock(MockMeasure::WithinOne, 0.95, 0.98),
    mock(MockMeasure::Exact, 0.60, 0.63),
    mock(MockMeasure::Ordered, 1.0, 1.0),
    mock(MockMeasure::Kappa, 0.70, 0.84),
    mock(MockMeasure::StuffedUnderStrong, 1.0, 1.0),
    mock(MockMeasure::SpokenGap, -5.0, -3.6),
    mock(MockMeasure::SpokenMean, 0.0, 2.0),
];

const fn bar(held: Held, target: f64, test: f64, unseen: f64) -> Bar {
    Bar {
        held,
        target,
        test,
        unseen,
    }
}

const fn mock(measure: MockMeasure, target: f64, floor: f64) -> MockBar {
    MockBar {
        measure,
        target,
        floor,
    }
}

impl Bar {
    /// No value means that there was nothing to measure, which holds nothing.
    pub(crate) fn holds(&self, value: Option<f64>, bound: f64) -> bool {
        value.is_some_and(|value| {
            if self.held.is_cost() {
                value <= bound
            } else {
                value >= bound
            }
        })
    }

    pub(crate) fn sign(&self) -> &'static str {
        if self.held.is_cost() {
            "≤"
        } else {
            "≥"
        }
    }
}
