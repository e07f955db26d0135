//! Numbers as they are said: `thirty five thousand`, `a hundred and twenty eight`, `ninety nine point
//! nine per cent`, `p ninety nine`. Each becomes one token with the value that its digits would have.

use super::normal::{Gap, Token};
use super::number::{scale_word, unit_after};

/// From here on a number word stands for nothing else; "one" and "two" do ("one tower", "two sided").
const PLAIN_FROM: f64 = 13.0;

/// Folds spoken numbers, and drops a number that its speaker took back.
pub(super) fn folded(tokens: Vec<Token>) -> Vec<Token> {
    if !tokens.iter().any(|token| part(&token.word).is_some()) {
        return without_corrections(tokens);
    }
    let mut out: Vec<Token> = Vec::with_capacity(tokens.len());
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        match said(&tokens, at) {
            Some(said) => {
                let last = tokens.get(said.end.saturating_sub(1)).unwrap_or(token);
                push(&mut out, token, last.end, said.value);
                at = said.end;
            }
            None => {
                out.push(token.clone());
                at += 1;
            }
        }
    }
    without_corrections(out)
}

fn push(out: &mut Vec<Token>, first: &Token, end: usize, value: f64) {
    // `p99` is one word.
    if let Some(p) = out.last_mut().filter(|p| p.word == "p") {
        if first.gap != Gap::Clause {
            p.word = format!("p{value}");
            p.stem.clone_from(&p.word);
            p.end = end;
            return;
        }
    }
    out.push(Token {
        word: value.to_string(),
        stem: value.to_string(),
        end,
        number: Some(value),
        ..first.clone()
    });
}

/// A number that was said, and the place behind it.
struct Said {
    value: f64,
    end: usize,
}

/// What a word adds to a number.
#[derive(Clone, Copy, PartialEq)]
enum Part {
    /// 0 to 19.
    Small(f64),
    /// 20 to 90.
    Tens(f64),
    Hundred,
    /// A thousand and more.
    Scale(f64),
}

fn part(word: &str) -> Option<Part> {
    let small = match word {
        "zero" => 0.0,
        "one" => 1.0,
        "two" => 2.0,
        "three" => 3.0,
        "four" => 4.0,
        "five" => 5.0,
        "six" => 6.0,
        "seven" => 7.0,
        "eight" => 8.0,
        "nine" => 9.0,
        "ten" => 10.0,
        "eleven" => 11.0,
        "twelve" => 12.0,
        "thirteen" => 13.0,
        "fourteen" => 14.0,
        "fifteen" => 15.0,
        "sixteen" => 16.0,
        "seventeen" => 17.0,
        "eighteen" => 18.0,
        "nineteen" => 19.0,
        "twenty" => return Some(Part::Tens(20.0)),
        "thirty" => return Some(Part::Tens(30.0)),
        "forty" => return Some(Part::Tens(40.0)),
        "fifty" => return Some(Part::Tens(50.0)),
        "sixty" => return Some(Part::Tens(60.0)),
        "seventy" => return Some(Part::Tens(70.0)),
        "eighty" => return Some(Part::Tens(80.0)),
        "ninety" => return Some(Part::Tens(90.0)),
        "hundred" => return Some(Part::Hundred),
        "thousand" | "million" | "billion" | "trillion" => {
            return scale_word(word).map(Part::Scale);
        }
        _ => return None,
    };
    Some(Part::Small(small))
}

/// The number that is said from `at` on, if it is one that its words cannot mean otherwise.
fn said(tokens: &[Token], at: usize) -> Option<Said> {
    let first = tokens.get(at)?;
    if first.word == "point" {
        // "At this point two models": only a share is meant by a point without a number before it.
        let (value, end) = decimals(tokens, at)?;
        return unit_after(tokens, end).map(|_| Said { value, end });
    }
    part(&first.word)?;
    let (value, end) = run(tokens, at);
    let alone = end == at + 1;
    let certain = match part(&first.word)? {
        Part::Small(_) | Part::Tens(_) => {
            !alone
                || value >= PLAIN_FROM
                || unit_after(tokens, end).is_some()
                || is_counted(tokens, at)
        }
        Part::Hundred | Part::Scale(_) => !alone,
    };
    certain.then_some(Said { value, end })
}

/// "day seven", "top ten": what is counted stands before its number.
fn is_counted(tokens: &[Token], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|before| tokens.get(before));
    let joined = tokens.get(at).is_some_and(|token| token.gap != Gap::Clause);
    let counted = |token: &Token| matches!(token.word.as_str(), "day" | "week" | "month" | "top");
    joined && before.is_some_and(counted)
}

/// The longest number from `at` on.
fn run(tokens: &[Token], at: usize) -> (f64, usize) {
    let (mut total, mut group, mut least) = (0.0, None::<f64>, f64::INFINITY);
    let mut end = at;
    let next = |end: usize| {
        let token = tokens.get(end)?;
        (end == at || token.gap != Gap::Clause).then_some(token)
    };
    while let Some(token) = next(end) {
        let open =
            |group: Option<f64>| group.is_none_or(|group| group % 100.0 == 0.0 && group > 0.0);
        match (part(&token.word), group) {
            (Some(Part::Small(value)), group_now) if open(group_now) => {
                group = Some(group_now.unwrap_or_default() + value);
            }
            (Some(Part::Small(value)), Some(tens))
                if tens % 100.0 >= 20.0 && tens % 10.0 == 0.0 && (1.0..10.0).contains(&value) =>
            {
                group = Some(tens + value);
            }
            (Some(Part::Tens(value)), group_now) if open(group_now) => {
                group = Some(group_now.unwrap_or_default() + value);
            }
            (Some(Part::Hundred), group_now)
                if group_now.is_none_or(|group| (1.0..100.0).contains(&group)) =>
            {
                group = Some(group_now.unwrap_or(1.0) * 100.0);
            }
            (Some(Part::Scale(scale)), group_now)
                if scale < least && (group_now.is_some() || end == at) =>
            {
                total += group_now.unwrap_or(1.0) * scale;
                least = scale;
                group = None;
            }
            (None, group_now) => match joint(tokens, end, group_now, total) {
                Some((more, to)) => {
                    group = Some(group_now.unwrap_or_default() + more);
                    end = to;
                    continue;
                }
                None => break,
            },
            _ => break,
        }
        end += 1;
    }
    (total + group.unwrap_or_default(), end)
}

