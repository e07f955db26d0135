//! `completions`, `man`, `paths`.

use super::exit::{Exit, Outcome};
use super::shell::{page, Shell};
use super::{out, Cli};
use clap::CommandFactory;
use clap_complete::Shell as Kind;
use serde_json::json;

#[derive(Debug, clap::Args)]
pub(super) struct CompletionsArgs {
    shell: Kind,
}

#[derive(Debug, clap::Args)]
pub(super) struct PathsArgs {
    /// As JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn completions(args: &CompletionsArgs) -> Outcome {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "greenroom", &mut script);
    out::pour(&String::from_utf8_lossy(&script))?;
    Ok(Exit::Done)
}

pub(super) fn man() -> Outcome {
    let mut text = Vec::new();
    clap_mangen::Man::new(Cli::command()).render(&mut text)?;
    out::pour(&String::from_utf8_lossy(&text))?;
    Ok(Exit::Done)
}

pub(super) fn paths(shell: &Shell, args: &PathsArgs) -> Outcome {
    let paths = &shell.paths;
    let progress = paths.data.join("progress.db");
    let backups = paths.data.join("backups");
    let packs: Vec<_> = shell.config.packs.iter().chain(&shell.packs).collect();
    if args.json {
        out::json(&json!({
            "schema_version": 1,
            "config": paths.config,
            "data": paths.data,
            "progress": progress,
            "backups": backups,
            "cache": paths.cache,
            "packs": packs,
        }))?;
        return Ok(Exit::Done);
    }
    let state = |there: bool| if there { "" } else { "  (not there yet)" };
    let row = |name: &str, path: &std::path::Path| {
        let note = state(path.exists());
        vec![name.to_owned(), format!("{}{note}", path.display())]
    };
    let mut rows = vec![
        row("config", &paths.config),
        row("progress", &progress),
        row("backups", &backups),
    ];
    rows.extend(paths.cache.iter().map(|cache| row("cache", cache)));
    rows.extend(packs.iter().map(|pack| row("pack", pack)));
    let mut page = page();
    page.table(0, &rows);
    page.line("The built-in content is part of the program. Nothing here uses the network.");
    out::say(page.text())?;
    Ok(Exit::Done)
}
