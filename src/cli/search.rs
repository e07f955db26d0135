//! `greenroom search`.

use super::exit::{Exit, Outcome};
use super::out;
use super::shell::{page, Shell};
use crate::content::Step;
use crate::desk::{Found, Target};
use serde_json::json;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Words, also cut short; all of them must occur
    #[arg(required = true)]
    query: Vec<String>,
    /// At most so many
    #[arg(long, value_name = "N", default_value_t = 20)]
    limit: usize,
    /// As JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn run(shell: &Shell, args: &Args) -> Outcome {
    let mut desk = shell.desk()?;
    let query = args.query.join(" ");
    let mut found = desk.search(&query);
    found.truncate(args.limit);
    if args.json {
        out::json(&json!({"schema_version": 1, "query": query, "found": found}))?;
    } else if found.is_empty() {
        out::murmur(&format!("Nothing has all of these words: {query}\n"));
    } else {
        out::say(&text(&found))?;
    }
    Ok(if found.is_empty() {
        Exit::No
    } else {
        Exit::Done
    })
}

fn text(found: &[Found]) -> String {
    let mut page = page();
    for own in found {
        page.gap();
        let (id, step) = match &own.target {
            Target::Read { case, step, .. } => (case.as_str(), step.map(Step::id)),
            Target::Page { page, .. } => (page.as_str(), None),
            Target::Drill { drill } => (drill.as_str(), None),
            Target::Note { note } => (note.as_str(), None),
        };
        let step = step.filter(|step| !own.title.contains(step));
        let title = Some(own.title.as_str()).filter(|title| !title.is_empty());
        let mut parts = vec![own.kind.id(), id];
        parts.extend(step.into_iter().chain(title));
        page.paragraph(0, &parts.join(" · "));
        page.paragraph(2, &own.snippet);
    }
    page.into_text()
}
