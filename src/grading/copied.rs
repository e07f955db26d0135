//! Words that the case itself put before the learner: said back in a long run, they show that
//! somebody can copy, so they are taken out before anything is looked for.

use super::normal::Token;
use super::table::{Set, Table};
use super::Lexicon;
use crate::content::Case;
use std::borrow::Cow;
use std::ops::Range;

/// Words in a row from which it is no coincidence. Requirements hold runs of four or five words that
/// anybody would use.
const RUN: usize = 8;

/// Every run of words in the case's prompt, requirements, facts and probes.
#[derive(Clone, Debug, Default)]
pub(super) struct Copied {
    words: Table<String, u32>,
    runs: Set<Run>,
}

/// By the numbers of its words.
type Run = [u32; RUN];

impl Copied {
    pub(super) fn of(case: &Case, lexicon: &Lexicon) -> Self {
        let wanted = &case.requirements;
        let facts = case
            .facts
            .iter()
            .flat_map(|fact| [&fact.question, &fact.answer]);
        let texts = [&case.prompt]
            .into_iter()
            .chain(&wanted.functional)
            .chain(&wanted.non_functional)
            .chain(facts)
            .chain(case.rubric.iter().map(|item| &item.probe));
        let mut copied = Self::default();
        for text in texts {
            let reading = lexicon.read(text);
            let words = reading.tokens().iter().map(|token| {
                let fresh = u32::try_from(copied.words.len()).unwrap_or(u32::MAX);
                *copied.words.entry(token.word.clone()).or_insert(fresh)
            });
            let words: Vec<u32> = words.collect();
            let runs = words.windows(RUN).filter_map(|run| run.try_into().ok());
            copied.runs.extend::<Vec<Run>>(runs.collect());
        }
        copied
    }

    /// The bytes of a text that were copied, merged where runs overlap.
    pub(super) fn find(&self, tokens: &[Token]) -> Vec<Range<usize>> {
        let word = |token: &Token| self.words.get(token.word.as_str()).copied();
        let words: Vec<Option<u32>> = tokens.iter().map(word).collect();
        let mut out: Vec<Range<usize>> = Vec::new();
        for (run, words) in tokens.windows(RUN).zip(words.windows(RUN)) {
            let (Some(first), Some(last)) = (run.first(), run.last()) else {
                continue;
            };
            if !self.is_known(words) {
                continue;
            }
            match out.last_mut() {
                Some(open) if first.start <= open.end => open.end = last.end,
                _ => out.push(first.start..last.end),
            }
        }
        out
    }

    fn is_known(&self, words: &[Option<u32>]) -> bool {
        let mut run: Run = [0; RUN];
        for (slot, word) in run.iter_mut().zip(words) {
            let Some(word) = word else {
                return false;
            };
            *slot = *word;
        }
        self.runs.contains(&run)
    }
}

/// The text with some bytes blanked, which come in order; every other byte stays where it was. A
/// blank ends the sentence, so that the words on its two sides do not become neighbours.
pub(super) fn blank<'a>(text: &'a str, ranges: &[Range<usize>]) -> Cow<'a, str> {
    if ranges.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut ranges = ranges.iter().peekable();
    for (at, c) in text.char_indices() {
        while ranges.next_if(|range| range.end <= at).is_some() {}
        match ranges.peek().filter(|range| range.contains(&at)) {
            // Two, because one may continue a long line.
            Some(range) if at < range.start + 2 => out.push_str(&"\n".repeat(c.len_utf8())),
            Some(_) => out.push_str(&" ".repeat(c.len_utf8())),
            None => out.push(c),
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::super::fixtures::{answer, case, grade, item};
    use super::super::Verdict;
    use super::*;
    use crate::content::{Kind, Step};

    const PROBE: &str =
        "How do you split by time, and how long is the gap between training and test?";

    fn verdict(text: &str) -> (Verdict, Vec<String>, usize) {
        let mut split = item("split", Step::Data, Kind::Must, "{all: [time-split, gap]}");
        split.probe = PROBE.to_owned();
        let graded = grade(&case(vec![split]), &answer(&[(Step::Data, text)]));
        let item = graded.items[0].clone();
        let evidence = item.evidence.into_iter().map(|e| e.text).collect();
        (item.verdict, evidence, graded.words[&Step::Data])
    }

    #[test]
    fn a_probe_that_is_said_back_earns_nothing() {
        assert_eq!(verdict(PROBE), (Verdict::Missed, vec![], 0));
        let dressed =
            "HOW do you – split by time; and how long is the ＧＡＰ between training and test";
        assert_eq!(verdict(dressed).0, Verdict::Missed);
    }

    #[test]
    fn own_words_around_it_keep_their_places() {
        let text = format!("Ü {PROBE} A temporal split with a gap of 7 days.");
        let (verdict, evidence, words) = verdict(&text);
        assert_eq!(verdict, Verdict::Hit);
        assert_eq!(evidence, ["temporal split with a gap"]);
        assert_eq!(words, 10);
    }

    #[test]
    fn seven_words_are_no_copy() {
        assert_eq!(
            verdict("Split by time, and how long is the gap").0,
            Verdict::Missed
        );
        assert_eq!(
            verdict("split by time, and how long the gap").0,
            Verdict::Hit
        );
    }

    #[test]
    fn blanks_keep_every_byte_and_part_the_neighbours() {
        assert_eq!(
            blank("ab日本cd", std::slice::from_ref(&(2..8))),
            "ab\n\n\n   cd"
        );
        let lexicon = Lexicon::new(&super::super::fixtures::lexicon());
        let text = blank("a time xxxx split", std::slice::from_ref(&(7..11)));
        assert_eq!(lexicon.read(&text).sentences().len(), 2);
    }
}
