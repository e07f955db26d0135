//! The mocks so far, the newest first.

use super::{debrief, DebriefScreen, Search};
use crate::content::Step;
use crate::desk::MockBrief;
use crate::grading::Decision;
use crate::text::{self, Line, Role};
use crate::tui::command::{Do, Place};
use crate::tui::screen::{Context, Flow, Screen};
use crate::tui::theme::Theme;
use crate::tui::widgets::{centred, columns, panel, sparkline, List};
use ratatui::layout::Rect;
use ratatui::Frame;

/// Most mocks in a case's small curve.
const CURVE: usize = 8;

/// The mocks so far.
pub(in crate::tui) struct History {
    /// The newest first.
    briefs: Vec<MockBrief>,
    list: List,
}

impl History {
    pub(in crate::tui) fn new(context: &Context<'_>) -> Self {
        let mut briefs = context.desk.history();
        briefs.reverse();
        Self {
            briefs,
            list: List::default(),
        }
    }

    fn line(&self, at: usize, width: usize, context: &Context<'_>) -> Line {
        let Some(brief) = self.briefs.get(at) else {
            return Line::new();
        };
        let date = context.desk.date(brief.at).format("%d %b %y").to_string();
        let (verdict, role) = match brief.verdict {
            Decision::Hire => ("hire", Role::Good),
            Decision::NoHire => ("no hire", Role::Bad),
        };
        let edge = if brief.borderline { "±" } else { "" };
        let what = if brief.steps.len() < Step::ALL.len() {
            brief.steps.join(", ")
        } else {
            format!("{} min", brief.clock)
        };
        let curve = self.curve(at);
        let wide = width >= 90;
        let fixed = 10 + 4 + 9 + 7 + if wide { 24 } else { 0 } + CURVE + 1;
        let room = width.saturating_sub(fixed).max(8);
        let mut cells = vec![
            (date, 9, Role::Faint),
            (format!("{:>3.0}", brief.total), 3, Role::Strong),
            (format!("{verdict}{edge}"), 8, role),
            (brief.level.to_string(), 6, Role::Plain),
            (brief.title.clone(), room, Role::Plain),
        ];
        if wide {
            cells.push((what, 23, Role::Faint));
        }
        cells.push((curve, 0, Role::Accent));
        let cells: Vec<(&str, usize, Role)> = cells
            .iter()
            .map(|(text, width, role)| (text.as_str(), *width, *role))
            .collect();
        columns(&cells)
    }

    /// The totals of this case up to this mock, the oldest first.
    fn curve(&self, at: usize) -> String {
        let Some(brief) = self.briefs.get(at) else {
            return String::new();
        };
        let same = self.briefs.iter().skip(at);
        let mut totals: Vec<f64> = same
            .filter(|own| own.case == brief.case && own.steps == brief.steps)
            .take(CURVE)
            .map(|own| own.total)
            .collect();
        totals.reverse();
        if totals.len() < 2 {
            return String::new();
        }
        sparkline(&totals)
    }

    fn open(&self, context: &Context<'_>) -> Flow {
        let chosen = self.briefs.get(self.list.at);
        match chosen.and_then(|brief| context.desk.debrief(&brief.mock)) {
            Some((record, debrief)) => Flow::Push(Box::new(DebriefScreen::new(record, debrief))),
            None => Flow::Stay,
        }
    }

    fn export(&self, context: &Context<'_>) -> Flow {
        let chosen = self.briefs.get(self.list.at);
        match chosen.and_then(|brief| context.desk.debrief(&brief.mock)) {
            Some((record, found)) => Flow::Say(debrief::export(&record, &found, context)),
            None => Flow::Say("There is no mock to export yet".to_owned()),
        }
    }
}

impl Screen for History {
    fn place(&self) -> Place {
        Place::History
    }

    fn title(&self) -> String {
        match self.briefs.len() {
            0 => "History".to_owned(),
            1 => "History · 1 mock".to_owned(),
            count => format!("History · {count} mocks"),
        }
    }

    fn subject(&self) -> Option<String> {
        self.briefs
            .get(self.list.at)
            .map(|brief| brief.case.clone())
    }

    fn draw(&mut self, frame: &mut Frame<'_>, area: Rect, theme: Theme, context: &Context<'_>) {
        let inner = panel(frame, area, "Mocks, the newest first", true, theme);
        if self.briefs.is_empty() {
            centred(
                frame,
                inner,
                "No mock yet. On the home screen, m starts one.",
            );
            return;
        }
        let width = usize::from(inner.width).saturating_sub(2);
        let rows: Vec<Line> = (0..self.briefs.len())
            .map(|at| self.line(at, width, context))
            .collect();
        let borderline = self.briefs.iter().any(|brief| brief.borderline);
        let list = Rect {
            height: inner.height.saturating_sub(u16::from(borderline)),
            ..inner
        };
        self.list.draw(frame, list, &rows, true, theme);
        if borderline {
            let row = inner.height.saturating_sub(1);
            let note = text::truncate("± borderline: a few points would turn it", width);
            crate::tui::widgets::put(frame, inner, row, &Line::of(note, Role::Faint), theme);
        }
    }

    fn act(&mut self, command: Do, context: &mut Context<'_>) -> Flow {
        if self.list.act(command, self.briefs.len()) {
            return Flow::Stay;
        }
        match command {
            Do::Open => self.open(context),
            Do::Export => self.export(context),
            Do::GoSearch => Flow::Push(Box::new(Search::new(context))),
            Do::Back => Flow::Pop,
            _ => Flow::Stay,
        }
    }
}
