//! Numbers with their suffixes and units: `35k QPS`, `1e9`, `99.9 %`, `100 million`, `50-100 ms`.

use super::fold::Letter;
use super::normal::{Gap, Token};
use super::stem::Stems;

/// No number that is written down has a greater exponent.
const MAX_POWER: u32 = 400;

/// Digits at the front of some letters: their value, and how many letters they take.
pub(super) fn scan(letters: &[Letter]) -> Option<(f64, usize)> {
    let at = |i: usize| letters.get(i).map(|letter| letter.c);
    let digit = |i: usize| at(i).is_some_and(|c| c.is_ascii_digit());
    let digits_from = |mut i: usize| {
        while digit(i) {
            i += 1;
        }
        i
    };
    let mut text = String::new();
    let mut end = digits_from(0);
    if end == 0 {
        return None;
    }
    if let Some(found) = vulgar(letters, end) {
        return Some(found);
    }
    let keep = |text: &mut String, from: usize, to: usize| {
        text.extend(letters.iter().take(to).skip(from).map(|letter| letter.c));
    };
    keep(&mut text, 0, end);
    while matches!(at(end), Some(',' | '_')) && digits_from(end + 1) == end + 4 {
        keep(&mut text, end + 1, end + 4);
        end += 4;
    }
    if at(end) == Some('.') && digit(end + 1) {
        let to = digits_from(end + 1);
        keep(&mut text, end, to);
        end = to;
    }
    if at(end) == Some('e') {
        let sign = usize::from(matches!(at(end + 1), Some('+' | '-')));
        let to = digits_from(end + 1 + sign);
        if to > end + 1 + sign && !at(to).is_some_and(char::is_alphanumeric) {
            keep(&mut text, end, to);
            end = to;
        }
    }
    let mut value: f64 = text.parse().ok()?;
    if at(end) == Some('^') && digit(end + 1) {
        let to = digits_from(end + 1);
        let mut power = String::new();
        keep(&mut power, end + 1, to);
        // By hand: what `powi` rounds to differs between machines.
        let power = power.parse::<u32>().unwrap_or(u32::MAX).min(MAX_POWER);
        value = (0..power).fold(1.0, |product, _| product * value);
        end = to;
    }
    let mut to = end;
    while at(to).is_some_and(char::is_alphabetic) {
        to += 1;
    }
    let mut suffix = String::new();
    keep(&mut suffix, end, to);
    if let Some(factor) = scale_suffix(&suffix).filter(|_| !digit(to)) {
        value *= factor;
        end = to;
    }
    Some((value, end))
}

/// `½` and `1½`, which fold to `1⁄2` and `11⁄2`: all parts of a fraction come from one character.
fn vulgar(letters: &[Letter], slash: usize) -> Option<(f64, usize)> {
    let from = letters.get(slash).filter(|letter| letter.c == '\u{2044}')?;
    let digits = |letters: &[Letter]| -> Option<f64> {
        let text: String = letters.iter().map(|letter| letter.c).collect();
        text.parse().ok()
    };
    let own = |letter: &&Letter| letter.start == from.start;
    let whole = slash - letters.iter().take(slash).filter(own).count();
    let end = letters
        .iter()
        .take_while(|letter| letter.start <= from.start)
        .count();
    let upper = digits(letters.get(whole..slash)?)?;
    let lower = digits(letters.get(slash + 1..end)?).filter(|lower| *lower > 0.0)?;
    let before = digits(letters.get(..whole)?).unwrap_or(0.0);
    Some((before + upper / lower, end))
}

fn scale_suffix(word: &str) -> Option<f64> {
    match word {
        "k" => Some(1e3),
        "m" | "mn" => Some(1e6),
        "b" | "bn" => Some(1e9),
        "t" | "tn" => Some(1e12),
        _ => None,
    }
}

pub(super) fn scale_word(word: &str) -> Option<f64> {
    match word {
        "hundred" | "hundreds" => Some(1e2),
        "thousand" | "thousands" => Some(1e3),
        "million" | "millions" => Some(1e6),
        "billion" | "billions" => Some(1e9),
        "trillion" => Some(1e12),
        _ => None,
    }
}

fn number_word(word: &str) -> Option<f64> {
    const WORDS: [&str; 13] = [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
        "eleven", "twelve",
    ];
    let value = WORDS.iter().position(|known| *known == word)?;
    u32::try_from(value).ok().map(f64::from)
}

/// What a number counts.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Unit {
    /// In seconds.
    Time(f64),
    /// In bytes.
    Size(f64),
    Percent,
    /// So many a second.
    Rate,
    /// Anything else, by its stem.
    Other(String),
}

