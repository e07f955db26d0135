//! Every example of the CommonMark specification is laid out within the width, without losing text.
//!
//! `tests/data/commonmark/spec.txt` is version 0.31.2 of the specification as its authors publish it,
//! © John MacFarlane, under CC BY-SA 4.0; see the licence beside it.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

use greenroom::markdown::{plain, render};
use greenroom::text::width;
use std::fs;
use std::path::Path;

/// One example: what is written, and what browsers show of it.
struct Example {
    number: usize,
    markdown: String,
    html: String,
}

fn examples() -> Vec<Example> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/commonmark/spec.txt");
    let text = fs::read_to_string(path).unwrap().replace('→', "\t");
    let fence = "`".repeat(32);
    let (begin, end) = (format!("{fence} example\n"), format!("\n{fence}\n"));
    let parts = text.split(&begin).skip(1);
    let parts = parts.map(|rest| rest.split(&end).next().unwrap());
    let examples = (1..).zip(parts).map(|(number, part)| {
        let (markdown, html) = part
            .strip_prefix(".\n")
            .map_or_else(|| part.split_once("\n.\n"), |html| Some(("", html)))
            .or_else(|| part.strip_suffix("\n.").map(|markdown| (markdown, "")))
            .unwrap_or_else(|| panic!("example {number}"));
        Example {
            number,
            markdown: markdown.to_owned(),
            html: html.to_owned(),
        }
    });
    examples.collect()
}

/// The text of the expected page, without blanks: tags, comments, scripts and styles fall away, and
/// the words that stand for a picture stay.
fn visible(html: &str) -> String {
    let mut out = String::new();
    let mut rest = html;
    while let Some((before, after)) = rest.split_once('<') {
        out.push_str(before);
        let until = |end: &str| after.split_once(end).map_or("", |(_, rest)| rest);
        let named = |name: &str| after.to_lowercase().starts_with(name);
        rest = if after.starts_with("!--") {
            until("-->")
        } else if after.starts_with("![CDATA[") {
            until("]]>")
        } else if after.starts_with('?') {
            until("?>")
        } else if named("script") {
            until("</script>")
        } else if named("style") {
            until("</style>")
        } else {
            let (tag, rest) = tag(after);
            let alt = tag.split_once("alt=\"").filter(|_| named("img"));
            let alt = alt.and_then(|(_, alt)| alt.split('"').next());
            out.push_str(alt.unwrap_or_default());
            rest
        };
    }
    out.push_str(rest);
    let plain = out
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&amp;", "&");
    squeeze(&plain)
}

/// What is in a tag, and what follows it; a `>` in quotes does not end it.
fn tag(html: &str) -> (&str, &str) {
    let mut quote = None;
    for (at, c) in html.char_indices() {
        match (quote, c) {
            (None, '>') => return (html.get(..at).unwrap(), html.get(at + 1..).unwrap()),
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), _) if open == c => quote = None,
            _ => {}
        }
    }
    (html, "")
}

fn squeeze(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Whether all characters of the one are in the other in order; what stands between them is ours:
/// bullets, bars, numbers of links.
fn holds(shown: &str, wanted: &str) -> bool {
    let mut shown = shown.chars();
    wanted.chars().all(|c| shown.any(|own| own == c))
}

#[test]
fn every_example_of_commonmark_keeps_its_text_and_its_width() {
    let all = examples();
    assert_eq!(all.len(), 652);
    let mut lost = Vec::new();
    for example in &all {
        let wanted = visible(&example.html);
        for limit in [20, 40, 80] {
            let doc = render(&example.markdown, limit, &|_, _, _| None);
            let wide = doc.lines.iter().find(|line| line.width() > limit);
            assert!(wide.is_none(), "example {}: {wide:?}", example.number);
            let text = plain(&example.markdown, limit);
            let code = doc.blocks.iter().any(|block| block.hidden() > 0);
            assert!(code || text.lines().all(|line| width(line) <= limit));
            if !holds(&squeeze(&text), &wanted) {
                lost.push(format!(
                    "{} at {limit}: {:?}\n  wanted {wanted}\n  shown  {}",
                    example.number,
                    example.markdown,
                    squeeze(&text)
                ));
            }
        }
    }
    assert!(lost.is_empty(), "{} lost:\n{}", lost.len(), lost.join("\n"));
}
