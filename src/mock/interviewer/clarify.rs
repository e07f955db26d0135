//! Clarify as a conversation: what asks, what it asks for, and what the interviewer knows of it.

use super::{Listener, Say, Trigger};
use crate::content::Fact;

/// How a question begins that has no question mark.
const OPENINGS: [&str; 24] = [
    "how many",
    "how much",
    "how long",
    "how often",
    "how fast",
    "how fresh",
    "how big",
    "how large",
    "how soon",
    "what is",
    "what's",
    "what are",
    "what about",
    "which",
    "do we",
    "does the",
    "is there",
    "are there",
    "can we",
    "can i",
    "may we",
    "could you",
    "tell me",
    "who is",
];
/// Words after which a second question begins.
const JOINTS: [&str; 3] = [" and ", ", ", "; "];

/// Whether a typed line asks something.
pub fn asks(line: &str) -> bool {
    line.contains('?') || begins_as_question(line)
}

fn begins_as_question(text: &str) -> bool {
    let text = text
        .trim_start_matches(['-', '*', '•', ' ', '\t'])
        .to_lowercase();
    OPENINGS.iter().any(|opening| {
        text.strip_prefix(opening)
            .is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
    })
}

/// The questions of a line, one by one; those under one question mark together.
fn questions(line: &str) -> Vec<Vec<&str>> {
    let mut all = Vec::new();
    let marked = line.contains('?');
    let mut pieces: Vec<&str> = line.split('?').collect();
    if marked {
        // What stands after the last question mark is no question.
        pieces.pop();
    }
    for piece in pieces {
        let mut parts = Vec::new();
        let mut rest = piece;
        let mut from = 0;
        while let Some((at, joint)) = next_joint(rest, from) {
            let after = at + joint.len();
            let next = rest.get(after..).unwrap_or_default();
            let next = next.strip_prefix("and ").unwrap_or(next);
            if begins_as_question(next) {
                parts.push(rest.get(..at).unwrap_or_default());
                rest = next;
                from = 0;
            } else {
                from = after;
            }
        }
        parts.push(rest);
        parts.retain(|part| part.chars().any(char::is_alphanumeric));
        if !parts.is_empty() {
            all.push(parts);
        }
    }
    all
}

fn next_joint(text: &str, from: usize) -> Option<(usize, &'static str)> {
    let rest = text.get(from..)?;
    let found = JOINTS
        .iter()
        .filter_map(|joint| Some((rest.find(joint)? + from, *joint)));
    found.min()
}

impl Listener<'_> {
    /// Answers to a line that asks: the facts that match, and for a question that nothing matches
    /// one "assume", said once a line.
    pub(in crate::mock) fn answer(&self, line: &str) -> Vec<Say> {
        let mut told: Vec<&Fact> = Vec::new();
        let mut open = None;
        for parts in questions(line) {
            let found: Vec<&Fact> = parts.iter().flat_map(|part| self.facts(part)).collect();
            if found.is_empty() && open.is_none() {
                open = parts.first().copied();
            }
            for fact in found {
                if !told.iter().any(|own| own.id == fact.id) {
                    told.push(fact);
                }
            }
        }
        // What was cut in two may still ask for something as a whole; what follows the last question
        // mark asks for nothing.
        let asked = line.rfind('?').and_then(|end| line.get(..end));
        let whole = self.facts(asked.unwrap_or(line));
        if whole.len() > told.len() {
            told = whole;
            open = None;
        }
        // What was told before is told again only to who asks for nothing new.
        let known = |fact: &&Fact| self.record.facts_told.contains(fact.id.as_str());
        if !told.iter().all(known) {
            told.retain(|fact| !known(fact));
        }
        // Beside an answer, a bare guess such as "100 and 5?" wants no reply of its own.
        let open = open.filter(|part| told.is_empty() || begins_as_question(part));
        let mut replies: Vec<Say> = told.into_iter().map(|fact| self.tell(fact)).collect();
        if let Some(part) = open.or((replies.is_empty()).then_some(line)) {
            replies.push(self.assume(part));
        }
        replies
    }

    /// The facts that a question asks for, in the order of the case.
    fn facts(&self, question: &str) -> Vec<&Fact> {
        let asked = |fact: &&Fact| {
            let mut rules = self.setting.facts.iter();
            rules.any(|(own, rule)| *own == fact.id && rule.test(question).hit)
        };
        self.setting.case.facts.iter().filter(asked).collect()
    }

    fn tell(&self, fact: &Fact) -> Say {
        let answer = fact.answer.trim();
        let again = self.record.facts_told.contains(fact.id.as_str());
        let text = if again && !self.setting.interviewer.again.is_empty() {
            let lead = self.wording(&self.setting.interviewer.again, fact.id.as_str());
            format!("{lead} {answer}")
        } else {
            answer.to_owned()
        };
        Say {
            text,
            because: format!("the question asks for the fact `{}`", fact.id),
            why: Trigger::Fact(fact.id.to_string()),
        }
    }

    fn assume(&self, question: &str) -> Say {
        Say {
            text: self.wording(&self.setting.interviewer.assume, question.trim()),
            why: Trigger::Assume,
            because: format!("no fact of the case answers “{}”", question.trim()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_asks_with_a_mark_or_with_its_first_words() {
        for line in [
            "ok?",
            "- how many users",
            "Which regions",
            "what's the p99",
            "x? I assume 5.",
        ] {
            assert!(asks(line), "{line}");
        }
        for line in [
            "100M users",
            "whichever is cheaper",
            "I know how many users there are",
            "",
        ] {
            assert!(!asks(line), "{line}");
        }
    }

    #[test]
    fn several_questions_of_a_line_are_told_apart() {
        let of = |line| questions(line).concat();
        assert_eq!(
            of("How many users? What latency?"),
            ["How many users", " What latency"]
        );
        assert_eq!(
            of("how many users and what is the latency, is there a policy"),
            ["how many users", "what is the latency", "is there a policy"]
        );
        assert_eq!(of("How long, and how soon?"), ["How long", "how soon"]);
        assert_eq!(of("Users and items?"), ["Users and items"]);
        assert_eq!(of("Latency? I assume 200 ms."), ["Latency"]);
        assert_eq!(
            questions("How many users? Latency, and how often?").len(),
            2
        );
        assert!(questions("???").is_empty());
    }
}
