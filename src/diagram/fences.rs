//! Where the flowcharts of a Markdown text stand.

/// A fenced block that says `mermaid`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fence {
    /// Number of its first line of text, from one.
    pub line: usize,
    /// How many characters its lines are indented; they are not part of `text`.
    pub indent: usize,
    pub text: String,
}

/// All of them, in order. One that is never closed goes to the end, as in Markdown.
pub fn fences(source: &str) -> Vec<Fence> {
    let mut found = Vec::new();
    // The mark that closes the block that is open, and that block if it says `mermaid`.
    let mut open: Option<(&str, Option<Fence>)> = None;
    for (number, line) in source.lines().enumerate() {
        let text = line.trim_start();
        let indent = line.chars().count() - text.chars().count();
        match &mut open {
            Some((mark, fence)) if text.starts_with(*mark) && is_mark(text) => {
                found.extend(fence.take());
                open = None;
            }
            Some((_, Some(fence))) => {
                let blanks = line.chars().take_while(|c| c.is_whitespace()).count();
                fence
                    .text
                    .extend(line.chars().skip(blanks.min(fence.indent)));
                fence.text.push('\n');
            }
            Some(_) => {}
            None => {
                open = mark(text).map(|(mark, info)| {
                    let is_mermaid = info.split_whitespace().next() == Some("mermaid");
                    let fence = is_mermaid.then(|| Fence {
                        line: number + 2,
                        indent,
                        text: String::new(),
                    });
                    (mark, fence)
                });
            }
        }
    }
    found.extend(open.and_then(|(_, fence)| fence));
    found
}

/// The opening mark of a fence and what follows it.
fn mark(text: &str) -> Option<(&str, &str)> {
    let sign = text.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let info = text.trim_start_matches(sign);
    let mark = text.strip_suffix(info)?;
    (mark.len() >= 3 && !(sign == '`' && info.contains('`'))).then_some((mark, info))
}

/// Nothing but the signs of a fence.
fn is_mark(text: &str) -> bool {
    text.trim_end().chars().all(|c| matches!(c, '`' | '~'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_says_mermaid_is_found_with_its_place() {
        let text = "# A\n```mermaid\ngraph LR\n  a-->b\n```\n```rust\n```mermaid\n```\n\
                    - item\n   ~~~~ mermaid\n   graph TD\n     x\n   ~~~\n   ~~~~\n\n``` mermaid\nlast\n";
        let found: Vec<_> = fences(text)
            .into_iter()
            .map(|fence| (fence.line, fence.indent, fence.text))
            .collect();
        assert_eq!(
            found,
            [
                (3, 0, "graph LR\n  a-->b\n".to_owned()),
                (11, 3, "graph TD\n  x\n~~~\n".to_owned()),
                (17, 0, "last\n".to_owned()),
            ]
        );
        assert_eq!(fences("a -> b\n``` is no fence `\n"), []);
    }
}
