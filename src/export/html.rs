//! A mock as one HTML page that needs nothing else: no script, no font, no picture from elsewhere.
//! Diagrams are drawn in text, as on the terminal.

use super::talk::{clock, talk};
use crate::content::{Case, Framework, Kind, Rubric};
use crate::diagram;
use crate::grading::{Decision, ItemScore, Verdict};
use crate::mock::{BoardReport, Debrief, Record};
use crate::text::{clean, Line};
use std::fmt::Write;
use std::ops::Range;

/// Cells of a diagram's width.
const WIDTH: usize = 96;
const STYLE: &str = "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;\
color:#1b1b1b;background:#fff}table{border-collapse:collapse}td,th{padding:.2rem .8rem .2rem 0;text-align:left;\
vertical-align:top}pre{overflow-x:auto;line-height:1.2}mark{background:#d8f3dc}.bar{display:inline-block;height:.7rem;\
background:#4a7bd0}.over{background:#c0392b}.faint{color:#666}@media(prefers-color-scheme:dark){body{color:#e6e6e6;\
background:#16181c}mark{background:#1f4d2b;color:inherit}.faint{color:#999}}";

/// The page.
pub fn page(
    record: &Record,
    debrief: &Debrief,
    case: Option<&Case>,
    framework: &Framework,
    rubric: &Rubric,
) -> String {
    let mut text = String::new();
    let title = escaped(&debrief.title);
    let _ = write!(
        text,
        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Mock: {title}</title>\
         <style>{STYLE}</style></head>\n<body>\n<h1>Mock: {title}</h1>\n"
    );
    head(&mut text, record, debrief);
    scores(&mut text, debrief, rubric);
    times(&mut text, debrief, framework);
    items(&mut text, debrief, case);
    answers(&mut text, record, debrief, framework);
    transcript(&mut text, record);
    text.push_str("</body></html>\n");
    text
}

fn head(text: &mut String, record: &Record, debrief: &Debrief) {
    let sheet = &debrief.sheet;
    let verdict = match (sheet.verdict, sheet.borderline) {
        (Decision::Hire, false) => "hire",
        (Decision::Hire, true) => "hire (borderline)",
        (Decision::NoHire, false) => "no hire",
        (Decision::NoHire, true) => "no hire (borderline)",
    };
    let _ = writeln!(
        text,
        "<p><b>{:.0} of 100, {verdict}</b> · {} · {} minutes · {}</p>",
        sheet.total,
        record.level,
        record.clock_minutes,
        escaped(&record.case)
    );
    if let Some(heard) = debrief.heard_by() {
        let _ = writeln!(text, "<p>Scored {heard}.</p>");
    }
}

fn scores(text: &mut String, debrief: &Debrief, rubric: &Rubric) {
    text.push_str("<h2>Scores</h2>\n<table>\n");
    for own in &debrief.sheet.dimensions {
        let title = rubric.dimension(own.id.as_str());
        let title = title.map_or(own.id.as_str(), |dimension| dimension.title.as_str());
        let score = own.score.map_or_else(
            || "not scored".to_owned(),
            |score| format!("{score} of 4 <span class=bar style=\"width:{score}rem\"></span>"),
        );
        let _ = writeln!(
            text,
            "<tr><td>{}</td><td>{score}</td><td class=faint>weight {:.0}</td></tr>",
            escaped(title),
            own.weight
        );
    }
    text.push_str("</table>\n");
}

fn times(text: &mut String, debrief: &Debrief, framework: &Framework) {
    text.push_str("<h2>Time</h2>\n<table>\n");
    for time in &debrief.time {
        let within = f64::from(time.used.min(time.budget)) / 60.0;
        let over = f64::from(time.used.saturating_sub(time.budget)) / 60.0;
        let _ = writeln!(
            text,
            "<tr><td>{}</td><td>{} of {}</td><td><span class=bar style=\"width:{within:.1}rem\"></span>\
             <span class=\"bar over\" style=\"width:{over:.1}rem\"></span></td></tr>",
            escaped(time.segment.title(framework)),
            clock(time.used),
            clock(time.budget)
        );
    }
    text.push_str("</table>\n");
}

