//! Lines of which some are bad: which ones the learner marked, and what that is worth.

use super::{Audit, Choice, Kind, Mark, Reply};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A line of a pipeline or of a transcript.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MarkLine {
    pub text: String,
    /// Whether it has to be marked.
    #[serde(default)]
    pub bad: bool,
    /// What is wrong with a bad line; why a good one is fine, where it looks bad.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub says: String,
}

/// The lines in their own order; as many may be marked as are bad.
pub(super) fn lines_to_mark(lines: &[MarkLine]) -> Kind {
    Kind::Mark {
        lines: lines
            .iter()
            .enumerate()
            .map(|(at, line)| Choice::new(at.to_string(), &line.text))
            .collect(),
        most: lines.iter().filter(|line| line.bad).count().max(1),
    }
}

/// The reply that marks what is bad and nothing else.
pub(super) fn bad_lines(lines: &[MarkLine]) -> Reply {
    let bad = lines.iter().enumerate().filter(|(_, line)| line.bad);
    Reply::Marked(bad.map(|(at, _)| at.to_string()).collect())
}

/// Something is bad, something is not, and what is bad says why.
pub(super) fn audit_lines(lines: &[MarkLine], audit: &mut Audit<'_>) {
    let bad = lines.iter().filter(|line| line.bad).count();
    if bad == 0 || bad == lines.len() {
        let what = "either all lines are bad or none is, so there is nothing to find";
        audit.fault(
            "lines",
            what,
            "write `bad: true` on those that have to be marked",
        );
    }
    for (index, line) in lines.iter().enumerate() {
        if line.bad && line.says.trim().is_empty() {
            let what = "this line is bad and does not say why";
            audit.fault(format!("lines.{index}"), what, "give `says`");
        }
    }
}

/// F1 of the marks, and a mark for each bad line and for each good one that was marked.
pub(super) fn mark_lines(
    lines: &[MarkLine],
    reply: Option<&Reply>,
    feedback: &mut Vec<String>,
) -> (f64, Vec<Mark>) {
    let empty = Vec::new();
    let given = match reply {
        Some(Reply::Marked(keys)) => keys,
        _ => &empty,
    };
    let (mut right, mut missed, mut wrong) = (0.0, 0.0, 0.0);
    let mut marks = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let marked = given.iter().any(|key| *key == at.to_string());
        let note = match (line.bad, marked) {
            (false, false) => continue,
            (true, true) => {
                right += 1.0;
                line.says.clone()
            }
            (true, false) => {
                missed += 1.0;
                format!("not marked. {}", line.says)
            }
            (false, true) => {
                wrong += 1.0;
                feedback.push(format!("Line {} is fine. {}", at + 1, line.says));
                "marked, and fine".to_owned()
            }
        };
        marks.push(Mark {
            point: format!("{}: {}", at + 1, line.text.trim()),
            credit: f64::from(u8::from(line.bad && marked)),
            note: note.trim().to_owned(),
        });
    }
    let all: f64 = 2.0 * right + missed + wrong;
    (2.0 * right / all.max(1.0), marks)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn lines(bad: &[bool]) -> Vec<MarkLine> {
        bad.iter()
            .map(|bad| MarkLine {
                text: "load".to_owned(),
                bad: *bad,
                says: "Because.".to_owned(),
            })
            .collect()
    }

    fn f1(bad: &[bool], keys: &[usize]) -> f64 {
        let reply = Reply::Marked(keys.iter().map(ToString::to_string).collect());
        mark_lines(&lines(bad), Some(&reply), &mut Vec::new()).0
    }

    #[test]
    fn misses_and_false_alarms_both_cost() {
        let bad = [true, false, true, false];
        assert_eq!(f1(&bad, &[0, 2]), 1.0);
        assert_eq!(f1(&bad, &[2, 0]), 1.0);
        assert!((f1(&bad, &[0]) - 2.0 / 3.0).abs() < 1e-12);
        assert_eq!(f1(&bad, &[0, 1]), 0.5);
        assert_eq!(f1(&bad, &[1, 3]), 0.0);
        assert_eq!(f1(&bad, &[]), 0.0);
        let mut feedback = Vec::new();
        let reply = Reply::Marked(vec!["1".to_owned()]);
        let (_, marks) = mark_lines(&lines(&bad), Some(&reply), &mut feedback);
        assert_eq!(feedback, ["Line 2 is fine. Because."]);
        assert_eq!(marks.len(), 3);
        assert_eq!(marks[0].note, "not marked. Because.");
    }

    proptest! {
        #[test]
        fn one_more_right_mark_never_costs(
            bad in proptest::collection::vec(any::<bool>(), 1..9),
            keys in proptest::collection::vec(0usize..9, 0..9),
        ) {
            let before = f1(&bad, &keys);
            prop_assert!((0.0..=1.0).contains(&before));
            for at in (0..bad.len()).filter(|at| bad[*at] && !keys.contains(at)) {
                let more: Vec<usize> = keys.iter().copied().chain([at]).collect();
                prop_assert!(f1(&bad, &more) > before);
            }
        }
    }
}
