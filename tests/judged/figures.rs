//! What is measured of verdicts on pairs. Hit is positive; only a good answer is gold positive.

use super::answers::{Gold, Voice};
use super::pairs::Pair;
use greenroom::content::Id;
use greenroom::grading::Verdict;
use std::collections::BTreeMap;

/// True positives, false positives, false negatives.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) tp: usize,
    pub(crate) fp: usize,
    pub(crate) fn_: usize,
}

impl Counts {
    pub(crate) fn add(&mut self, gold: Gold, verdict: Verdict) {
        match (gold == Gold::Good, verdict == Verdict::Hit) {
            (true, true) => self.tp += 1,
            (false, true) => self.fp += 1,
            (true, false) => self.fn_ += 1,
            (false, false) => {}
        }
    }

    pub(crate) fn and(self, other: Self) -> Self {
        Self {
            tp: self.tp + other.tp,
            fp: self.fp + other.fp,
            fn_: self.fn_ + other.fn_,
        }
    }

    pub(crate) fn precision(self) -> Option<f64> {
        share(self.tp, self.tp + self.fp)
    }

    pub(crate) fn recall(self) -> Option<f64> {
        share(self.tp, self.tp + self.fn_)
    }

    /// 2·tp / (2·tp + fp + fn), the harmonic mean of the two above.
    pub(crate) fn f1(self) -> Option<f64> {
        share(2 * self.tp, 2 * self.tp + self.fp + self.fn_)
    }
}

/// None when there is nothing to take a share of.
pub(crate) fn share(part: usize, whole: usize) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

/// The mean F1 over items that have a good answer; without one an item's F1 says nothing.
pub(crate) fn macro_f1<'a>(items: impl Iterator<Item = &'a Counts>) -> Option<f64> {
    let scores: Vec<f64> = items
        .filter(|counts| counts.tp + counts.fn_ > 0)
        .filter_map(|counts| counts.f1())
        .collect();
    (!scores.is_empty()).then(|| scores.iter().sum::<f64>() / scores.len() as f64)
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Measure {
    Precision,
    Recall,
    MustRecall,
    MacroF1,
    /// Near misses and wrong answers that were given the item.
    NearCredit,
    /// Stuffing and off-topic texts that were given the item.
    StuffingCredit,
    /// Wrong answers that were found to contradict.
    Conflicts,
    /// Pairs of any kind that end in "did you say this?".
    MaybeRate,
    /// F1 over good answers and near misses alone.
    NearF1,
}

impl Measure {
    pub(crate) const ALL: [Self; 9] = [
        Self::Precision,
        Self::Recall,
        Self::MustRecall,
        Self::MacroF1,
        Self::NearCredit,
        Self::StuffingCredit,
        Self::Conflicts,
        Self::MaybeRate,
        Self::NearF1,
    ];

    pub(crate) fn title(self) -> &'static str {
        match self {
            Self::Precision => "precision",
            Self::Recall => "recall",
            Self::MustRecall => "recall on musts",
            Self::MacroF1 => "macro-F1 over items",
            Self::NearCredit => "near-miss and wrong given credit",
            Self::StuffingCredit => "stuffing and off-topic given credit",
            Self::Conflicts => "conflicts found",
            Self::MaybeRate => "maybe rate",
            Self::NearF1 => "F1 on good and near pairs",
        }
    }

    /// Whether less is better.
    pub(crate) fn is_cost(self) -> bool {
        matches!(
            self,
            Self::NearCredit | Self::StuffingCredit | Self::MaybeRate
        )
    }
}

/// Verdicts on some pairs, counted.
#[derive(Clone, Debug, Default)]
pub(crate) struct Figures<'a> {
    pub(crate) pairs: usize,
    pub(crate) items: BTreeMap<(&'a Id, &'a Id), Counts>,
    musts: Counts,
    near: Counts,
    kinds: BTreeMap<Gold, Spread>,
    voices: BTreeMap<Voice, Counts>,
}

/// How many of a kind ended in which verdict.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Spread {
    pub(crate) hit: usize,
    pub(crate) maybe: usize,
    pub(crate) missed: usize,
    pub(crate) conflict: usize,
}

impl Spread {
    pub(crate) fn all(self) -> usize {
        self.hit + self.maybe + self.missed + self.conflict
    }
}

impl<'a> Figures<'a> {
    pub(crate) fn of(judged: impl Iterator<Item = (&'a Pair<'a>, Verdict)>) -> Self {
        let mut figures = Self::default();
        for (pair, verdict) in judged {
            figures.add(pair, verdict);
        }
        figures
    }

    fn add(&mut self, pair: &'a Pair<'a>, verdict: Verdict) {
        self.pairs += 1;
        let item = self.items.entry(pair.key()).or_default();
        item.add(pair.gold, verdict);
        if pair.is_must() {
            self.musts.add(pair.gold, verdict);
        }
        if matches!(pair.gold, Gold::Good | Gold::Near) {
            self.near.add(pair.gold, verdict);
        }
        if let Some(voice) = pair.voice.filter(|_| pair.gold == Gold::Good) {
            self.voices
                .entry(voice)
                .or_default()
                .add(pair.gold, verdict);
        }
        let kind = self.kinds.entry(pair.gold).or_default();
        match verdict {
            Verdict::Hit => kind.hit += 1,
            Verdict::Maybe => kind.maybe += 1,
            Verdict::Missed => kind.missed += 1,
            Verdict::Conflict => kind.conflict += 1,
        }
    }

    pub(crate) fn total(&self) -> Counts {
        self.items
            .values()
            .copied()
            .fold(Counts::default(), Counts::and)
    }

    pub(crate) fn kind(&self, gold: Gold) -> Spread {
        self.kinds.get(&gold).copied().unwrap_or_default()
    }

    pub(crate) fn recall_of(&self, voice: Voice) -> Option<f64> {
        self.voices.get(&voice).copied().and_then(Counts::recall)
    }

    pub(crate) fn value(&self, measure: Measure) -> Option<f64> {
        let credit = |kinds: [Gold; 2]| {
            let spreads = kinds.map(|kind| self.kind(kind));
            let hits = spreads.iter().map(|spread| spread.hit).sum();
            share(hits, spreads.into_iter().map(Spread::all).sum())
        };
        let wrong = self.kind(Gold::Wrong);
        match measure {
            Measure::Precision => self.total().precision(),
            Measure::Recall => self.total().recall(),
            Measure::MustRecall => self.musts.recall(),
            Measure::MacroF1 => macro_f1(self.items.values()),
            Measure::NearCredit => credit([Gold::Near, Gold::Wrong]),
            Measure::StuffingCredit => credit([Gold::Stuffing, Gold::OffTopic]),
            Measure::Conflicts => share(wrong.conflict, wrong.all()),
            Measure::MaybeRate => {
                share(self.kinds.values().map(|kind| kind.maybe).sum(), self.pairs)
            }
            Measure::NearF1 => self.near.f1(),
        }
    }
}

/// The mean, and two standard errors of it: about half of its 95 % interval.
pub(crate) fn mean(values: &[f64]) -> Option<(f64, f64)> {
    let count = values.len() as f64;
    let mean = values.iter().sum::<f64>() / count;
    let squares = values.iter().map(|value| (value - mean).powi(2));
    let deviation = (squares.sum::<f64>() / (count - 1.0)).sqrt();
    (values.len() > 1).then(|| (mean, 2.0 * deviation / count.sqrt()))
}
