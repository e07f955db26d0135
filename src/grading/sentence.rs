//! Where sentences begin and end. A sentence is the window in which the parts of a rule must meet,
//! so a line of a list counts as one, whatever its punctuation.

use std::ops::Range;

/// A line this long, in characters, may have been broken by an editor and not by its writer.
const WRAPPED: usize = 60;

/// The sentences of a text, as ranges of its bytes.
pub(super) fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    for paragraph in paragraphs(text) {
        split(text, paragraph, &mut out);
    }
    out
}

/// Lines without their bullets, with the ones that continue each other put together.
fn paragraphs(text: &str) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    let mut last: Option<Line> = None;
    let mut at = 0;
    let widest = text
        .lines()
        .map(|line| line.trim_end().chars().count())
        .max()
        .unwrap_or_default();
    for raw in text.split_inclusive(['\n', '\r', '\u{2028}', '\u{2029}']) {
        let line = Line::read(raw, at);
        at += raw.len();
        if line.content.is_empty() {
            // A carriage return before a newline is no empty line.
            if raw != "\n"
                || !text
                    .get(..at - 1)
                    .is_some_and(|before| before.ends_with('\r'))
            {
                last = None;
            }
            continue;
        }
        let continues = last
            .as_ref()
            .is_some_and(|last| line.continues(last, widest));
        match out.last_mut() {
            Some(open) if continues => open.end = line.content.end,
            _ => out.push(line.content.clone()),
        }
        let bulleted = line.bulleted || (continues && last.is_some_and(|last| last.bulleted));
        last = Some(Line { bulleted, ..line });
    }
    out
}

/// A line as written.
struct Line {
    content: Range<usize>,
    bulleted: bool,
    indent: usize,
    width: usize,
    /// Characters of its first word.
    first_word: usize,
    /// Begins like the middle of a sentence.
    low: bool,
    /// Ends like the end of one.
    closed: bool,
}

impl Line {
    fn read(raw: &str, base: usize) -> Self {
        let body = raw.trim_start();
        let indent = raw.len() - body.len();
        let (marker, bulleted) = marker(body);
        let content = body.get(marker..).unwrap_or_default().trim();
        let skipped = body
            .get(marker..)
            .map_or(0, |rest| rest.len() - rest.trim_start().len());
        let start = base + indent + marker + skipped;
        Self {
            content: start..start + content.len(),
            bulleted,
            indent,
            width: raw.trim_end().chars().count(),
            first_word: content
                .split_whitespace()
                .next()
                .map_or(0, |word| word.chars().count()),
            low: content
                .chars()
                .next()
                .is_some_and(|c| !c.is_uppercase() && c != '|'),
            closed: content.ends_with(['.', '!', '?', ':', ';', '|', '…', '。']),
        }
    }

    /// A line was wrapped if its first word had no room on the line before, which is about as long
    /// as the longest line around.
    fn continues(&self, last: &Self, widest: usize) -> bool {
        let hanging = last.bulleted && self.indent >= 2;
        let full = last.width >= WRAPPED && last.width + 1 + self.first_word > widest;
        !self.bulleted && !last.closed && (hanging || (self.low && full))
    }
}

/// Length of what marks a line as an item, a heading or a quotation, and whether it is such a line.
fn marker(body: &str) -> (usize, bool) {
    let mut length = 0;
    // `- [ ] 1.` has three.
    for _ in 0..3 {
        let rest = body.get(length..).unwrap_or_default();
        let Some(taken) = one_marker(rest) else { break };
        length += taken;
    }
    (length, length > 0)
}

fn one_marker(body: &str) -> Option<usize> {
    let spaces = |rest: &str| rest.len() - rest.trim_start().len();
    let symbols = body.len() - body.trim_start_matches('#').len();
    let symbols = if symbols > 0 {
        symbols
    } else if let Some(c) = body.chars().next().filter(|c| "-*+>•‣◦▪●○·–—".contains(*c))
    {
        c.len_utf8()
    } else if body.starts_with("[ ]") || body.starts_with("[x]") || body.starts_with("[X]") {
        3
    } else {
        let digits = body.bytes().take_while(u8::is_ascii_digit).count();
        let point = body
            .get(digits..)
            .is_some_and(|rest| rest.starts_with(['.', ')']));
        if !(1..=3).contains(&digits) || !point {
            return None;
        }
        digits + 1
    };
    let rest = body.get(symbols..).unwrap_or_default();
    let space = spaces(rest);
    let free = body.starts_with(['•', '‣', '◦', '▪', '●']);
    (space > 0 || rest.is_empty() || free).then_some(symbols + space)
}

