//! Where a line may break: at spaces, and between the characters of scripts that use none.

use unicode_segmentation::UnicodeSegmentation;

/// A space that a line may break at; a no-break space holds its words together.
pub(super) fn is_space(c: char) -> bool {
    c.is_whitespace() && !matches!(c, '\u{a0}' | '\u{2007}' | '\u{202f}')
}

/// Han, kana and their punctuation.
pub(super) fn is_unspaced(c: char) -> bool {
    matches!(c,
        '\u{2e80}'..='\u{30ff}' | '\u{31f0}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}')
}

/// Whether a line may end after `left` and go on with `right` though no space is between them.
pub(super) fn breaks_between(left: char, right: char) -> bool {
    (is_unspaced(left) || is_unspaced(right)) && !holds_next(left) && !holds_previous(right)
}

/// Opening brackets and quotes do not end a line.
fn holds_next(c: char) -> bool {
    matches!(
        c,
        '(' | '[' | '{' | '“' | '‘' | '「' | '『' | '（' | '【' | '〈' | '《' | '〔' | '［' | '｛'
    )
}

/// Closing punctuation and small kana do not begin a line.
fn holds_previous(c: char) -> bool {
    matches!(
        c,
        '.' | ','
            | ';'
            | ':'
            | '!'
            | '?'
            | ')'
            | ']'
            | '}'
            | '”'
            | '’'
            | '%'
            | '…'
            | '、'
            | '。'
            | '，'
            | '．'
            | '・'
            | '：'
            | '；'
            | '？'
            | '！'
            | '」'
            | '』'
            | '）'
            | '】'
            | '〉'
            | '》'
            | '〕'
            | '］'
            | '｝'
            | '々'
            | 'ー'
            | '％'
            | 'ぁ'
            | 'ぃ'
            | 'ぅ'
            | 'ぇ'
            | 'ぉ'
            | 'っ'
            | 'ゃ'
            | 'ゅ'
            | 'ょ'
            | 'ァ'
            | 'ィ'
            | 'ゥ'
            | 'ェ'
            | 'ォ'
            | 'ッ'
            | 'ャ'
            | 'ュ'
            | 'ョ'
    )
}

/// The parts of a word that stay whole.
pub(super) fn parts<'a>(word: &'a str, mut each: impl FnMut(&'a str)) {
    if !word.chars().any(is_unspaced) {
        return each(word);
    }
    let mut start = 0;
    let mut last = None;
    for (at, cluster) in word.grapheme_indices(true) {
        let first = cluster.chars().next();
        if let (Some(left), Some(right)) = (last, first) {
            if breaks_between(left, right) {
                each(word.get(start..at).unwrap_or_default());
                start = at;
            }
        }
        last = first;
    }
    each(word.get(start..).unwrap_or_default());
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(word: &str) -> Vec<&str> {
        let mut out = Vec::new();
        parts(word, |part| out.push(part));
        out
    }

    #[test]
    fn han_and_kana_break_anywhere_but_before_closing_and_after_opening_marks() {
        assert_eq!(split("ranking"), ["ranking"]);
        assert_eq!(
            split("推薦「系統」、ML入門"),
            ["推", "薦", "「系", "統」、", "ML", "入", "門"]
        );
        assert_eq!(split("naïve—👍🏽x"), ["naïve—👍🏽x"]);
    }
}
