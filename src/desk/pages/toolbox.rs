//! The toolbox as a page.

use crate::content::{Confused, Framework, Step, Tool, Toolbox};
use std::fmt::Write as _;

/// Tools by the step they belong to first.
pub(super) fn page(toolbox: &Toolbox, framework: &Framework) -> String {
    let mut page = String::from(
        "# Toolbox\n\nA tool is an answer to a need that you have named. Say the need first, then \
         the kind of tool, then one name, and what you give up with it.\n",
    );
    for step in Step::ALL {
        let title = framework.step(step).map_or(step.id(), |guide| &guide.title);
        let own = toolbox.tools.iter();
        let mut own = own
            .filter(|tool| tool.steps.first() == Some(&step))
            .peekable();
        if own.peek().is_some() {
            let _ = write!(page, "\n## {title}\n");
        }
        for tool in own {
            page.push_str(&entry(tool, toolbox));
        }
    }
    page
}

fn entry(tool: &Tool, toolbox: &Toolbox) -> String {
    let mut text = format!("\n### {}\n\n{}\n", tool.name, tool.role.trim());
    let _ = write!(text, "\n**When to say it.** {}\n", tool.when.trim());
    for other in &tool.confused_with {
        text.push_str(&difference(other, toolbox));
    }
    let steps: Vec<&str> = tool.steps.iter().map(|step| step.id()).collect();
    let _ = write!(
        text,
        "\n*Steps: {}. {} Checked: {}*",
        steps.join(", "),
        tool.status.trim(),
        tool.checked.trim()
    );
    if let Some(url) = &tool.url {
        let _ = write!(text, " <{url}>");
    }
    text.push('\n');
    text
}

fn difference(other: &Confused, toolbox: &Toolbox) -> String {
    let id = other.tool.as_str();
    let name = toolbox.tool(id).map_or(id, |tool| &tool.name);
    let anchor = crate::markdown::anchor(name);
    let text = other.difference.trim();
    format!("\n**Not to be confused with [{name}](#{anchor}).** {text}\n")
}
