//! What people write into a label, as plain text.

use crate::text::clean;

/// Decodes entities, turns `<br/>` and `\n` into newlines, drops tags, icons and Markdown marks,
/// control characters and needless blanks.
pub(super) fn tidy(raw: &str) -> String {
    let raw = raw.trim();
    let raw = raw
        .strip_prefix('`')
        .and_then(|rest| rest.strip_suffix('`'))
        .map_or_else(|| raw.to_owned(), without_marks);
    let text = decode(&without_tags(&raw.replace("\\n", "\n")));
    clean(&text)
        .split('\n')
        .map(without_icons)
        .filter(|line| !line.is_empty())
        .collect::<Vec<_>>()
        .join("\n")
}

/// Text of Mermaid's Markdown labels without its marks; an underscore within a word is no mark.
fn without_marks(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let in_word = |at: Option<usize>| {
        at.and_then(|at| chars.get(at))
            .is_some_and(|c| c.is_alphanumeric())
    };
    let is_mark = |at: usize, c: char| match c {
        '*' | '`' => true,
        '_' => !(in_word(at.checked_sub(1)) && in_word(Some(at + 1))),
        _ => false,
    };
    let kept = chars.iter().enumerate();
    kept.filter(|&(at, &c)| !is_mark(at, c))
        .map(|(_, &c)| c)
        .collect()
}

fn without_icons(line: &str) -> String {
    let is_icon = |word: &&str| {
        word.split_once(":fa-")
            .is_some_and(|(set, _)| matches!(set, "fa" | "fas" | "fab" | "far" | "fal" | "fad"))
    };
    line.split_whitespace()
        .filter(|word| !is_icon(word))
        .collect::<Vec<_>>()
        .join(" ")
}

/// Tags that only dress text; anything else between angle brackets is the author's own words.
const TAGS: [&str; 16] = [
    "b", "i", "u", "em", "strong", "small", "sub", "sup", "code", "span", "div", "p", "center",
    "font", "a", "pre",
];

fn without_tags(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('<') {
        out.push_str(before);
        match after.split_once('>') {
            Some((tag, tail)) if is_break(tag) => {
                out.push('\n');
                rest = tail;
            }
            Some((tag, tail)) if is_dress(tag) => rest = tail,
            _ => {
                out.push('<');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

fn is_break(tag: &str) -> bool {
    tag.trim_end_matches([' ', '/']).eq_ignore_ascii_case("br")
}

fn is_dress(tag: &str) -> bool {
    let name = tag.trim_start_matches('/').split([' ', '/']).next();
    name.is_some_and(|name| TAGS.iter().any(|known| name.eq_ignore_ascii_case(known)))
}

/// `&lt;`, `&#39;`, `&#x27;`, and Mermaid's own `#quot;` and `#35;`.
fn decode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(['&', '#']) {
        out.push_str(before);
        let mark = if rest
            .strip_prefix(before)
            .is_some_and(|r| r.starts_with('&'))
        {
            '&'
        } else {
            '#'
        };
        let decoded = after
            .split_once(';')
            .and_then(|(name, tail)| Some((entity(mark, name)?, tail)));
        if let Some((c, tail)) = decoded {
            out.push(c);
            rest = tail;
        } else {
            out.push(mark);
            rest = after;
        }
    }
    out.push_str(rest);
    out
}

fn entity(mark: char, name: &str) -> Option<char> {
    let number = match (mark, name.strip_prefix('#')) {
        ('&', Some(number)) => Some(number),
        ('&', None) => None,
        _ => Some(name),
    };
    let code = number.and_then(|number| match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok(),
        None => number.parse().ok(),
    });
    if let Some(code) = code {
        return char::from_u32(code);
    }
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => ' ',
        "ndash" => '–',
        "mdash" => '—',
        "hellip" => '…',
        "rarr" => '→',
        "larr" => '←',
        "harr" => '↔',
        "times" => '×',
        "le" => '≤',
        "ge" => '≥',
        "ne" => '≠',
        "deg" => '°',
        "micro" => 'µ',
        "middot" => '·',
        "bull" => '•',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::tidy;

    #[test]
    fn markup_becomes_plain_text() {
        assert_eq!(tidy("  Feature<br/>store <BR>v2 "), "Feature\nstore\nv2");
        assert_eq!(
            tidy("<b>Demo</b> <i>API</i>\\nport 80"),
            "Demo API\nport 80"
        );
        assert_eq!(tidy("fa:fa-car  Trips"), "Trips");
        assert_eq!(tidy("`**bold** text`"), "bold text");
        assert_eq!(
            tidy("`_two_ *three* `four` user_id`"),
            "two three four user_id"
        );
        assert_eq!(tidy("a * b_c"), "a * b_c");
    }

    #[test]
    fn entities_are_decoded_and_the_rest_stays() {
        assert_eq!(
            tidy("a &amp; b &lt; c #quot;d#quot; #35;1"),
            "a & b < c \"d\" #1"
        );
        assert_eq!(tidy("R&D; C# 5; p < 0.05 > q"), "R&D; C# 5; p < 0.05 > q");
        assert_eq!(tidy("&#39;x&#x27;"), "'x'");
    }

    #[test]
    fn control_characters_are_gone() {
        assert_eq!(tidy("a\u{1b}[31mb\tc"), "a[31mb c");
        assert_eq!(tidy("&#27;[2J"), "[2J");
    }
}
