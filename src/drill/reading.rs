//! One line of text as an answer: for `--plain`, scripts and screen readers.
//!
//! Parts are separated by `|`. Text is text, a number may have a unit, a choice is its number,
//! an order is the numbers in order (`3 1 2`), marks are the numbers of lines (`2 5`), pairs are
//! number and letter (`1c 2a 3b`).

use super::quantity::parse_quantity;
use super::{Kind, Part, Question, Reply};
use std::fmt;

/// An answer that cannot be read: no attempt, just what was expected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    pub expected: String,
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot read that: {}", self.expected)
    }
}

fn expected(what: impl Into<String>) -> Unreadable {
    Unreadable {
        expected: what.into(),
    }
}

/// All parts of a question from one line.
///
/// # Errors
/// The form that is expected.
pub fn read_line(question: &Question, line: &str) -> Result<Vec<Reply>, Unreadable> {
    let pieces: Vec<&str> = match question.parts.len() {
        1 => vec![line],
        _ => line.split('|').collect(),
    };
    if pieces.len() != question.parts.len() {
        let forms: Vec<String> = question.parts.iter().map(form).collect();
        return Err(expected(format!(
            "give {} parts: {}",
            forms.len(),
            forms.join(" | ")
        )));
    }
    let pairs = question.parts.iter().zip(pieces);
    pairs
        .map(|(part, piece)| read_part(part, piece.trim()))
        .collect()
}

/// The form that a part expects, in a few words.
fn form(part: &Part) -> String {
    match &part.kind {
        Kind::Text { .. } => "a few words".to_owned(),
        Kind::Draw => "a flowchart such as user -> log; log -> store".to_owned(),
        Kind::Number { unit } if unit.is_empty() => "a number such as 35k or 1e9".to_owned(),
        Kind::Number { unit } => format!("a number such as 35k or 1e9, in {unit}"),
        Kind::Pick { options } => format!("a number from 1 to {}", options.len()),
        Kind::Arrange { items } => format!("the numbers 1 to {} in your order", items.len()),
        Kind::Mark { lines, most } if *most < lines.len() => {
            format!("the numbers of the lines, at most {most}, such as 2 5")
        }
        Kind::Mark { .. } => "the numbers of the lines, such as 2 5".to_owned(),
        Kind::Pair { .. } => "number and letter for each, such as 1c 2a 3b".to_owned(),
    }
}

/// One part.
///
/// # Errors
/// The form that is expected.
pub fn read_part(part: &Part, text: &str) -> Result<Reply, Unreadable> {
    let wrong = || expected(form(part));
    match &part.kind {
        Kind::Text { .. } | Kind::Draw if text.is_empty() => Err(wrong()),
        Kind::Text { .. } | Kind::Draw => Ok(Reply::Text(text.to_owned())),
        Kind::Number { .. } => match parse_quantity(text) {
            Some(_) => Ok(Reply::Number(text.to_owned())),
            None => Err(wrong()),
        },
        Kind::Pick { options } => text
            .parse::<usize>()
            .ok()
            .and_then(|number| options.get(number.checked_sub(1)?))
            .map(|option| Reply::Picked(option.key.clone()))
            .ok_or_else(wrong),
        Kind::Arrange { items } => {
            let places = numbers(text).ok_or_else(wrong)?;
            let mut sorted = places.clone();
            sorted.sort_unstable();
            if sorted != (0..items.len()).collect::<Vec<_>>() {
                return Err(wrong());
            }
            let keys = places.iter().filter_map(|at| items.get(*at));
            Ok(Reply::Arranged(keys.map(|item| item.key.clone()).collect()))
        }
        Kind::Mark { lines, most } => {
            let mut places = numbers(text).ok_or_else(wrong)?;
            places.sort_unstable();
            places.dedup();
            let keys: Option<Vec<String>> = places
                .iter()
                .map(|at| lines.get(*at).map(|line| line.key.clone()))
                .collect();
            match keys {
                Some(keys) if (1..=*most).contains(&keys.len()) => Ok(Reply::Marked(keys)),
                _ => Err(wrong()),
            }
        }
        Kind::Pair { left, right } => {
            let words = text.split([' ', ',']).filter(|word| !word.is_empty());
            let mut pairs: Vec<(String, String)> = Vec::new();
            for word in words {
                let (number, letter) = split_pair(word).ok_or_else(wrong)?;
                let (left, right) = left.get(number).zip(right.get(letter)).ok_or_else(wrong)?;
                if pairs.iter().any(|(own, _)| *own == left.key) {
                    return Err(expected("each number once, such as 1c 2a 3b"));
                }
                pairs.push((left.key.clone(), right.key.clone()));
            }
            if pairs.is_empty() {
                return Err(wrong());
            }
            Ok(Reply::Paired(pairs))
        }
    }
}

