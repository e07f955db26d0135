//! One page to print: as text of 80 columns, as Markdown, or as HTML that fits A4 and Letter.

use crate::text::{clean_line, width, wrap};
use std::fmt::Write;
use std::str::FromStr;

/// Columns of the text.
const COLUMNS: usize = 80;

/// What a page is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Text,
    Markdown,
    Html,
}

impl FromStr for Format {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "text" => Ok(Self::Text),
            "md" | "markdown" => Ok(Self::Markdown),
            "html" => Ok(Self::Html),
            _ => Err(format!("there is no format `{text}`: text, md, html")),
        }
    }
}

/// A page: a title, and sections under each other.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Print {
    pub(super) title: String,
    /// Under the title.
    pub(super) lead: Vec<Piece>,
    pub(super) sections: Vec<Section>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Section {
    pub(super) title: String,
    /// At the end of the title's line.
    pub(super) aside: String,
    pub(super) pieces: Vec<Piece>,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Piece {
    /// Names with room to write after each, on one line.
    Blanks(Vec<String>),
    Item(String),
    Words(String),
    /// A short name, and what belongs to it.
    Row(String, String),
}

impl Print {
    pub(super) fn render(&self, format: Format) -> String {
        match format {
            Format::Text => self.text(),
            Format::Markdown => self.markdown(),
            Format::Html => self.html(),
        }
    }

    fn text(&self) -> String {
        let mut text = format!("{}\n\n", self.title);
        pieces_as_text(&mut text, &self.lead);
        for section in &self.sections {
            let used = width(&section.title) + width(&section.aside) + 2;
            let rule = "-".repeat(COLUMNS.saturating_sub(used));
            let line = format!("{} {rule} {}", section.title, section.aside);
            let _ = writeln!(text, "\n{}", line.trim_end());
            pieces_as_text(&mut text, &section.pieces);
        }
        text
    }

    fn markdown(&self) -> String {
        let mut text = format!("# {}\n\n", md(&self.title));
        pieces_as_markdown(&mut text, &self.lead);
        for section in &self.sections {
            let _ = write!(text, "\n## {}", md(&section.title));
            if !section.aside.is_empty() {
                let _ = write!(text, " ({})", md(&section.aside));
            }
            text.push_str("\n\n");
            pieces_as_markdown(&mut text, &section.pieces);
        }
        text
    }

    fn html(&self) -> String {
        let mut text = format!(
            "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>{}</title>\n<style>\n{STYLE}</style>\n<h1>{}</h1>\n",
            html(&self.title),
            html(&self.title)
        );
        pieces_as_html(&mut text, &self.lead);
        for section in &self.sections {
            let _ = write!(text, "<section>\n<h2>{}", html(&section.title));
            if !section.aside.is_empty() {
                let _ = write!(text, " <small>{}</small>", html(&section.aside));
            }
            text.push_str("</h2>\n");
            pieces_as_html(&mut text, &section.pieces);
            text.push_str("</section>\n");
        }
        text.push_str("</html>\n");
        text
    }
}

/// Without colours and fonts of its own: what every printer has. A page is as high as Letter and as
/// wide as A4 allow, so that it fits both.
const STYLE: &str = "\
@page { margin: 10mm 12mm }
html { font: 8.5pt/1.25 sans-serif; color: #000; background: #fff }
body { margin: 0 auto; max-width: 186mm }
h1 { font-size: 13pt; margin: 0 0 1mm }
h2 { font-size: 9.5pt; margin: 1.6mm 0 0.4mm; border-bottom: 0.3mm solid #000; break-after: avoid }
h2 small { float: right; font-weight: normal }
p, ul { margin: 0.4mm 0 }
ul { padding-left: 4mm }
section { break-inside: avoid }
.blanks { display: flex; gap: 3mm; height: 4.4mm; align-items: flex-end }
.blanks span { flex: 1; display: flex; white-space: pre }
.blanks i { flex: 1; border-bottom: 0.2mm dotted #555; margin-left: 1mm }
.row { display: flex; gap: 2mm }
.row b { flex: 0 0 26mm; font-weight: 600 }
";

fn pieces_as_text(text: &mut String, pieces: &[Piece]) {
    for piece in pieces {
        match piece {
            Piece::Blanks(names) => blanks(text, names),
            Piece::Item(words) => hang(text, "- ", 2, words),
            Piece::Words(words) => hang(text, "", 0, words),
            Piece::Row(name, words) => {
                let name = clean_line(name);
                let gap = " ".repeat(16usize.saturating_sub(width(&name)).max(1));
                hang(text, &format!("{name}{gap}"), 16, words);
            }
        }
    }
}

/// The first line begins with `mark`, the others with `indent` spaces.
fn hang(text: &mut String, mark: &str, indent: usize, words: &str) {
    let room = COLUMNS - indent.max(width(mark));
    for (at, line) in wrap(&clean_line(words), room).iter().enumerate() {
        let lead = if at == 0 {
            mark.to_owned()
        } else {
            " ".repeat(indent)
        };
        let _ = writeln!(text, "{lead}{line}");
    }
}

/// Names with blanks after them, the line exactly as wide as the page.
fn blanks(text: &mut String, names: &[String]) {
    let gaps = 2 * names.len().saturating_sub(1);
    let used: usize = names.iter().map(|name| width(name) + 1).sum();
    let room = COLUMNS.saturating_sub(used + gaps);
    let count = names.len().max(1);
    let parts: Vec<String> = names
        .iter()
        .enumerate()
        .map(|(at, name)| {
            let extra = usize::from(at < room % count);
            format!("{name} {}", "_".repeat(room / count + extra))
        })
        .collect();
    text.push_str(&parts.join("  "));
    text.push('\n');
}

fn pieces_as_markdown(text: &mut String, pieces: &[Piece]) {
    for piece in pieces {
        let _ = match piece {
            Piece::Blanks(names) => {
                let names: Vec<String> = names
                    .iter()
                    .map(|name| format!("{}: \\_\\_\\_\\_\\_\\_\\_\\_", md(name)))
                    .collect();
                writeln!(text, "- {}", names.join(" · "))
            }
            Piece::Item(words) => writeln!(text, "- {}", md(words)),
            Piece::Words(words) => writeln!(text, "{}\n", md(words)),
            Piece::Row(name, words) => writeln!(text, "- **{}** {}", md(name), md(words)),
        };
    }
}

/// Text that Markdown takes as text.
fn md(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in clean_line(text).chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '#' | '|') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

fn pieces_as_html(text: &mut String, pieces: &[Piece]) {
    let mut listing = false;
    for piece in pieces {
        let item = matches!(piece, Piece::Item(_));
        if item != listing {
            text.push_str(if item { "<ul>\n" } else { "</ul>\n" });
            listing = item;
        }
        let _ = match piece {
            Piece::Blanks(names) => {
                text.push_str("<div class=\"blanks\">");
                for name in names {
                    let _ = write!(text, "<span>{}<i></i></span>", html(name));
                }
                writeln!(text, "</div>")
            }
            Piece::Item(words) => writeln!(text, "<li>{}</li>", html(words)),
            Piece::Words(words) => writeln!(text, "<p>{}</p>", html(words)),
            Piece::Row(name, words) => writeln!(
                text,
                "<div class=\"row\"><b>{}</b><span>{}</span></div>",
                html(name),
                html(words)
            ),
        };
    }
    if listing {
        text.push_str("</ul>\n");
    }
}

/// Text that HTML takes as text.
fn html(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in clean_line(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn print() -> Print {
        Print {
            title: "A <b> & *c*".to_owned(),
            lead: vec![Piece::Words("One\u{1b}[2J".to_owned())],
            sections: vec![Section {
                title: "Two".to_owned(),
                aside: "5 min".to_owned(),
                pieces: vec![
                    Piece::Blanks(vec!["users".to_owned(), "goal".to_owned()]),
                    Piece::Item("first".to_owned()),
                    Piece::Item("second".to_owned()),
                    Piece::Row("Mon".to_owned(), "word ".repeat(30)),
                ],
            }],
        }
    }

    #[test]
    fn nothing_of_a_text_is_taken_for_markup() {
        let html = print().render(Format::Html);
        assert!(html.contains("A &lt;b&gt; &amp; *c*"));
        assert_eq!(html.matches("<ul>").count(), html.matches("</ul>").count());
        let markdown = print().render(Format::Markdown);
        assert!(markdown.contains(r"A \<b> & \*c\*"));
        for format in [Format::Text, Format::Markdown, Format::Html] {
            assert!(!print().render(format).contains('\u{1b}'));
        }
    }

    #[test]
    fn text_is_eighty_columns_wide() {
        let text = print().render(Format::Text);
        assert!(text.lines().all(|line| width(line) <= COLUMNS), "{text}");
        let blank = text.lines().find(|line| line.starts_with("users")).unwrap();
        assert_eq!(width(blank), COLUMNS);
    }
}
