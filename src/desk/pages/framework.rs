//! The seven steps as a page, and their names in other books.

use crate::content::{Elsewhere, Framework, Step, StepGuide};
use std::fmt::Write as _;

/// A section for each step, the wrap-up, then the other frameworks.
pub(super) fn page(framework: &Framework) -> String {
    let mut page = String::from(
        "# The seven steps\n\nOne road for every question. The minutes are budgets: a step that takes \
         more takes it from a later one.\n",
    );
    for step in &framework.steps {
        page.push_str(&guide(step, &framework.clocks));
    }
    let last = &framework.wrap_up;
    let minutes = budgets(&last.minutes, &framework.clocks);
    let _ = write!(
        page,
        "\n## {}\n\n*{minutes}*\n\n{}\n",
        last.title,
        last.purpose.trim()
    );
    page.push_str(&list("Done when", &last.done));
    page.push_str(&list("Say", &last.say));
    if !framework.elsewhere.is_empty() {
        page.push_str(&elsewhere(framework));
    }
    page
}

fn guide(step: &StepGuide, clocks: &[u32]) -> String {
    let mut text = format!(
        "\n## {}\n\n*{}*\n\n{}\n",
        step.title,
        budgets(&step.minutes, clocks),
        step.purpose.trim()
    );
    for (title, lines) in [
        ("Done when", &step.done),
        ("Ask", &step.ask),
        ("Say", &step.say),
        ("Pitfalls", &step.pitfalls),
        ("Red flags", &step.red_flags),
    ] {
        text.push_str(&list(title, lines));
    }
    text
}

/// "5 minutes of 45, 7 of 60".
fn budgets(minutes: &[u32], clocks: &[u32]) -> String {
    let pairs: Vec<String> = minutes
        .iter()
        .zip(clocks)
        .map(|(minutes, clock)| format!("{minutes} minutes of {clock}"))
        .collect();
    pairs.join(", ")
}

fn list(title: &str, lines: &[String]) -> String {
    let mut text = format!("\n**{title}**\n\n");
    for line in lines {
        let _ = writeln!(text, "- {}", line.trim());
    }
    text
}

/// Each other framework with its words for our steps: a list, since a table of six columns fits no
/// screen of eighty.
fn elsewhere(framework: &Framework) -> String {
    let mut text = String::from(
        "\n## The same road elsewhere\n\nOthers cut the road in other places. What you learnt \
         there fits here so.\n",
    );
    for other in &framework.elsewhere {
        text.push_str(&mapping(other, framework));
    }
    text
}

fn mapping(other: &Elsewhere, framework: &Framework) -> String {
    let mut text = format!(
        "\n### {}\n\n{}\n\n| Here | There |\n|---|---|\n",
        other.name,
        other.source.trim()
    );
    for step in Step::ALL {
        let here = framework.step(step).map_or(step.id(), |guide| &guide.title);
        let there = other
            .steps
            .get(&step)
            .map_or("(no step of its own)", |own| own.trim());
        let _ = writeln!(text, "| {here} | {there} |");
    }
    let _ = write!(
        text,
        "\n**Mind.** {}\n\n*Checked: {}*\n",
        other.mind.trim(),
        other.checked.trim()
    );
    text
}