fn items(text: &mut String, debrief: &Debrief, case: Option<&Case>) {
    let groups = [
        (Verdict::Missed, "Not found in your words"),
        (Verdict::Conflict, "Said, and also the contrary"),
        (Verdict::Maybe, "Did you say this?"),
        (Verdict::Hit, "What you said"),
    ];
    for (verdict, title) in groups {
        let of = |item: &&ItemScore| item.verdict == verdict && item.kind != Kind::RedFlag;
        let found: Vec<&ItemScore> = debrief.sheet.items.iter().filter(of).collect();
        if found.is_empty() {
            continue;
        }
        let _ = writeln!(text, "<h2>{title} ({})</h2>\n<ul>", found.len());
        for item in found {
            let own = case.and_then(|case| case.item(item.id.as_str()));
            let point = own.map_or(item.id.as_str(), |own| own.point.trim());
            let _ = write!(
                text,
                "<li><b>{}</b> · {}: {}",
                item.kind,
                item.step,
                escaped(point)
            );
            for words in item.evidence.iter().take(2) {
                let _ = write!(text, "<br><mark>{}</mark>", escaped(words.text.trim()));
            }
            text.push_str("</li>\n");
        }
        text.push_str("</ul>\n");
    }
    if !debrief.sheet.flags.is_empty() {
        text.push_str("<h2>Red flags</h2>\n<ul>\n");
        for flag in &debrief.sheet.flags {
            let _ = writeln!(text, "<li>{}</li>", escaped(flag.point.trim()));
        }
        text.push_str("</ul>\n");
    }
}

fn answers(text: &mut String, record: &Record, debrief: &Debrief, framework: &Framework) {
    text.push_str("<h2>Your answer</h2>\n");
    for segment in &record.segments {
        let said = record.said_in(*segment);
        let board = debrief.board(Some(*segment));
        if said.is_empty() && board.is_none() {
            continue;
        }
        let _ = writeln!(text, "<h3>{}</h3>", escaped(segment.title(framework)));
        if !said.is_empty() {
            let spans = segment.step().map(|step| debrief.marked(step));
            let marked = marked(&said, &spans.unwrap_or_default());
            let _ = writeln!(text, "<p>{}</p>", marked.replace('\n', "<br>\n"));
        }
        if let Some(board) = board {
            whiteboard(text, debrief, board);
        }
    }
    if let Some(board) = debrief.board(None) {
        text.push_str("<h3>Whiteboard</h3>\n");
        whiteboard(text, debrief, board);
    }
}

/// A text with these bytes of it marked.
fn marked(text: &str, spans: &[Range<usize>]) -> String {
    let mut out = String::new();
    let mut from = 0;
    for span in spans {
        let (Some(before), Some(words)) = (text.get(from..span.start), text.get(span.clone()))
        else {
            continue;
        };
        let _ = write!(out, "{}<mark>{}</mark>", escaped(before), escaped(words));
        from = span.end;
    }
    out.push_str(&escaped(text.get(from..).unwrap_or_default()));
    out
}

/// What was drawn, what it has of its reference, and the reference.
fn whiteboard(text: &mut String, debrief: &Debrief, board: &BoardReport) {
    let _ = writeln!(text, "<h4>Your whiteboard</h4>\n{}", picture(&board.text));
    if let Some(fault) = &board.fault {
        let _ = writeln!(text, "<p>It was not drawn: {}</p>", escaped(fault));
    }
    let Some(reference) = &board.reference else {
        return;
    };
    text.push_str("<table>\n");
    for (finding, names) in board.findings() {
        let _ = writeln!(
            text,
            "<tr><td class=faint>{}</td><td>{}</td></tr>",
            finding.label(),
            escaped(&names)
        );
    }
    let _ = writeln!(
        text,
        "</table>\n<h4>The reference: {}</h4>",
        board.against()
    );
    if debrief.shows_reference(board) {
        let _ = writeln!(text, "{}", picture(reference));
    } else {
        text.push_str("<p class=faint>It is drawn further below.</p>\n");
    }
}

/// A flowchart drawn in text; one that cannot be drawn as it was typed.
fn picture(flowchart: &str) -> String {
    let drawn = match diagram::read(flowchart) {
        Ok(graph) => {
            let lines = diagram::draw(&graph, WIDTH);
            let lines: Vec<String> = lines.iter().map(Line::text).collect();
            lines.join("\n")
        }
        Err(_) => flowchart.to_owned(),
    };
    format!("<pre>{}</pre>", escaped(&drawn))
}

fn transcript(text: &mut String, record: &Record) {
    text.push_str("<h2>Transcript</h2>\n<table>\n");
    for said in talk(record) {
        let _ = writeln!(
            text,
            "<tr><td class=faint>{}</td><td>{}</td><td>{}<br><span class=faint>{}</span></td></tr>",
            said.at,
            said.who,
            escaped(said.text),
            escaped(said.because)
        );
    }
    text.push_str("</table>\n");
}

/// Text that a browser shows as it is.
fn escaped(text: &str) -> String {
    clean(text)
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_was_written_becomes_markup() {
        assert_eq!(
            escaped("<script>\"x\" & y</script>\u{1b}[2J"),
            "&lt;script&gt;&quot;x&quot; &amp; y&lt;/script&gt;[2J"
        );
        let spans = vec![0..2, 5..7];
        assert_eq!(
            marked("a<bc ß> d", &spans),
            "<mark>a&lt;</mark>bc <mark>ß</mark>&gt; d"
        );
    }
}
