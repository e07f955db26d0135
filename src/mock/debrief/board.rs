//! The whiteboards of a mock, each held against the flowchart that it is most like.

use crate::content::Step;
use crate::diagram::{self, Comparison, Graph};
use crate::mock::record::{Record, Segment};
use serde::Serialize;

/// The whiteboard of a segment, and what it has of its reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct BoardReport {
    /// None in a mock of before whiteboards were kept by step.
    pub segment: Option<Segment>,
    /// As it was typed.
    pub text: String,
    /// Why it could not be drawn.
    pub fault: Option<String>,
    /// The flowchart that it was held against.
    pub reference: Option<String>,
    /// The reference is the whole design and not one of the step's own flowcharts.
    pub whole: bool,
    #[serde(flatten)]
    pub found: Comparison,
}

/// What a comparison can say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Finding {
    There,
    Missing,
    NoWay,
    Turned,
    Unconnected,
    Yours,
}

impl Finding {
    /// What stands before the boxes or ways.
    pub fn label(self) -> &'static str {
        match self {
            Self::There => "there",
            Self::Missing => "missing",
            Self::NoWay => "no way from",
            Self::Turned => "should lead",
            Self::Unconnected => "unconnected",
            Self::Yours => "yours alone",
        }
    }
}

/// What whiteboards are held against.
struct References<'a> {
    whole: &'a str,
    of_step: &'a dyn Fn(Step) -> Vec<String>,
    alike: &'a dyn Fn(&str, &str) -> bool,
}

/// Every whiteboard that was drawn, in the order of the steps. One of serving, of the wrap-up, or of
/// no known step is held against `whole`, the whole design; of any other step, against that or one
/// of the step's own flowcharts, whichever shares more with it. `alike` says whether two labels name
/// one box: the reference's, then the own one.
pub fn boards(
    record: &Record,
    whole: &str,
    of_step: &dyn Fn(Step) -> Vec<String>,
    alike: &dyn Fn(&str, &str) -> bool,
) -> Vec<BoardReport> {
    let references = References {
        whole,
        of_step,
        alike,
    };
    let drawn = record.drawings().into_iter();
    drawn
        .map(|(segment, text)| references.report(segment, text.trim()))
        .collect()
}

impl References<'_> {
    fn report(&self, segment: Option<Segment>, text: &str) -> BoardReport {
        let report = BoardReport {
            segment,
            text: text.to_owned(),
            ..BoardReport::default()
        };
        let own = match diagram::read(text) {
            Ok(own) => own,
            Err(fault) => {
                return BoardReport {
                    fault: Some(fault.to_string()),
                    ..report
                }
            }
        };
        let step = segment.and_then(Segment::step);
        let step = step.filter(|step| *step != Step::Serve);
        let charts = step.map_or_else(Vec::new, self.of_step);
        let charts = charts.into_iter().map(|chart| (chart, false));
        let mut most = f64::NEG_INFINITY;
        let mut best = report.clone();
        for (chart, whole) in charts.chain([(self.whole.to_owned(), true)]) {
            // `greenroom check` names one that cannot be read.
            let graph = diagram::read(&chart).unwrap_or_default();
            if graph.nodes.is_empty() {
                continue;
            }
            let found = diagram::compare(&graph, &own, self.alike);
            let shared = shared(&graph, &own, &found);
            // Of equals the first: the step's own.
            if shared > most {
                most = shared;
                best = BoardReport {
                    reference: Some(chart),
                    whole,
                    found,
                    ..report.clone()
                };
            }
        }
        best
    }
}

/// Share of the boxes of both that the other has too, 0 to 1.
fn shared(reference: &Graph, own: &Graph, found: &Comparison) -> f64 {
    let all = reference.nodes.len() + own.nodes.len();
    let unlike = found.missing.len() + found.extra.len();
    all.saturating_sub(unlike) as f64 / all.max(1) as f64
}

