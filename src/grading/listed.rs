//! Terms in a row: a list of names that claims nothing of any of them. It is taken out before
//! anything is looked for, so that nobody earns points by knowing the words.

use std::ops::Range;

/// Names in a row from which a list is no answer. Feature groups and chains of tools that people
/// really write have up to eight, and say with a colon what they are.
const RUN: usize = 10;
/// Words that a name has at most.
const NAME: usize = 3;

/// Words that relate what stands around them, so that something is said of it.
const LINKS: [&str; 67] = [
    "after", "all", "are", "as", "at", "be", "been", "before", "between", "by", "can", "could",
    "do", "does", "don't", "during", "each", "every", "for", "from", "has", "have", "how", "i",
    "if", "in", "instead", "into", "is", "it", "its", "keep", "let", "make", "must", "never", "no",
    "not", "on", "only", "our", "over", "per", "rather", "should", "so", "than", "that", "the",
    "their", "then", "these", "they", "this", "to", "under", "until", "use", "via", "vs", "was",
    "we", "when", "which", "will", "with", "without",
];

/// The bytes of every long run of names.
pub(super) fn names_in_a_row(text: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut run: Option<(Range<usize>, usize)> = None;
    let mut close = |run: &mut Option<(Range<usize>, usize)>| {
        if let Some((bytes, names)) = run.take() {
            if names >= RUN {
                out.push(bytes);
            }
        }
    };
    for part in parts(text) {
        let words = text.get(part.clone()).unwrap_or_default();
        if words.trim_matches(is_mark).is_empty() {
            continue;
        }
        if !is_name(words) {
            close(&mut run);
            continue;
        }
        run = Some(match run.take() {
            Some((bytes, names)) => (bytes.start..part.end, names + 1),
            None => (part, 1),
        });
    }
    close(&mut run);
    out
}

/// What stands between commas, line ends and the like. `A/B` and `1,000` are one part.
fn parts(text: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut start = 0;
    let mut before = ' ';
    let mut rest = text.char_indices().peekable();
    while let Some((at, c)) = rest.next() {
        let after = rest.peek().map_or(' ', |(_, next)| *next);
        let apart = match c {
            ';' | '|' | '·' | '•' | '\n' | '\r' => true,
            '/' | '+' | '&' => before.is_whitespace() && after.is_whitespace(),
            ',' => !(before.is_ascii_digit() && after.is_ascii_digit()),
            '.' => after.is_whitespace(),
            _ => false,
        };
        if apart {
            out.push(start..at);
            start = at + c.len_utf8();
        }
        before = c;
    }
    out.push(start..text.len());
    out
}

fn is_mark(c: char) -> bool {
    !c.is_alphanumeric()
}

/// One to three words and no claim: no link, no number, no sign, no colon.
fn is_name(part: &str) -> bool {
    let mut names = 0;
    for word in part.split_whitespace() {
        let bare = word.trim_matches(is_mark).to_lowercase();
        if word.contains([
            ':', '=', '<', '>', '→', '↑', '↓', '×', '%', '?', '!', '~', '≥', '≤',
        ]) || LINKS.binary_search(&bare.as_str()).is_ok()
            || bare.starts_with(|c: char| c.is_ascii_digit()) && !is_size_of_name(&bare)
        {
            return false;
        }
        names += usize::from(!bare.is_empty() && !matches!(bare.as_str(), "and" | "or" | "of"));
    }
    (1..=NAME).contains(&names)
}

/// `3ds` and `2fa` are names, `10k` and `200ms` are numbers.
fn is_size_of_name(bare: &str) -> bool {
    matches!(bare, "3ds" | "3d-secure" | "2fa" | "3d")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listed(text: &str) -> Vec<&str> {
        let ranges = names_in_a_row(text);
        ranges
            .into_iter()
            .filter_map(|range| text.get(range))
            .collect()
    }

    #[test]
    fn links_can_be_searched() {
        assert!(LINKS.is_sorted());
    }

    #[test]
    fn a_long_row_of_names_is_listed() {
        let names = "two-tower, ANN, HNSW, logQ, position bias, A/B test, feature store, drift, \
                     recall@500, canary, and shadow mode";
        assert_eq!(listed(names), [names]);
        let slashes = names.replace(", ", " / ");
        assert_eq!(listed(&slashes), [slashes.as_str()]);
        let around = format!("We split by time, with a gap. {names}. It costs 20 ms.");
        assert_eq!(listed(&around).len(), 1);
        assert!(listed(&around)[0].contains("two-tower"));
        assert!(!listed(&around)[0].contains("split"));
        let lines = names.replace(", ", "\n- ");
        assert_eq!(listed(&lines).len(), 1);
    }

    #[test]
    fn what_says_something_is_not() {
        for text in [
            "",
            ", , , , , , , , , , , , ,",
            "age, country, language, device, hour",
            "User: age band, interests, country, history. Ad: id, advertiser, category, text, image. \
             Context: hour, device, page, placement.",
            "Gateway 5 ms, features 20, model 10, rules 5, log 1, total 41, a 1, b 2, c 3, d 4, e 5",
            "we log the score, the policy, the version, the features, the card, the device, the time, \
             the country, the amount, the merchant, the verdict",
        ] {
            assert_eq!(listed(text), Vec::<&str>::new(), "{text}");
        }
    }
}
