//! A metric by hand. The wrong variant of a formula is recognised by its number and named.

use super::figure::Figure;
use super::format::{drill, head};
use super::{Audit, Format, Grade, Question, Reply};
use crate::grading::Lexicon;
use rand_chacha::ChaCha8Rng;

drill! {
    Compute {
        pub figure: Figure,
        /// The lines of the sum, for the reveal.
        pub working: Vec<String>,
    }
}

impl Format for Compute {
    const NAME: &'static str = "compute";
    const SECONDS: u32 = 120;

    head!();

    fn question(&self, _: &mut ChaCha8Rng) -> Question {
        Question {
            text: self.ask.clone(),
            parts: vec![self.figure.part()],
        }
    }

    fn grade(&self, replies: &[Reply], _: &Lexicon) -> Grade {
        let mut feedback = Vec::new();
        let mark = self.figure.mark(replies.first(), &mut feedback);
        Grade::of(vec![mark], feedback)
    }

    fn model(&self) -> String {
        let lines: String = self
            .working
            .iter()
            .map(|line| format!("- {line}\n"))
            .collect();
        format!("**{}**\n\n{lines}", self.figure.show(self.figure.answer))
    }

    fn working(&self) -> &[String] {
        &self.working
    }

    fn key(&self) -> Vec<Reply> {
        vec![self.figure.key()]
    }

    fn audit<'a>(&'a self, audit: &mut Audit<'a>) {
        self.figure.audit("figure", audit);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drill::testing::{drill, NO_WORDS};
    use proptest::prelude::*;

    const YAML: &str = "compute: [{id: a, step: evaluate, level: senior, ask: 'DCG of [3, 2]?', \
        figure: {sum: 3 + 2 / log2(3), answer: 4.262, variants: [{sum: 7 + 3 / log2(3), value: 8.893, says: You used 2^rel - 1.}]}, \
        working: [one], because: So., hints: [one, two]}]";

    fn grade(text: &str) -> Grade {
        drill(YAML).grade(&[Reply::Number(text.to_owned())], &NO_WORDS)
    }

    #[test]
    fn the_variant_is_named() {
        assert_eq!(grade("4.26").score, 1.0);
        assert_eq!(grade("4.4").score, 0.0);
        let variant = grade("8.9");
        assert_eq!(
            (variant.score, variant.feedback),
            (0.25, vec!["You used 2^rel - 1.".to_owned()])
        );
        assert_eq!(drill(YAML).grade(&[], &NO_WORDS).score, 0.0);
    }

    proptest! {
        #[test]
        fn nearer_is_never_worse(off in 0.0..0.04_f64) {
            let at = |off: f64| grade(&format!("{}", 4.262 * (1.0 + off))).score;
            prop_assert!(at(off / 2.0) >= at(off));
        }
    }
}
