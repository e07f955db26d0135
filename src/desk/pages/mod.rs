//! What can be read: the breakdown of a case and the pages beside it. All of it is Markdown.

mod framework;
mod reading;
mod toolbox;
mod transfer;

use super::Desk;
use crate::content::{Fault, Page, Step};
use crate::markdown;
use std::borrow::Cow;

impl Desk {
    /// The Markdown of a page, or of a case's breakdown.
    ///
    /// # Errors
    /// When there is no such case, or no breakdown in its folder.
    pub fn page(&self, id: &str) -> Result<Cow<'static, str>, Fault> {
        let library = &self.library;
        let framework = library.framework();
        let page = match Page::of(id) {
            Some(Page::Framework) => framework::page(framework),
            Some(Page::Transfer) => {
                let title = |case: &str| self.case_title(case);
                transfer::page(library.transfer(), framework, &title)
            }
            Some(Page::Toolbox) => toolbox::page(library.toolbox(), framework),
            Some(Page::Reading) => reading::page(library.reading()),
            None => return library.breakdown(id),
        };
        Ok(page.into())
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
        Page::of(id).map_or_else(|| self.case_title(id), |page| page.title().to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::Setup;
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
        let page = desk.page(Page::Toolbox.id()).unwrap();
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
        let page = desk.page(Page::Reading.id()).unwrap();
        let found = headings(&page);
        let list = desk.library.reading();
        let titles = list.readings.iter().map(|one| &one.title);
        for title in titles.chain(list.notes.iter().map(|note| &note.title)) {
            assert!(found.iter().any(|own| own.title == *title), "{title}");
        }
    }

    #[test]
    fn every_step_and_every_technique_has_its_heading() {
        let desk = desk();
        let page = desk.page(Page::Framework.id()).unwrap();
        let found = headings(&page);
        let framework = desk.library.framework();
        assert!(!framework.elsewhere.is_empty());
        let steps = framework.steps.iter().map(|step| &step.title);
        for title in steps.chain(framework.elsewhere.iter().map(|own| &own.name)) {
            assert!(found.iter().any(|own| own.title == *title), "{title}");
        }
        let page = desk.page(Page::Transfer.id()).unwrap();
        let found = headings(&page);
        let techniques = &desk.library.transfer().techniques;
        assert!(!techniques.is_empty());
        for one in techniques {
            assert!(found.iter().any(|own| own.title == one.name), "{}", one.id);
            for own in &one.cases {
                assert!(
                    page.contains(&desk.case_title(own.case.as_str())),
                    "{}",
                    own.case
                );
            }
        }
    }

    /// What a tool is told apart from is one key away.
    #[test]
    fn differences_lead_to_the_other_tool() {
        let desk = desk();
        let page = desk.page(Page::Toolbox.id()).unwrap();
        let anchors: Vec<String> = headings(&page).into_iter().map(|own| own.anchor).collect();
        let links = page.split("](#").skip(1);
        let targets: Vec<&str> = links.filter_map(|rest| rest.split(')').next()).collect();
        assert!(!targets.is_empty());
        for target in targets {
            assert!(anchors.iter().any(|own| own == target), "{target}");
        }
    }
}
