//! Whether an answer was read off the breakdown instead of made.

use crate::mock::Record;
use std::collections::BTreeSet;

/// Words in a row that nobody writes twice by chance.
const RUN: usize = 8;

/// Share of the words of an answer, 0 to 1, that stand in the same order in a page: in runs of eight
/// or more. Markup and case do not count.
pub fn copied_share(record: &Record, page: &str) -> f64 {
    let page = words(page);
    let known: BTreeSet<&[String]> = page.windows(RUN).collect();
    let (mut copied, mut all) = (0, 0);
    for text in record.said().values() {
        let own = words(text);
        all += own.len();
        let mut until = 0;
        for (at, run) in own.windows(RUN).enumerate() {
            if known.contains(run) {
                copied += at + RUN - until.max(at);
                until = at + RUN;
            }
        }
    }
    if all == 0 {
        return 0.0;
    }
    copied as f64 / all as f64
}

fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::Level;
    use crate::mock::Segment;

    #[test]
    fn only_long_runs_are_copied_and_none_is_counted_twice() {
        let said = |text: &str| {
            let mut record = Record::new("m".into(), "c".into(), 45, Level::Senior, 1, Vec::new());
            record.answers.insert(Segment::Data, text.to_owned());
            copied_share(
                &record,
                "**One** two, three four five six seven eight nine ten.",
            )
        };
        assert_eq!(
            said("one two three four five six seven eight nine ten"),
            1.0
        );
        assert_eq!(said("one two three four five six seven and eight"), 0.0);
        assert_eq!(said("a b one two three four five six seven eight"), 0.8);
        assert_eq!(said(""), 0.0);
    }
}