impl BoardReport {
    /// What the comparison says, in words; what is empty is left out.
    pub fn findings(&self) -> Vec<(Finding, String)> {
        let found = &self.found;
        let ways = |ways: &[(String, String)]| {
            let ways: Vec<String> = ways.iter().map(|(a, b)| format!("{a} to {b}")).collect();
            ways.join(", ")
        };
        let all = [
            (Finding::There, found.present.join(", ")),
            (Finding::Missing, found.missing.join(", ")),
            (Finding::NoWay, ways(&found.missing_edges)),
            (Finding::Turned, ways(&found.reversed)),
            (Finding::Unconnected, found.unconnected.join(", ")),
            (Finding::Yours, found.extra.join(", ")),
        ];
        let all = all.into_iter();
        all.filter(|(_, names)| !names.is_empty()).collect()
    }

    /// What it was held against, in words.
    pub fn against(&self) -> &'static str {
        if self.whole {
            "the whole design"
        } else {
            "a flowchart of this step"
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::Level;

    fn record(boards: &[(Segment, &str)]) -> Record {
        let segments = Step::ALL.into_iter().map(Segment::from).collect();
        let mut record = Record::new("m".into(), "c".into(), 45, Level::Senior, 1, segments);
        for (segment, board) in boards {
            record.current = *segment;
            record.draw((*board).to_owned());
        }
        record
    }

    fn held(record: &Record) -> Vec<BoardReport> {
        let of_step = |step| match step {
            Step::Data => vec![
                "not [a chart".to_owned(),
                "raw -> checks".to_owned(),
                "logs -> label join -> features".to_owned(),
            ],
            Step::Serve => vec!["a chart that serving is not held against".to_owned()],
            _ => Vec::new(),
        };
        let whole = "app -> index -> ranker -> app\nlogs -> features -> ranker";
        boards(record, whole, &of_step, &|_, _| false)
    }

    #[test]
    fn a_board_is_held_against_what_it_is_most_like() {
        let small = "logs -> features";
        let all = "logs -> features -> ranker\napp -> index -> ranker";
        let found = held(&record(&[
            (Segment::Data, small),
            (Segment::Model, all),
            (Segment::Serve, "logs -> features\nqueue"),
        ]));
        let [data, model, serve] = found.as_slice() else {
            panic!("{found:?}")
        };
        let reference = data.reference.as_deref();
        assert_eq!(reference, Some("logs -> label join -> features"));
        assert_eq!(data.found.missing, ["label join"]);
        assert!(!data.whole && model.whole && serve.whole);
        assert_eq!(model.found.missing_edges.len(), 1);
        assert_eq!(serve.found.unconnected, ["queue"]);
        let words: Vec<&str> = serve
            .findings()
            .iter()
            .map(|(own, _)| own.label())
            .collect();
        assert_eq!(words, ["there", "missing", "unconnected", "yours alone"]);
        // The same in the data step, once it has grown to the whole.
        let found = held(&record(&[(Segment::Data, all)]));
        assert!(found.iter().all(|own| own.whole));
    }

    #[test]
    fn one_that_cannot_be_drawn_says_why_and_one_of_old_has_no_step() {
        let found = held(&record(&[(Segment::Data, "logs -> \"feat")]));
        assert!(found.iter().all(|own| own.fault.is_some()), "{found:?}");
        let mut old = record(&[]);
        old.board = "app -> index".to_owned();
        let found = held(&old);
        let [report] = found.as_slice() else {
            panic!("{found:?}")
        };
        assert_eq!((report.segment, report.whole), (None, true));
        assert_eq!(report.found.present, ["app", "index"]);
        // Its case is gone.
        let found = boards(&old, "", &|_| Vec::new(), &|_, _| false);
        let shown = found.first().map(|own| (own.text.as_str(), &own.reference));
        assert_eq!(shown, Some(("app -> index", &None)));
    }
}
