//! The rules and the baselines on the same pairs.

use super::baseline::{always_hit, Overlaps};
use super::figures::{Figures, Measure};
use super::pairs::{Cases, Pair, Part};
use greenroom::content::Id;
use greenroom::grading::Verdict;

pub(crate) struct Evaluation<'a> {
    pub(crate) pairs: &'a [Pair<'a>],
    pub(crate) rules: Vec<Verdict>,
    pub(crate) always: Vec<Verdict>,
    pub(crate) keyword: Vec<Verdict>,
    pub(crate) lexical: Vec<Verdict>,
    /// The share of the point's content stems at which the lexical baseline hits.
    pub(crate) threshold: f64,
}

impl<'a> Evaluation<'a> {
    pub(crate) fn of(cases: &Cases, pairs: &'a [Pair<'a>]) -> Self {
        let overlaps = Overlaps::of(pairs);
        let threshold = overlaps.best_on_dev(pairs);
        Self {
            pairs,
            rules: cases.judge(pairs),
            always: always_hit(pairs),
            keyword: overlaps.any_keyword(),
            lexical: overlaps.threshold(threshold),
            threshold,
        }
    }

    pub(crate) fn figures(&self, verdicts: &[Verdict], part: Part) -> Figures<'a> {
        self.filtered(verdicts, |pair| pair.is_in(part))
    }

    pub(crate) fn of_case(&self, case: &Id, part: Part) -> Figures<'a> {
        self.filtered(&self.rules, |pair| {
            pair.is_in(part) && pair.case.id == *case
        })
    }

    pub(crate) fn of_writer(&self, writer: &str) -> Figures<'a> {
        self.filtered(&self.rules, |pair| pair.writer == writer)
    }

    /// By how much the rules' F1 on good and near pairs is over that of any keyword.
    pub(crate) fn near_gain(&self, part: Part) -> Option<f64> {
        let f1 = |verdicts| self.figures(verdicts, part).value(Measure::NearF1);
        Some(f1(&self.rules)? - f1(&self.keyword)?)
    }

    fn filtered(&self, verdicts: &[Verdict], wanted: impl Fn(&Pair<'_>) -> bool) -> Figures<'a> {
        let judged = self.pairs.iter().zip(verdicts.iter().copied());
        Figures::of(judged.filter(|(pair, _)| wanted(pair)))
    }
}
