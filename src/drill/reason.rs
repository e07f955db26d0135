//! Why a drill is asked now, in one line.

use crate::memory::Why;

/// What is known when a drill is chosen.
#[derive(Clone, Copy, Debug, Default)]
pub struct Known {
    /// Days since it was last answered.
    pub days: Option<i64>,
    /// Probability of recall now.
    pub recall: Option<f64>,
    /// Share of its step that is remembered, 0 to 1; none before there are enough answers.
    pub step: Option<f64>,
}

/// The line: what kind of drill it is, and the figures that put it here.
pub fn reason(why: Why, step: &str, known: Known) -> String {
    let recall = known
        .recall
        .map(|recall| format!("recall about {:.0} %", recall * 100.0));
    match why {
        Why::Due => with("Due", [known.days.map(seen), recall]),
        Why::Cram => with("Cram", [known.days.map(seen), recall]),
        Why::Missed => "You missed this in a mock".to_owned(),
        Why::Weak => {
            let stands = known
                .step
                .map(|share| format!("you recall {:.0} % of {step}", share * 100.0));
            with("New, from a weak step", [stands, None])
        }
        Why::New => "New to you".to_owned(),
    }
}

fn with(kind: &str, figures: [Option<String>; 2]) -> String {
    let figures: Vec<String> = figures.into_iter().flatten().collect();
    if figures.is_empty() {
        kind.to_owned()
    } else {
        format!("{kind}: {}", figures.join(", "))
    }
}

fn seen(days: i64) -> String {
    match days {
        ..=0 => "seen today".to_owned(),
        1 => "seen yesterday".to_owned(),
        days => format!("seen {days} days ago"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_stand_behind_the_reason_as_far_as_they_are_known() {
        let known = Known {
            days: Some(6),
            recall: Some(0.712),
            step: Some(0.4),
        };
        let line = |why, known| reason(why, "Evaluation", known);
        assert_eq!(
            line(Why::Due, known),
            "Due: seen 6 days ago, recall about 71 %"
        );
        assert_eq!(
            line(Why::Weak, known),
            "New, from a weak step: you recall 40 % of Evaluation"
        );
        assert_eq!(line(Why::Due, Known::default()), "Due");
        assert_eq!(line(Why::Weak, Known::default()), "New, from a weak step");
    }
}
