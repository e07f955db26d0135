//! What holds for every text.

use super::page;
use crate::markdown::{plain, render, section, sections};
use crate::text::{width, Line};
use proptest::prelude::*;

/// Pieces that mean something to the parser or to a terminal, in any order.
fn markdown() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[a-z]{1,12} ",
        one_of(&[
            "\n",
            "\n\n",
            "\n> ",
            "\n- ",
            "\n  - ",
            "\n12. ",
            "\n    ",
            "\n# ",
            "\n## ",
            "\n---\n",
            "\n```\n",
            "\n```x\n",
            "\n| a | b |\n|---|--:|\n",
            "| c ",
            "|\n",
            "*",
            "**",
            "~~",
            "`",
            "[",
            "](http://x)",
            "](#y)",
            "![",
            "[^1]",
            "\n[^1]: ",
            "<b>",
            "<br>",
            "\n<div>",
            "<!--",
            "- [x] ",
            "\\\n",
            "  \n",
            "&#27;",
            "&#769;",
            "> [!NOTE]\n",
            "5 %",
            "9",
            "\t",
        ]),
        one_of(&[
            "日本語の文",
            "「",
            "」。",
            "👩‍💻",
            "👍🏽",
            "❤\u{fe0f}",
            "1\u{fe0f}\u{20e3}",
            "\u{fe0f}",
            "\u{200d}",
            "\u{301}",
            "ᄀᄀᄀ",
            "각",
            "🇫🇷",
            "\u{600}",
            "\u{1b}[31m",
            "\u{202e}",
            "\u{ad}",
            "لا",
            "क्ष",
            "\u{a0}",
            "ﷺ",
            "\u{3000}",
            "e\u{301}",
        ]),
        any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

fn one_of(pieces: &'static [&'static str]) -> impl Strategy<Value = String> {
    prop::sample::select(pieces).prop_map(String::from)
}

fn squeeze(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn no_line_is_wider_than_the_page_or_ends_in_a_space(source in markdown(), limit in 20usize..70) {
        let doc = page(&source, limit);
        for line in &doc.lines {
            let text = line.text();
            prop_assert!(line.width() <= limit && width(&text) <= limit, "{text:?}");
            prop_assert!(!text.ends_with(' '), "{text:?}");
            prop_assert!(!text.chars().any(char::is_control), "{text:?}");
        }
        // Only code may be wider, and only where nothing scrolls it.
        let wide = doc.blocks.iter().any(|block| block.hidden() > 0);
        prop_assert!(wide || plain(&source, limit).lines().all(|line| width(line) <= limit));
        for cells in [0, 1, 7, 1000] {
            for (at, line) in doc.shifted(cells) {
                prop_assert!(line.width() <= limit, "{line:?}");
                prop_assert!(cells > 0 || Some(&line) == doc.lines.get(at), "{line:?}");
            }
        }
        let blank = |at: usize| doc.lines.get(at).is_some_and(|line| line.spans.is_empty());
        for heading in &doc.headings {
            prop_assert!(heading.line < doc.lines.len() && !blank(heading.line));
        }
        prop_assert!(doc.links.iter().all(|link| link.line < doc.lines.len()));
        prop_assert_eq!(page(&source, limit), doc);
    }

    #[test]
    fn any_text_is_laid_out_and_cut(source in "\\PC{0,200}|[ -~\n]{0,300}", limit: usize) {
        plain(&source, limit);
        for found in sections(&source) {
            prop_assert!(source.get(found.range.clone()).is_some());
            prop_assert!(source.get(found.body.clone()).is_some());
            prop_assert!(section(&source, &found.title).is_some());
        }
    }

    #[test]
    fn words_stay_whole_in_order_in_any_container(
        words in prop::collection::vec("[a-zé]{1,10}", 1..40),
        container in prop::sample::select(vec!["", "> ", "- ", "12. ", "> - ", "- > 1. ", "## "]),
        limit in 20usize..70,
    ) {
        let doc = page(&format!("{container}{}", words.join(" ")), limit);
        let text: Vec<String> = doc.lines.iter().map(Line::text).collect();
        let marker = |word: &&str| !matches!(*word, "▎" | "•" | "◦" | "12." | "1.") && !word.starts_with('─');
        let found: Vec<&str> = text.iter().flat_map(|line| line.split_whitespace()).filter(marker).collect();
        prop_assert_eq!(found, words);
    }

    #[test]
    fn a_table_loses_no_word_in_any_form(
        cells in prop::collection::vec(prop::collection::vec("[a-z日]{1,12}", 0..6), 2..12),
        columns in 1usize..5,
        limit in 20usize..90,
    ) {
        let rows: Vec<String> = cells
            .chunks(columns)
            .map(|row| {
                let text = |i: usize| row.get(i).map(|words| words.join(" ")).unwrap_or_default();
                (0..columns).map(|i| format!("| {} ", text(i))).collect::<String>() + "|"
            })
            .collect();
        let head = format!("{}|\n{}|", "| h ".repeat(columns), "|---".repeat(columns));
        let doc = page(&format!("{head}\n{}", rows.join("\n")), limit);
        let shown: String = doc.lines.iter().map(Line::text).collect();
        let mut shown: Vec<char> = squeeze(&shown).chars().filter(|c| !"h:═╪─┼│".contains(*c)).collect();
        let mut given: Vec<char> = squeeze(&cells.concat().concat()).chars().filter(|c| *c != 'h').collect();
        shown.sort_unstable();
        given.sort_unstable();
        prop_assert_eq!(shown, given);
    }

    #[test]
    fn whatever_a_fence_draws_stays_on_the_page(text in "\\PC{0,80}", limit in 20usize..60) {
        let draw = |_: &str, _: &str, _: usize| Some(vec![Line::plain(text.clone())]);
        let doc = render("> - ```x\n>   ```", limit, &draw);
        prop_assert!(doc.lines.iter().all(|line| line.width() <= limit));
    }
}

