//! What pieces mean, where things are, and who draws fences.

use super::{page, spans};
use crate::markdown::{plain, render, Doc, Link};
use crate::text::{Line, Role};

fn roles(source: &str) -> Vec<(String, Role)> {
    spans(source)
}

fn is(source: &str, expected: &[(&str, Role)]) {
    let found = roles(source);
    let found: Vec<_> = found
        .iter()
        .map(|(text, role)| (text.as_str(), *role))
        .collect();
    assert_eq!(found, expected, "{source}");
}

#[test]
fn styles_have_their_roles() {
    is("a **b c** d", &[("b c", Role::Strong)]);
    is(
        "*a* **b *c***",
        &[("a", Role::Emphasis), ("b c", Role::Strong)],
    );
    is(
        "`x y` ~~old~~",
        &[("x y", Role::Code), ("~~old~~", Role::Faint)],
    );
    is(
        "[here](#there) and [`f`](x.md)",
        &[
            ("here", Role::Link),
            ("f", Role::Link),
            (" [1]", Role::Faint),
        ],
    );
    is(
        "[a b](http://x)",
        &[("a b", Role::Link), (" [1]", Role::Faint)],
    );
    is("### A `b` *c*", &[("A b c", Role::Heading(3))]);
    is("> a **b**", &[("▎ a", Role::Quote), ("b", Role::Strong)]);
    is(
        "> [!TIP]\n> a",
        &[("▎ Tip", Role::Good), ("▎ ", Role::Good)],
    );
    is("- a\n- [x] b", &[("• ", Role::Faint), ("[x] ", Role::Good)]);
    is(
        "| a |\n|---|\n| b |",
        &[("a", Role::Strong), ("═", Role::Faint)],
    );
    is("```\nx\n```", &[("x", Role::Code)]);
}

#[test]
fn headings_give_their_place_and_an_anchor_as_code_hosts_make_it() {
    let doc = page(
        "# Töp `x` [y](http://z)!\n\ntext\n\n## Same\n\n## Same\n\n## same-1\n\n### !?",
        40,
    );
    let found: Vec<_> = doc
        .headings
        .iter()
        .map(|h| {
            (
                h.level,
                h.title.as_str(),
                h.anchor.as_str(),
                doc.lines[h.line].text(),
            )
        })
        .collect();
    let line = |text: &str| text.to_owned();
    assert_eq!(
        found,
        [
            (1, "Töp x y!", "töp-x-y", line("Töp x y [1]!")),
            (2, "Same", "same", line("Same")),
            (2, "Same", "same-1", line("Same")),
            (2, "same-1", "same-1-1", line("same-1")),
            (3, "!?", "section", line("!?")),
        ]
    );
}

#[test]
fn links_are_gathered_and_those_that_lead_out_are_numbered_by_target() {
    let source = "one\n\n[a *b*](https://x/1) [c](#d) [e](HTTP://y) [f](https://x/1) <m@n.o>\n\n\
        | t |\n|---|\n| [g](https://z/&#27;1) |";
    let doc = page(source, 60);
    let link = |text: &str, target: &str, number, line| Link {
        text: text.into(),
        target: target.into(),
        number,
        line,
    };
    assert_eq!(
        doc.links,
        [
            link("a b", "https://x/1", Some(1), 2),
            link("c", "#d", None, 2),
            link("e", "HTTP://y", Some(2), 2),
            link("m@n.o", "m@n.o", None, 2),
            link("g", "https://z/1", Some(3), 6),
        ]
    );
    assert_eq!(
        plain(source, 20),
        "one\n\na b [1] c e [2]\nf [1] m@n.o\n\nt\n═════\ng [3]\n\n\
        [1] https://x/1\n[2] HTTP://y\n[3] https://z/1\n"
    );
}

#[test]
fn a_fence_may_be_drawn_by_the_face_and_is_cut_at_the_width() {
    let draw = |language: &str, text: &str, width: usize| {
        (language == "mermaid").then(|| vec![Line::of(format!("{text:?} {width}"), Role::Box); 2])
    };
    let texts = |source: &str| -> Vec<String> {
        let doc = render(source, 30, &draw);
        doc.lines.iter().map(Line::text).collect()
    };
    assert_eq!(
        texts("- a\n  ```mermaid title\n  b\u{1b}[1m\n  ```"),
        ["• a", "", "  \"b[1m\\n\" 28", "  \"b[1m\\n\" 28"]
    );
    let long = format!("~~~mermaid\n{}\n~~~", "x".repeat(40));
    assert_eq!(texts(&long), vec![format!("\"{}…", "x".repeat(28)); 2]);
    assert_eq!(
        texts("```rust\nb\n```\n\n    mermaid"),
        ["  b", "", "  mermaid"]
    );
}

#[test]
fn escapes_made_by_entities_and_stacks_of_marks_do_not_pass() {
    let doc = page("a&#27;[2Jb `\u{1b}]0;x\u{7}` &#x202e;c", 40);
    assert_eq!(doc.lines[0].text(), "a[2Jb ]0;x c");
    let stacked = format!("e{}", "&#769;<b></b>".repeat(50));
    assert!(page(&stacked, 40).lines[0].text().chars().count() < 12);
}

#[test]
fn nothing_gives_nothing() {
    for source in ["", "\n \n", "<!-- c -->", "[a]: http://b", "#"] {
        assert_eq!(page(source, 60), Doc::default(), "{source:?}");
        assert_eq!(plain(source, 60), "");
    }
}