/// `3, 1 2` → 2, 0, 1.
fn numbers(text: &str) -> Option<Vec<usize>> {
    let words = text.split([' ', ',']).filter(|word| !word.is_empty());
    words
        .map(|word| word.parse::<usize>().ok()?.checked_sub(1))
        .collect()
}

/// `12c` → (11, 2).
fn split_pair(word: &str) -> Option<(usize, usize)> {
    let mut chars = word.chars();
    let letter = chars.next_back()?.to_ascii_lowercase();
    let number: usize = chars
        .as_str()
        .trim_end_matches(['-', '=', ':'])
        .parse()
        .ok()?;
    let place = u32::from(letter)
        .checked_sub(u32::from('a'))
        .filter(|at| *at < 26)?;
    Some((number.checked_sub(1)?, place as usize))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drill::Choice;

    fn choices(keys: &str) -> Vec<Choice> {
        keys.chars().map(|key| Choice::new(key, key)).collect()
    }

    fn part(kind: Kind) -> Part {
        Part::new("", kind)
    }

    #[test]
    fn a_line_answers_every_kind_of_part() {
        let question = Question {
            text: String::new(),
            parts: vec![
                part(Kind::Pick {
                    options: choices("ab"),
                }),
                part(Kind::Text {
                    rows: 1,
                    lines: false,
                }),
                part(Kind::Pick {
                    options: choices("xyz"),
                }),
            ],
        };
        assert_eq!(
            read_line(&question, "2 | fits in RAM | 3"),
            Ok(vec![
                Reply::Picked("b".into()),
                Reply::Text("fits in RAM".into()),
                Reply::Picked("z".into())
            ])
        );
        assert!(read_line(&question, "2")
            .unwrap_err()
            .to_string()
            .contains("3 parts"));

        let arrange = part(Kind::Arrange {
            items: choices("abc"),
        });
        let right = Reply::Arranged(vec!["c".into(), "a".into(), "b".into()]);
        assert_eq!(read_part(&arrange, "3 1 2"), Ok(right.clone()));
        assert_eq!(read_part(&arrange, "3,1,2"), Ok(right));
        for bad in ["1 2", "1 2 2", "0 1 2", "a b c", "1 2 3 4"] {
            assert!(read_part(&arrange, bad).is_err(), "{bad}");
        }

        let mark = part(Kind::Mark {
            lines: choices("abcd"),
            most: 2,
        });
        let marked = Reply::Marked(vec!["b".into(), "d".into()]);
        assert_eq!(read_part(&mark, "4 2"), Ok(marked.clone()));
        assert_eq!(read_part(&mark, "2, 4, 2"), Ok(marked));
        for bad in ["", "0", "5", "1 2 3", "b"] {
            let unreadable = read_part(&mark, bad).unwrap_err();
            assert!(unreadable.to_string().contains("at most 2"), "{bad}");
        }

        let pair = part(Kind::Pair {
            left: choices("LM"),
            right: choices("xyz"),
        });
        assert_eq!(
            read_part(&pair, "1c 2a"),
            Ok(Reply::Paired(vec![
                ("L".into(), "z".into()),
                ("M".into(), "x".into())
            ]))
        );
        for bad in ["", "1", "3a", "1z", "1a 1b"] {
            assert!(read_part(&pair, bad).is_err(), "{bad}");
        }

        let number = part(Kind::Number { unit: "QPS".into() });
        assert!(read_part(&number, "many")
            .unwrap_err()
            .to_string()
            .contains("35k"));
    }
}
