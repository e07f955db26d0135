//! One page for the morning of the interview.

use super::print::{Format, Piece, Print, Section};
use crate::content::Framework;
use chrono::NaiveDate;
use std::fmt::Write;

/// The clock of the budgets, in minutes.
const CLOCK: u32 = 45;
/// Points that were missed, and drills, that a page has room for.
const MISSES: usize = 8;

/// Something of the learner's own to look at once more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Miss {
    /// Case and step: "Ad click prediction · data".
    pub place: String,
    /// What was missed.
    pub point: String,
}

/// The page: own misses first, then steps with their minutes, what must stand there at the end of
/// each and a first sentence, then formulas.
pub fn sheet(
    framework: &Framework,
    misses: &[Miss],
    interview: Option<NaiveDate>,
    format: Format,
) -> String {
    let own = match misses {
        [] => vec![Piece::Words(
            "Nothing of your own yet: a mock or a few drills fill this part.".to_owned(),
        )],
        misses => misses
            .iter()
            .take(MISSES)
            .map(|miss| Piece::Item(format!("{}: {}", miss.place, miss.point)))
            .collect(),
    };
    let at = framework.clocks.iter().position(|clock| *clock == CLOCK);
    let mut steps = Vec::new();
    for (number, guide) in (1..).zip(&framework.steps) {
        let mut head = format!("{number} {}", guide.short);
        if let Some(minutes) = at.and_then(|at| guide.minutes.get(at)) {
            let _ = write!(head, " {minutes}m");
        }
        let done = guide.done.first().map(String::as_str).unwrap_or_default();
        steps.push(Piece::Row(head, done.to_owned()));
    }
    let says = framework.steps.iter().filter_map(|guide| {
        let first = guide.say.first()?;
        Some(Piece::Row(guide.short.clone(), first.clone()))
    });
    let formulas = framework.formulas.iter();
    let date = interview.map_or_else(String::new, |date| date.format("%A, %-d %B %Y").to_string());
    let section = |title: &str, aside: String, pieces: Vec<Piece>| Section {
        title: title.to_owned(),
        aside,
        pieces,
    };
    Print {
        title: "The morning of the interview".to_owned(),
        lead: Vec::new(),
        sections: vec![
            section("What you missed last", date, own),
            section(
                "What stands there when a step ends",
                format!("of {CLOCK} min"),
                steps,
            ),
            section("First sentences", String::new(), says.collect()),
            section(
                "Formulas",
                String::new(),
                formulas
                    .map(|own| Piece::Row(own.name.clone(), own.says.clone()))
                    .collect(),
            ),
        ],
    }
    .render(format)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::Library;

    #[test]
    fn it_is_one_page_however_much_was_missed() {
        let library = Library::open(&[], None);
        let miss = Miss {
            place: "Real-time payment fraud · evaluate".to_owned(),
            point: "Labels mature late. ".repeat(8),
        };
        let misses = vec![miss; 40];
        let page = sheet(library.framework(), &misses, None, Format::Text);
        assert!(page.lines().count() <= 90, "{}", page.lines().count());
        assert_eq!(page.matches("Real-time payment fraud").count(), MISSES);
        assert!(page.contains("PSI"));
    }
}