impl Unit {
    /// The unit as a rule writes it.
    pub(super) fn parse(text: &str, stems: &Stems) -> Option<Self> {
        let tokens = super::normal::tokens(text, 0, stems);
        // A one, so that the unit stands after a number as it does in a text.
        let mut counted = super::normal::tokens("1", 0, stems);
        counted.extend(tokens.iter().cloned());
        unit_after(&counted, 1).or_else(|| Some(Self::Other(tokens.first()?.stem.clone())))
    }
}

/// A number of a text, as far as it can be compared.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Quantity {
    pub(super) value: f64,
    /// Past its last token, the unit included.
    pub(super) end: usize,
    unit: Option<Unit>,
}

impl Quantity {
    /// Whether it is a small whole number of nothing in particular.
    pub(super) fn counts_entries(&self, most: f64) -> bool {
        self.unit.is_none() && self.value.fract() == 0.0 && self.value <= most
    }

    /// The same for the same number of the same kind.
    pub(super) fn key(&self) -> (u64, Option<&'static str>) {
        let unit = self.unit.as_ref().map(|unit| match unit {
            Unit::Time(_) => "time",
            Unit::Size(_) => "size",
            Unit::Percent => "percent",
            Unit::Rate => "rate",
            Unit::Other(_) => "other",
        });
        let factor = match self.unit {
            Some(Unit::Time(factor) | Unit::Size(factor)) => factor,
            _ => 1.0,
        };
        ((self.value * factor).to_bits(), unit)
    }
}

/// The number that begins at a token.
pub(super) fn quantity(tokens: &[Token], at: usize) -> Option<Quantity> {
    let first = tokens.get(at)?;
    let after_number = at
        .checked_sub(1)
        .and_then(|i| tokens.get(i))
        .is_some_and(|before| {
            let word = &before.word;
            before.number.is_some() || number_word(word).is_some() || scale_word(word).is_some()
        });
    let mut value = match (
        first.number,
        number_word(&first.word),
        scale_word(&first.word),
    ) {
        (Some(value), _, _) | (None, Some(value), _) => value,
        (None, None, Some(value)) if !after_number => value,
        _ => return None,
    };
    let mut end = at + 1;
    while let Some(factor) = next_in_clause(tokens, end)
        .and_then(|next| scale_word(&next.word).or_else(|| lone_suffix(next)))
    {
        value *= factor;
        end += 1;
    }
    let unit = unit_after(tokens, end).or_else(|| range_unit(tokens, end));
    if matches!(unit, Some(Unit::Time(_) | Unit::Size(_) | Unit::Percent)) {
        end += 1;
    }
    let end = end.min(tokens.len());
    value.is_finite().then_some(Quantity { value, end, unit })
}

/// `10 k`: the suffix with a space before it.
fn lone_suffix(token: &Token) -> Option<f64> {
    (token.gap == Gap::Space)
        .then(|| scale_suffix(&token.word))
        .flatten()
}

fn next_in_clause(tokens: &[Token], at: usize) -> Option<&Token> {
    tokens.get(at).filter(|token| token.gap != Gap::Clause)
}

pub(super) fn unit_after(tokens: &[Token], at: usize) -> Option<Unit> {
    let next = next_in_clause(tokens, at)?;
    if is_rate(tokens, at) {
        return Some(Unit::Rate);
    }
    if next.gap == Gap::Slash {
        return None;
    }
    let unit = match next.word.as_str() {
        "ns" => Unit::Time(1e-9),
        "us" | "μs" | "microsecond" | "microseconds" => Unit::Time(1e-6),
        "ms" | "msec" | "millisecond" | "milliseconds" => Unit::Time(1e-3),
        "s" | "sec" | "secs" | "second" | "seconds" => Unit::Time(1.0),
        "min" | "mins" | "minute" | "minutes" => Unit::Time(60.0),
        "h" | "hr" | "hrs" | "hour" | "hours" => Unit::Time(3_600.0),
        "d" | "day" | "days" => Unit::Time(86_400.0),
        "week" | "weeks" => Unit::Time(604_800.0),
        "byte" | "bytes" => Unit::Size(1.0),
        "kb" | "kib" => Unit::Size(1e3),
        "mb" | "mib" => Unit::Size(1e6),
        "gb" | "gib" => Unit::Size(1e9),
        "tb" | "tib" => Unit::Size(1e12),
        "pb" | "pib" => Unit::Size(1e15),
        "%" | "percent" | "pct" => Unit::Percent,
        "per" if next_in_clause(tokens, at + 1).is_some_and(|t| t.word == "cent") => Unit::Percent,
        _ => return None,
    };
    Some(unit)
}

/// `qps`, `/s`, `requests per second`, `predictions a second`.
fn is_rate(tokens: &[Token], at: usize) -> bool {
    let word = |i: usize| next_in_clause(tokens, i).map(|token| token.word.as_str());
    let second = |i: usize| matches!(word(i), Some("s" | "sec" | "second"));
    let slash = |i: usize| tokens.get(i).is_some_and(|token| token.gap == Gap::Slash);
    let per_second = |i: usize| {
        (matches!(word(i), Some("per" | "a" | "each" | "every")) && second(i + 1))
            || (slash(i) && second(i))
    };
    matches!(word(at), Some("qps" | "rps" | "tps")) || per_second(at) || per_second(at + 1)
}