/// What joins the parts of a number: "and a half", "point nine", the "and" after a hundred. What it
/// adds, and the place behind it.
fn joint(tokens: &[Token], at: usize, group: Option<f64>, total: f64) -> Option<(f64, usize)> {
    let word = |i: usize| {
        let token = tokens.get(i).filter(|token| token.gap != Gap::Clause)?;
        Some(token.word.as_str())
    };
    match word(at)? {
        "and" if word(at + 1) == Some("a") && word(at + 2) == Some("half") => {
            group.map(|_| (0.5, at + 3))
        }
        "and" => {
            let round = group.map_or(total > 0.0, |group| group % 100.0 == 0.0 && group > 0.0);
            let more = word(at + 1).and_then(part);
            let goes_on = matches!(more, Some(Part::Small(_) | Part::Tens(_)));
            (round && goes_on).then_some((0.0, at + 1))
        }
        "point" => group.and_then(|_| decimals(tokens, at)),
        _ => None,
    }
}

/// `point nine five`: 0.95, and the place behind it.
fn decimals(tokens: &[Token], at: usize) -> Option<(f64, usize)> {
    let mut text = "0.".to_owned();
    let mut end = at + 1;
    while let Some(token) = tokens.get(end).filter(|token| token.gap != Gap::Clause) {
        let Some(Part::Small(digit)) = part(&token.word).filter(|part| *part != Part::Small(10.0))
        else {
            break;
        };
        if digit > 9.0 {
            break;
        }
        text.push_str(&digit.to_string());
        end += 1;
    }
    let value = text.parse().ok()?;
    (end > at + 1).then_some((value, end))
}

/// Between a number and the one that takes its place: "twelve, no, twenty four hours".
const CORRECTIONS: [&str; 6] = ["no", "sorry", "rather", "wait", "actually", "correction"];
/// Words that a correction may take.
const CORRECTION_REACH: usize = 3;

/// Without numbers that were taken back in the same breath.
fn without_corrections(tokens: Vec<Token>) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::with_capacity(tokens.len());
    for token in tokens {
        if is_number(&token) {
            let said_since = out.iter().rev();
            let between = said_since
                .take_while(|before| CORRECTIONS.contains(&before.word.as_str()))
                .count();
            let taken_back = (1..=CORRECTION_REACH).contains(&between)
                && out.len() > between
                && out.get(out.len() - between - 1).is_some_and(is_number);
            if taken_back {
                out.truncate(out.len() - between - 1);
            }
        }
        out.push(token);
    }
    out
}

pub(super) fn is_number(token: &Token) -> bool {
    token.number.is_some() || matches!(part(&token.word), Some(Part::Small(_) | Part::Tens(_)))
}

#[cfg(test)]
mod tests {
    use crate::grading::fixtures::words;
    use crate::grading::normal::tokens;
    use crate::grading::stem::Stems;

    #[test]
    fn numbers_that_are_said_become_digits() {
        for (said, written) in [
            ("thirty five thousand requests", "35000 requests"),
            ("thirty-five thousand", "35000"),
            ("a hundred and twenty eight dimensions", "a 128 dimensions"),
            ("one hundred twenty five", "125"),
            ("two hundred milliseconds", "200 milliseconds"),
            ("twenty eight days", "28 days"),
            ("seventeen and a half million scores", "17500000 scores"),
            ("ninety nine point nine per cent", "99.9 per cent"),
            ("zero point five", "0.5"),
            ("point two percent", "0.2 percent"),
            ("p ninety nine under fifty", "p99 under 50"),
            ("one million two hundred thousand", "1200000"),
            ("one percent ten percent", "1 percent 10 percent"),
            ("one or two weeks", "one or 2 weeks"),
            ("day seven and top ten", "day 7 and top 10"),
        ] {
            assert_eq!(words(said), written);
        }
    }

    #[test]
    fn words_that_only_look_like_numbers_stay() {
        for text in [
            "two tower and one hot",
            "at this point two models",
            "hundred of them",
            "a million",
            "five two sided",
        ] {
            assert_eq!(words(text), text);
        }
        assert_eq!(words("two, hundred"), "two hundred");
    }

    #[test]
    fn a_number_that_is_taken_back_is_not_said() {
        assert_eq!(words("after twelve no twenty four hours"), "after 24 hours");
        assert_eq!(
            words("one cut off no sorry two"),
            "one cut off no sorry two"
        );
        assert_eq!(words("10 no sorry 20 days"), "20 days");
        assert_eq!(words("there is no one"), "there is no one");
    }

    #[test]
    fn evidence_covers_all_the_words() {
        let text = "so thirty five thousand a second";
        let tokens = tokens(text, 0, &Stems::new());
        let number = tokens.iter().find(|token| token.number.is_some()).unwrap();
        assert_eq!(
            text.get(number.start..number.end),
            Some("thirty five thousand")
        );
    }
}