#[test]
fn deep_nesting_and_long_runs_are_no_trouble() {
    let many = 5_000;
    for piece in [
        "> ", "- ", "1. ", "*a ", "[", "![", "`", "<b>", "<!--", "| ", "ᄀ", "\u{200d}", "# a\n",
    ] {
        let source = piece.repeat(many) + "x";
        assert!(
            page(&source, 20)
                .lines
                .iter()
                .all(|line| line.width() <= 20),
            "{piece}"
        );
        sections(&source);
    }
}

/// Words in blocks of every kind, nested at random: a document as people write it.
fn document() -> impl Strategy<Value = String> {
    let words = || prop::collection::vec("[a-z]{1,14}", 1..14).prop_map(|words| words.join(" "));
    let cells = || prop::collection::vec("[a-z]{1,9}", 3);
    let leaf = prop_oneof![
        4 => words(),
        1 => words().prop_map(|text| format!("## {text}")),
        1 => words().prop_map(|text| format!("```\n{text}\n```")),
        1 => words().prop_map(|text| format!("**{text}** `code` [link](https://x/y)")),
        1 => prop::collection::vec(cells(), 1..4).prop_map(|rows| {
            let rows: Vec<String> = rows.iter().map(|row| format!("| {} |", row.join(" | "))).collect();
            format!("| h | i | j |\n|---|:-:|--:|\n{}", rows.join("\n"))
        }),
    ];
    let indented = |text: &str, first: &str, rest: &str| -> String {
        let lines = text.lines().enumerate();
        let lines = lines.map(|(at, line)| format!("{}{line}", if at == 0 { first } else { rest }));
        lines.collect::<Vec<_>>().join("\n")
    };
    let tree = leaf.prop_recursive(4, 24, 4, move |inner| {
        let blocks = prop::collection::vec(inner, 1..4);
        (blocks, 0..4usize).prop_map(move |(blocks, kind)| {
            let text = blocks.join("\n\n");
            match kind {
                0 => indented(&text, "> ", "> "),
                1 => indented(&text, "- ", "  "),
                2 => indented(&text, "7. ", "   "),
                _ => text,
            }
        })
    });
    prop::collection::vec(tree, 1..4).prop_map(|blocks| blocks.join("\n\n"))
}

proptest! {
    #[test]
    fn a_document_loses_no_word_at_any_width(source in document(), limit in 20usize..100) {
        let shown = squeeze(&plain(&source, limit));
        let mut shown = shown.chars();
        // Tables are left out: side by side their words come in another order.
        let prose = source.lines().filter(|line| !line.contains('|') && !line.contains("```"));
        let words: Vec<&str> = prose
            .flat_map(|line| line.split(|c: char| !c.is_ascii_lowercase()))
            .filter(|word| !["", "https", "x", "y", "link", "code"].contains(word))
            .collect();
        for c in words.concat().chars() {
            prop_assert!(shown.any(|own| own == c), "{source}\n{}", plain(&source, limit));
        }
        for line in page(&source, limit).lines {
            prop_assert!(line.width() <= limit);
        }
    }
}
