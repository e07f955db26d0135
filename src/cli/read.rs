//! `greenroom read`: the cases, the breakdown of one, the pages beside them.

use super::exit::{Exit, Failure, Outcome};
use super::shell::{known_page, page, Shell};
use super::{clock, out};
use crate::content::{Framework, Page, Step};
use crate::desk::Desk;
use crate::markdown;
use crate::tui::Start;
use serde_json::json;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// A case, `framework`, `transfer`, `toolbox` or `reading`; without one all of them are listed
    page: Option<String>,
    /// Only this step
    #[arg(long, requires = "page")]
    step: Option<Step>,
    /// As text, also on a terminal
    #[arg(long)]
    plain: bool,
    /// As JSON
    #[arg(long)]
    json: bool,
}

/// One second-level section of a breakdown.
struct Section<'a> {
    step: Option<Step>,
    title: String,
    /// With its heading.
    markdown: &'a str,
}

pub(super) fn run(shell: &Shell, args: &Args) -> Outcome {
    let mut desk = shell.desk()?;
    let Some(page) = &args.page else {
        return list(&desk, args.json);
    };
    known_page(&desk, page)?;
    if !args.plain && !args.json && out::is_interactive() {
        drop(desk);
        return shell.screen(Start::Read {
            case: page.clone(),
            step: args.step,
        });
    }
    let fault = |fault: crate::content::Fault| Failure::data(fault.to_string());
    let text = desk.page(page).map_err(fault)?.into_owned();
    let is_case = desk.library.case_head(page).is_some();
    let (intro, all) = sections(&text, desk.library.framework(), is_case);
    let wanted: Vec<&Section<'_>> = all
        .iter()
        .filter(|section| args.step.is_none() || section.step == args.step)
        .collect();
    if let (Some(step), true) = (args.step, wanted.is_empty()) {
        return Err(Failure::data(format!(
            "the page {page} has no section for {step}"
        )));
    }
    if args.json {
        let sections: Vec<_> = wanted
            .iter()
            .map(|own| json!({"step": own.step, "title": own.title, "markdown": own.markdown}))
            .collect();
        out::json(&json!({
            "schema_version": 1,
            "page": page,
            "case": is_case.then_some(page),
            "title": desk.page_title(page),
            "sections": sections,
        }))?;
        return Ok(Exit::Done);
    }
    let mut shown = String::new();
    if args.step.is_none() {
        shown.push_str(intro);
    }
    for section in &wanted {
        shown.push_str(section.markdown);
    }
    out::say(&plain(&shown))?;
    // Whoever reads here has read: the plan ticks it off.
    for section in wanted {
        if let Some(step) = section.step.filter(|_| is_case) {
            desk.was_read(page, step.id(), 0.0, clock::now());
        }
    }
    Ok(Exit::Done)
}

fn list(desk: &Desk, json: bool) -> Outcome {
    let cases: Vec<_> = desk.library.cases().collect();
    if json {
        out::json(&json!({"schema_version": 1, "cases": cases}))?;
        return Ok(Exit::Done);
    }
    let mut page = page();
    let mut rows: Vec<Vec<String>> = cases
        .iter()
        .map(|head| {
            let draft = if head.draft { " (draft)" } else { "" };
            let summary = head.summary.trim();
            vec![head.id.clone(), format!("{}{draft}: {summary}", head.title)]
        })
        .collect();
    let row = |page: Page| {
        let about = format!("{}: {}", page.title(), page.about());
        vec![page.id().to_owned(), about]
    };
    rows.extend(Page::ALL.map(row));
    page.table(0, &rows);
    page.gap();
    page.line("One of them: greenroom read PAGE [--step STEP]");
    out::say(page.text())?;
    Ok(Exit::Done)
}

/// Markdown as text for people.
fn plain(markdown: &str) -> String {
    super::page::markdown(markdown, out::width())
}

/// What comes before the first section, and the sections: by their titles; those of a case without
/// such titles by their places.
fn sections<'a>(
    text: &'a str,
    framework: &Framework,
    is_case: bool,
) -> (&'a str, Vec<Section<'a>>) {
    let all = markdown::sections(text);
    let first = all
        .first()
        .map_or(text.len(), |section| section.range.start);
    let by_title = |title: &str| {
        let guide = framework.steps.iter().find(|guide| guide.title == title);
        guide.map(|guide| guide.id)
    };
    let named = all.iter().any(|section| by_title(&section.title).is_some());
    let sections = all
        .into_iter()
        .enumerate()
        .map(|(place, section)| Section {
            step: if named || !is_case {
                by_title(&section.title)
            } else {
                Step::ALL.get(place).copied()
            },
            markdown: text.get(section.range).unwrap_or_default(),
            title: section.title,
        })
        .collect();
    (text.get(..first).unwrap_or_default(), sections)
}
