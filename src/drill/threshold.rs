//! An operating point from a table, the costs and the capacity: choose it, and work out what it costs.
//! Half of the marks for the choice, half for the figures.

use super::alternative::{mark_choice, Alternative};
use super::figure::Figure;
use super::format::{drill, head};
use super::{Audit, Choice, Format, Grade, Kind, Part, Question, Reply};
use crate::content::Id;
use crate::grading::Lexicon;
use rand_chacha::ChaCha8Rng;

const CHOICE: f64 = 0.5;

drill! {
    Threshold {
        /// The operating points, as in the table of the question.
        pub points: Vec<Alternative>,
        pub answer: Id,
        /// What has to be worked out at the chosen point.
        pub figures: Vec<Figure>,
        pub working: Vec<String>,
    }
}

impl Format for Threshold {
    const NAME: &'static str = "threshold";
    const SECONDS: u32 = 150;

    head!();

    fn question(&self, _: &mut ChaCha8Rng) -> Question {
        // In the order of the table: a shuffle would only make it harder to read.
        let options = self.points.iter();
        let options = options
            .map(|point| Choice::new(point.id.as_str(), &point.text))
            .collect();
        let figures = self.figures.iter().map(Figure::part);
        Question {
            text: self.ask.clone(),
            parts: [Part::new("Operating point", Kind::Pick { options })]
                .into_iter()
                .chain(figures)
                .collect(),
        }
    }

    fn grade(&self, replies: &[Reply], _: &Lexicon) -> Grade {
        let mut feedback = Vec::new();
        let choice = mark_choice(
            "Operating point",
            &self.points,
            &self.answer,
            replies.first(),
            &mut feedback,
        );
        let figures = (1..).zip(&self.figures);
        let figures: Vec<_> = figures
            .map(|(at, figure): (usize, _)| figure.mark(replies.get(at), &mut feedback))
            .collect();
        let worked = Grade::of(figures.clone(), Vec::new()).score;
        let score = CHOICE * choice.credit + (1.0 - CHOICE) * worked;
        Grade {
            score,
            marks: [choice].into_iter().chain(figures).collect(),
            feedback,
        }
    }

    fn model(&self) -> String {
        let lines = self.working.iter().map(|line| format!("- {line}\n"));
        let best = self.points.iter().find(|point| point.id == self.answer);
        let best = best.map_or_else(String::new, |own| {
            format!("**{}** {}\n\n", own.text, own.says)
        });
        best + &lines.collect::<String>()
    }

    fn working(&self) -> &[String] {
        &self.working
    }

    fn key(&self) -> Vec<Reply> {
        let figures = self.figures.iter().map(Figure::key);
        [Reply::Picked(self.answer.to_string())]
            .into_iter()
            .chain(figures)
            .collect()
    }

    fn audit<'a>(&'a self, audit: &mut Audit<'a>) {
        audit.choice("points", &self.points, "answer", &self.answer);
        if self.figures.is_empty() {
            let what = "there is nothing to work out";
            audit.fault(
                "figures",
                what,
                "ask for the reviews or for the expected cost",
            );
        }
        for (index, figure) in self.figures.iter().enumerate() {
            figure.audit(&format!("figures.{index}"), audit);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drill::testing::{drill, NO_WORDS};
    use proptest::prelude::*;

    const YAML: &str = "threshold: [{id: a, step: frame, level: senior, ask: Which?, \
        points: [{id: low, text: '0.1', says: Too many reviews.}, {id: high, text: '0.3', says: It fits.}], answer: high, \
        figures: [{label: Reviews, sum: 2 * 4000, answer: 8000}], working: [one], because: So., hints: [one, two]}]";

    fn grade(point: &str, reviews: &str) -> Grade {
        let replies = [
            Reply::Picked(point.to_owned()),
            Reply::Number(reviews.to_owned()),
        ];
        drill(YAML).grade(&replies, &NO_WORDS)
    }

    #[test]
    fn choice_and_figures_share_the_marks() {
        assert_eq!(grade("high", "8k").score, 1.0);
        assert_eq!(grade("high", "9k").score, 0.5);
        let low = grade("low", "8000");
        assert_eq!(
            (low.score, low.feedback),
            (0.5, vec!["Too many reviews.".to_owned()])
        );
        assert_eq!(drill(YAML).grade(&[], &NO_WORDS).score, 0.0);
    }

    proptest! {
        #[test]
        fn grades_stay_between_nought_and_one(point in "(low|high|x)", reviews in "(8k|.{0,6})") {
            prop_assert!((0.0..=1.0).contains(&grade(&point, &reviews).score));
        }
    }
}
