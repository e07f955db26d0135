//! What can be read: the case studies with where the learner stands in each, and the pages beside
//! them.

use super::{DrillScreen, MockSetup, Notes, Reader, Search};
use crate::content::Page;
use crate::desk::{CaseStand, Practice};
use crate::memory::Filter;
use crate::text::{Line, Role};
use crate::tui::command::{Do, Place};
use crate::tui::screen::{Context, Flow, Screen};
use crate::tui::theme::Theme;
use crate::tui::widgets::{columns, panel, put_lines, wrapped, List};
use ratatui::layout::Rect;
use ratatui::Frame;

/// Rows of the panel about the highlighted case, its frame included.
const ABOUT: u16 = 7;

/// The case studies.
pub(in crate::tui) struct Cases {
    all: Vec<CaseStand>,
    list: List,
}

impl Cases {
    pub(in crate::tui) fn new(context: &Context<'_>) -> Self {
        Self {
            all: context.desk.cases(context.now),
            list: List::default(),
        }
    }

    fn chosen(&self) -> Option<&CaseStand> {
        self.all.get(self.list.at)
    }

    /// The highlighted page that is no case: they stand below the cases.
    fn page(&self) -> Option<Page> {
        let at = self.list.at.checked_sub(self.all.len())?;
        Page::ALL.get(at).copied()
    }

    fn rows(&self, width: usize) -> Vec<Line> {
        // Mark, title, family, best mock, due.
        let family = if width >= 70 { 16 } else { 0 };
        let fixed = 2 + 2 + 9 + 1 + 8 + if family > 0 { family + 1 } else { 0 };
        let title = width.saturating_sub(fixed + 1).min(44);
        let row = |stand: &CaseStand| {
            if !stand.written {
                return columns(&[
                    ("", 1, Role::Plain),
                    (&stand.title, title, Role::Faint),
                    ("not written yet", 0, Role::Faint),
                ]);
            }
            let best = match (stand.best, stand.tried) {
                (Some(best), _) => format!("best {best:.0}"),
                (None, true) => "tried".to_owned(),
                (None, false) => "not tried".to_owned(),
            };
            let due = match stand.due {
                0 => String::new(),
                due => format!("{due} due"),
            };
            let mut cells = vec![
                (if stand.tried { "✓" } else { "·" }, 1, Role::Good),
                (stand.title.as_str(), title, Role::Strong),
            ];
            if family > 0 {
                cells.push((stand.family.as_str(), family, Role::Faint));
            }
            cells.push((&best, 9, Role::Plain));
            cells.push((&due, 0, Role::Warn));
            columns(&cells)
        };
        let pages = Page::ALL
            .iter()
            .map(|page| columns(&[("·", 1, Role::Faint), (page.title(), 0, Role::Strong)]));
        self.all.iter().map(row).chain(pages).collect()
    }

    fn draw_about(&self, frame: &mut Frame<'_>, area: Rect, theme: Theme) {
        if let Some(page) = self.page() {
            let inner = panel(frame, area, page.title(), false, theme);
            let lines = wrapped(page.about(), inner.width, Role::Plain);
            put_lines(frame, inner, &lines, theme);
            return;
        }
        let Some(stand) = self.chosen() else { return };
        let inner = panel(frame, area, &stand.title, false, theme);
        if !stand.written {
            let text = "The plans count on this case, and nobody has written it yet. Plans go \
                        around it until it is there.";
            put_lines(
                frame,
                inner,
                &wrapped(text, inner.width, Role::Faint),
                theme,
            );
            return;
        }
        let mut lines = wrapped(&stand.summary, inner.width, Role::Plain);
        lines.truncate(usize::from(inner.height).saturating_sub(2).max(1));
        lines.push(Line::of(standing(stand), Role::Faint));
        if !stand.tried {
            lines.push(Line::of(
                "It teaches most when you attempt it before you read it: m",
                Role::Accent,
            ));
        }
        put_lines(frame, inner, &lines, theme);
    }

    fn drill(stand: &CaseStand, context: &mut Context<'_>) -> Flow {
        let practice = Practice {
            filter: Filter {
                topic: Some(stand.case.clone()),
                ..Filter::default()
            },
            ..Practice::default()
        };
        let (session, faults) = context.desk.start_drills(&practice, context.now);
        if session.asked().is_some() {
            return Flow::Push(Box::new(DrillScreen::new(session)));
        }
        // Asked for by name: then also what is not due.
        let cram = Practice {
            cram: true,
            minutes: Some(20),
            ..practice
        };
        let (session, more) = context.desk.start_drills(&cram, context.now);
        if session.asked().is_some() {
            return Flow::Push(Box::new(DrillScreen::new(session)));
        }
        Flow::Say(match faults.first().or(more.first()) {
            Some(fault) => fault.to_string(),
            None => format!("{} has no drills yet", stand.title),
        })
    }
}

/// "31 drills, 12 answered, 4 due · 2 mocks, best 71".
fn standing(stand: &CaseStand) -> String {
    let drills = format!(
        "{} drills, {} answered, {} due",
        stand.drills, stand.answered, stand.due
    );
    match (stand.best, stand.mocks) {
        (Some(best), 1) => format!("{drills} · 1 mock, {best:.0} of 100"),
        (Some(best), count) => format!("{drills} · {count} mocks, best {best:.0} of 100"),
        (None, _) => drills,
    }
}

impl Screen for Cases {
    fn place(&self) -> Place {
        Place::Cases
    }

    fn title(&self) -> String {
        let written = self.all.iter().filter(|stand| stand.written).count();
        format!("Case studies · {written}")
    }

    fn subject(&self) -> Option<String> {
        self.chosen()
            .filter(|stand| stand.written)
            .map(|stand| stand.case.clone())
    }

    fn draw(&mut self, frame: &mut Frame<'_>, area: Rect, theme: Theme, _: &Context<'_>) {
        let about = ABOUT.min(area.height / 2);
        let list = Rect {
            height: area.height - about,
            ..area
        };
        let inner = panel(frame, list, "Cases", true, theme);
        let rows = self.rows(usize::from(inner.width));
        self.list.draw(frame, inner, &rows, true, theme);
        let below = Rect {
            y: list.bottom(),
            height: about,
            ..area
        };
        self.draw_about(frame, below, theme);
    }

    fn act(&mut self, command: Do, context: &mut Context<'_>) -> Flow {
        if self.list.act(command, self.all.len() + Page::ALL.len()) {
            return Flow::Stay;
        }
        match command {
            Do::Back => return Flow::Pop,
            Do::GoSearch => return Flow::Push(Box::new(Search::new(context))),
            Do::GoNotes => return Flow::Push(Box::new(Notes::new(context))),
            _ => {}
        }
        if let (Do::Open, Some(page)) = (command, self.page()) {
            return Flow::Push(Box::new(Reader::new(context, page.id(), None)));
        }
        let Some(stand) = self.chosen() else {
            return Flow::Stay;
        };
        let needs_case = matches!(command, Do::Open | Do::GoMock | Do::GoDrill);
        if needs_case && !stand.written {
            return Flow::Say(format!("{} is not written yet", stand.title));
        }
        match command {
            Do::Open => Flow::Push(Box::new(Reader::new(context, &stand.case, None))),
            Do::GoMock => Flow::Push(Box::new(MockSetup::new(
                context,
                Some(stand.case.clone()),
                Vec::new(),
                None,
            ))),
            Do::GoDrill => Self::drill(stand, context),
            _ => Flow::Stay,
        }
    }

    fn resumed(&mut self, context: &mut Context<'_>) {
        self.all = context.desk.cases(context.now);
    }
}