/// `50-100 ms`, `50 to 100 ms`: the unit of the second number is the unit of the first.
fn range_unit(tokens: &[Token], at: usize) -> Option<Unit> {
    let at = at + usize::from(next_in_clause(tokens, at)?.word == "to");
    next_in_clause(tokens, at)?.number?;
    unit_after(tokens, at + 1)
}

/// A number that a rule asks for.
#[derive(Clone, Debug)]
pub(super) struct Wanted {
    pub(super) value: f64,
    pub(super) tolerance: f64,
    pub(super) unit: Option<Unit>,
}

/// Words after a number among which a unit such as "videos" is looked for.
const UNIT_REACH: usize = 3;

impl Wanted {
    /// Whether a number of a text is the wanted one.
    pub(super) fn is(&self, tokens: &[Token], found: &Quantity) -> bool {
        let Some(value) = self.value_of(tokens, found) else {
            return false;
        };
        let room = self.tolerance * self.value.abs() + 1e-9 * self.value.abs().max(1.0);
        (value - self.value).abs() <= room
    }

    /// Its value in the wanted unit; none when it counts something else.
    fn value_of(&self, tokens: &[Token], found: &Quantity) -> Option<f64> {
        Some(match (&self.unit, &found.unit) {
            (None, _) => found.value,
            (Some(Unit::Other(stem)), _) => {
                let counted = (found.end..found.end + UNIT_REACH)
                    .map_while(|i| next_in_clause(tokens, i))
                    .any(|token| token.stem == *stem);
                if !counted {
                    return None;
                }
                found.value
            }
            (Some(Unit::Time(wanted)), Some(Unit::Time(given)))
            | (Some(Unit::Size(wanted)), Some(Unit::Size(given))) => found.value * given / wanted,
            (Some(Unit::Percent), Some(Unit::Percent)) | (Some(Unit::Rate), Some(Unit::Rate)) => {
                found.value
            }
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grading::normal::tokens;

    fn values(text: &str) -> Vec<f64> {
        let tokens = tokens(text, 0, &Stems::new());
        (0..tokens.len())
            .filter_map(|at| quantity(&tokens, at))
            .map(|quantity| quantity.value)
            .collect()
    }

    fn says(text: &str, value: f64, unit: &str) -> bool {
        let stems = Stems::new();
        let wanted = Wanted {
            value,
            tolerance: 0.01,
            unit: Unit::parse(unit, &stems),
        };
        let tokens = tokens(text, 0, &stems);
        let mut found = (0..tokens.len()).filter_map(|at| quantity(&tokens, at));
        found.any(|found| wanted.is(&tokens, &found))
    }

    #[test]
    fn suffixes_exponents_and_words_make_values() {
        assert_eq!(values("35k"), [35e3]);
        assert_eq!(values("11.6k/s"), [11_600.0]);
        assert_eq!(values("1e9 rows"), [1e9]);
        assert_eq!(values("10^9 and 2⁵"), [1e9, 32.0]);
        assert_eq!(values("1,000,000 users"), [1e6]);
        assert_eq!(values("100 million, 2 bn"), [100e6, 2e9]);
        assert_eq!(values("a hundred million people"), [100e6]);
        assert_eq!(values("one billion"), [1e9]);
        assert_eq!(values("0.02"), [0.02]);
        assert_eq!(values("3, 4"), [3.0, 4.0]);
        assert_eq!(values("½ of 1½ days, ¾"), [0.5, 1.5, 0.75]);
        assert!(values("p99 and word2vec").is_empty());
        assert!(values("1e999").is_empty());
    }

    #[test]
    fn units_are_converted_before_they_are_compared() {
        assert!(says("200ms", 200.0, "ms"));
        assert!(says("p99 of 0.2 s", 200.0, "ms"));
        assert!(says("50–200 ms", 50.0, "ms"));
        assert!(says("from 50 to 200 ms", 50.0, "ms"));
        assert!(!says("200 users", 200.0, "ms"));
        assert!(says("20 TB/day", 20.0, "TB"));
        assert!(says("7d", 1.0, "week"));
        assert!(says("99.9 % of pages", 99.9, "%"));
        assert!(says("1 per cent", 1.0, "percent"));
        assert!(says("35k QPS", 35_000.0, "QPS"));
        assert!(says("35,000 requests a second", 35_000.0, "QPS"));
        assert!(says("35k/s", 35_000.0, "qps"));
        assert!(!says("35k/s", 35_000.0, "s"));
        assert!(says("500 candidate videos", 500.0, "videos"));
        assert!(!says("500 candidates; videos", 500.0, "videos"));
    }
}
