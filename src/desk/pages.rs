//! What can be read: the breakdown of a case, the toolbox, the reading list. All of it is Markdown.

use super::Desk;
use crate::content::{
    Confused, Fault, Framework, Reading, ReadingKind, ReadingList, Step, Tool, Toolbox, READING,
    TOOLBOX,
};
use crate::markdown;
use std::borrow::Cow;
use std::fmt::Write as _;

impl Desk {
    /// The Markdown of a page: `toolbox`, `reading`, or a case's breakdown.
    ///
    /// # Errors
    /// When there is no such case, or no breakdown in its folder.
    pub fn page(&self, id: &str) -> Result<Cow<'static, str>, Fault> {
        match id {
            TOOLBOX => {
                let framework = self.library.framework();
                Ok(toolbox(self.library.toolbox(), framework).into())
            }
            READING => Ok(reading(self.library.reading()).into()),
            case => self.library.breakdown(case),
        }
    }

    /// The section of a breakdown for a step, its heading included.
    pub fn section<'a>(&self, breakdown: &'a str, step: Step) -> Option<&'a str> {
        let guide = self.library.framework().step(step);
        let title = guide.map_or(step.id(), |guide| guide.title.as_str());
        let section = markdown::section(breakdown, title);
        section.or_else(|| markdown::section(breakdown, step.id()))
    }

    /// What the page is called.
    pub fn page_title(&self, id: &str) -> String {
        match id {
            TOOLBOX => "Toolbox".to_owned(),
            READING => "Reading list".to_owned(),
            case => self.case_title(case),
        }
    }
}

/// Tools by the step they belong to first.
fn toolbox(toolbox: &Toolbox, framework: &Framework) -> String {
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
    let anchor = markdown::anchor(name);
    let text = other.difference.trim();
    format!("\n**Not to be confused with [{name}](#{anchor}).** {text}\n")
}

/// Notes first, then the sources by kind.
fn reading(list: &ReadingList) -> String {
    let mut page = String::from("# Reading list\n");
    for note in &list.notes {
        let _ = write!(page, "\n## {}\n\n{}\n", note.title, note.text.trim());
    }
    for kind in ReadingKind::ALL {
        let mut own = list
            .readings
            .iter()
            .filter(|one| one.kind == kind)
            .peekable();
        if own.peek().is_some() {
            let _ = write!(page, "\n## {}\n", kind.plural());
        }
        for one in own {
            page.push_str(&source(one));
        }
    }
    page
}

fn source(one: &Reading) -> String {
    let mut text = format!(
        "\n### {}\n\n{}, {}. {}.",
        one.title, one.authors, one.year, one.r#where
    );
    if let Some(url) = &one.url {
        let _ = write!(text, " <{url}>");
    }
    let _ = write!(
        text,
        "\n\n{}\n\n*Checked: {}*\n",
        one.good_for.trim(),
        one.checked.trim()
    );
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::Setup;
    use crate::markdown;
    use chrono::DateTime;

    fn desk() -> Desk {
        Desk::in_memory(Setup::default(), DateTime::UNIX_EPOCH).unwrap()
    }

    fn headings(page: &str) -> Vec<markdown::Heading> {
        markdown::render(page, 80, &|_: &str, _: &str, _: usize| None).headings
    }

    #[test]
    fn every_tool_and_every_source_has_its_heading() {
        let desk = desk();
        let page = desk.page(TOOLBOX).unwrap();
        let found = headings(&page);
        let tools = &desk.library.toolbox().tools;
        assert!(!tools.is_empty());
        for tool in tools {
            assert!(
                found.iter().any(|own| own.title == tool.name),
                "{}",
                tool.id
            );
        }
        let page = desk.page(READING).unwrap();
        let found = headings(&page);
        let list = desk.library.reading();
        let titles = list.readings.iter().map(|one| &one.title);
        for title in titles.chain(list.notes.iter().map(|note| &note.title)) {
            assert!(found.iter().any(|own| own.title == *title), "{title}");
        }
    }

    /// What a tool is told apart from is one key away.
    #[test]
    fn differences_lead_to_the_other_tool() {
        let desk = desk();
        let page = desk.page(TOOLBOX).unwrap();
        let anchors: Vec<String> = headings(&page).into_iter().map(|own| own.anchor).collect();
        let links = page.split("](#").skip(1);
        let targets: Vec<&str> = links.filter_map(|rest| rest.split(')').next()).collect();
        assert!(!targets.is_empty());
        for target in targets {
            assert!(anchors.iter().any(|own| own == target), "{target}");
        }
    }
}