/// Splits a paragraph at full stops, exclamation and question marks.
fn split(text: &str, paragraph: Range<usize>, out: &mut Vec<Range<usize>>) {
    let Some(body) = text.get(paragraph.clone()) else {
        return;
    };
    let mut start = 0;
    for (at, c) in body.char_indices() {
        if let Some(end) = end_at(body, at, c) {
            push(body, start..end, paragraph.start, out);
            start = end;
        }
    }
    push(body, start..body.len(), paragraph.start, out);
}

fn push(body: &str, range: Range<usize>, base: usize, out: &mut Vec<Range<usize>>) {
    let Some(piece) = body.get(range.clone()) else {
        return;
    };
    if piece.chars().any(char::is_alphanumeric) {
        let start = base + range.start + (piece.len() - piece.trim_start().len());
        out.push(start..start + piece.trim().len());
    }
}

/// Where the sentence ends if this character ends it: quotes and brackets that close go with it.
fn end_at(body: &str, at: usize, c: char) -> Option<usize> {
    const CLOSING: [char; 8] = ['"', '\'', ')', ']', '”', '’', '*', '_'];
    let next = at + c.len_utf8();
    if matches!(c, '。' | '！' | '？') {
        return Some(next);
    }
    if !matches!(c, '.' | '!' | '?' | '…') {
        return None;
    }
    let rest = body.get(next..).unwrap_or_default();
    let after = rest.trim_start_matches(CLOSING);
    let ends = after.chars().next().is_none_or(char::is_whitespace);
    let abbreviated = || c == '.' && is_abbreviation(body.get(..at).unwrap_or_default(), after);
    (ends && !abbreviated()).then(|| body.len() - after.len())
}

/// Letters of the longest of these.
const LONGEST: usize = 6;

/// `e.g.`, `vs.`: the point belongs to the word. `etc.` ends a sentence when a capital follows.
fn is_abbreviation(before: &str, after: &str) -> bool {
    let letters = before.chars().rev();
    let letters = letters.take_while(|c| c.is_alphanumeric() || *c == '.');
    let letters: Vec<char> = letters.take(LONGEST + 1).collect();
    let word: String = letters
        .into_iter()
        .rev()
        .flat_map(char::to_lowercase)
        .collect();
    match word.as_str() {
        "e.g" | "i.e" | "eg" | "ie" | "vs" | "approx" | "resp" | "cf" | "incl" | "esp"
        | "w.r.t" | "a.k.a" | "i.i.d" | "ca" => true,
        "etc" | "al" => !after.trim_start().starts_with(char::is_uppercase),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> Vec<&str> {
        sentences(text)
            .into_iter()
            .map(|range| text.get(range).unwrap())
            .collect()
    }

    #[test]
    fn sentences_end_at_marks_and_not_inside_numbers_or_abbreviations() {
        assert_eq!(
            parts("AUC 0.75. Then what? Ship it! e.g. a canary vs. a shadow run, etc. and so on"),
            [
                "AUC 0.75.",
                "Then what?",
                "Ship it!",
                "e.g. a canary vs. a shadow run, etc. and so on"
            ]
        );
        assert_eq!(
            parts("p != q. \"Done.\" Next"),
            ["p != q.", "\"Done.\"", "Next"]
        );
    }

    #[test]
    fn every_line_of_a_list_is_one_and_loses_its_bullet() {
        assert_eq!(
            parts("# Data\n- label: watched 30 s\n* split by time\n1. gap 7d\n2) no leak\n- [ ] ask\n\nplain\nlines"),
            ["Data", "label: watched 30 s", "split by time", "gap 7d", "no leak", "ask", "plain", "lines"]
        );
        assert_eq!(
            parts("•tight\n-5 is a number\n3.5 too"),
            ["tight", "-5 is a number", "3.5 too"]
        );
    }

    #[test]
    fn a_wrapped_line_goes_on() {
        let wrapped = "We keep one impression in twenty of the negatives and correct the\nprobability afterwards.\nNext.";
        assert_eq!(parts(wrapped).len(), 2);
        let windows = wrapped.replace('\n', "\r\n");
        assert_eq!(parts(&windows).len(), 2);
        assert_eq!(
            parts("- keep one in twenty\n  and correct\n- next"),
            ["keep one in twenty\n  and correct", "next"]
        );
        let terse = "label is a click within the join window that the joiner waits for\nsplit by time with a gap of seven days because the labels come late, test after\ncalibrate per slice";
        assert_eq!(parts(terse).len(), 2);
        let unwrapped = wrapped.replace('\n', "\n\n");
        assert_eq!(parts(&unwrapped).len(), 3);
    }

    #[test]
    fn nothing_gives_nothing() {
        assert!(parts("").is_empty());
        assert!(parts(" \n\n - \n...\n").is_empty());
        assert_eq!(parts("好。坏！"), ["好。", "坏！"]);
    }
}
