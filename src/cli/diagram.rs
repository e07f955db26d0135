//! `greenroom diagram`: draws any flowchart file.

use super::exit::{Exit, Failure, Outcome};
use super::{input, out};
use crate::diagram;
use crate::text::Line;
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// A flowchart, or a -> b lines; - for standard input
    file: PathBuf,
    /// Cells of a line; else the terminal's width, or 80
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(20..=1000))]
    width: Option<u16>,
    /// As a list of boxes and arrows instead of a drawing
    #[arg(long)]
    list: bool,
}

pub(super) fn run(args: &Args) -> Outcome {
    let text = input::text(&args.file)?;
    let graph = diagram::read(&text).map_err(|fault| {
        let file = args.file.display();
        Failure::data(format!(
            "{file}:{}:{}: {}",
            fault.line, fault.column, fault.message
        ))
    })?;
    let lines: Vec<String> = if args.list {
        diagram::list(&graph)
    } else {
        let width = args.width.map_or_else(out::width, usize::from);
        let lines = diagram::draw(&graph, width);
        lines.iter().map(Line::text).collect()
    };
    let mut text = String::new();
    for line in lines {
        text.push_str(line.trim_end());
        text.push('\n');
    }
    out::say(&text)?;
    Ok(Exit::Done)
}
