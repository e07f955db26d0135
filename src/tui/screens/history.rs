//! The mocks so far, the newest first.

use super::{debrief, DebriefScreen, Search};
use crate::content::Step;
use crate::desk::MockBrief;
use crate::grading::Decision;
use crate::mock::Debrief;
use crate::text::{self, Line, Role};
use crate::tui::command::{Do, Place};
use crate::tui::screen::{Context, Flow, Screen};
use crate::tui::theme::Theme;
use crate::tui::widgets::{centred, columns, minutes, panel, sparkline, List, Page};
use ratatui::layout::Rect;
use ratatui::Frame;

/// Most mocks in a case's small curve.
const CURVE: usize = 8;

/// The mocks so far.
pub(in crate::tui) struct History {
    /// The newest first.
    briefs: Vec<MockBrief>,
    list: List,
    /// The first of two mocks that are compared.
    marked: Option<String>,
    view: View,
}

/// What is shown.
enum View {
    List,
    /// Trend or comparison.
    Page(&'static str, Page),
}

impl History {
    pub(in crate::tui) fn new(context: &Context<'_>) -> Self {
        let mut briefs = context.desk.history();
        briefs.reverse();
        Self {
            briefs,
            list: List::default(),
            marked: None,
            view: View::List,
        }
    }

    fn name(&self) -> Option<String> {
        let chosen = self.briefs.get(self.list.at);
        chosen.map(|brief| brief.mock.clone())
    }

    /// The first press marks a mock, the second one compares another with it.
    fn compare(&mut self, context: &Context<'_>) -> Flow {
        let Some(name) = self.name() else {
            return Flow::Stay;
        };
        let Some(first) = self.marked.take().filter(|first| *first != name) else {
            self.marked = Some(name);
            return Flow::Say("Marked. Press c on another mock of this case.".to_owned());
        };
        let pair = (context.desk.debrief(&first), context.desk.debrief(&name));
        let (Some((one, a)), Some((other, b))) = pair else {
            return Flow::Say("One of them cannot be read".to_owned());
        };
        if one.case != other.case {
            return Flow::Say("They are about two cases; compare two mocks of one".to_owned());
        }
        let lines = compared(&a, &b, context);
        self.view = View::Page("Two mocks side by side", Page::new(lines));
        Flow::Stay
    }

    fn regrade(&mut self, context: &mut Context<'_>) -> Flow {
        let Some(name) = self.name() else {
            return Flow::Stay;
        };
        match context.desk.regrade(&name, context.now) {
            Ok(Some((before, after))) => {
                self.briefs = context.desk.history();
                self.briefs.reverse();
                Flow::Say(format!(
                    "Then {:.0}, now {:.0}; both are kept",
                    before.sheet.total, after.sheet.total
                ))
            }
            Ok(None) => Flow::Say("It cannot be read".to_owned()),
            Err(line) => Flow::Say(line),
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
        let total = format!("{:>3.0}", brief.regraded.unwrap_or(brief.total));
        let wide = width >= 90;
        let fixed = 10 + 4 + 9 + 7 + if wide { 24 } else { 0 } + CURVE + 1;
        let room = width.saturating_sub(fixed).max(8);
        let mut cells = vec![
            (date, 9, Role::Faint),
            (total, 3, Role::Strong),
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

/// A line a dimension: the scores of whole mocks, the oldest first.
fn trend(briefs: &[MockBrief], context: &Context<'_>) -> Vec<Line> {
    let whole = briefs.iter().rev();
    let whole: Vec<&MockBrief> = whole
        .filter(|brief| brief.steps.len() == Step::ALL.len())
        .collect();
    let from = whole.len().saturating_sub(CURVE);
    let shown = whole.get(from..).unwrap_or_default();
    let line = |title: &str, values: &[f64], text: &str| {
        columns(&[
            (title, 34, Role::Plain),
            (&sparkline(values), CURVE, Role::Accent),
            (text, 0, Role::Strong),
        ])
    };
    let totals: Vec<f64> = shown.iter().map(|brief| brief.total).collect();
    let text: Vec<String> = totals.iter().map(|total| format!("{total:.0}")).collect();
    let mut lines = vec![line("Total", &totals, &text.join(" · "))];
    for dimension in &context.desk.library.rubric().dimensions {
        let scores = shown
            .iter()
            .filter_map(|brief| brief.dimensions.get(&dimension.id));
        let scores: Vec<u8> = scores.copied().collect();
        let values: Vec<f64> = scores.iter().map(|score| f64::from(*score)).collect();
        let text: Vec<String> = scores.iter().map(u8::to_string).collect();
        lines.push(line(&dimension.title, &values, &text.join(" · ")));
    }
    lines
}

fn compared(a: &Debrief, b: &Debrief, context: &Context<'_>) -> Vec<Line> {
    let row = |title: &str, one: &str, other: &str| {
        columns(&[
            (title, 34, Role::Plain),
            (one, 12, Role::Plain),
            (other, 0, Role::Strong),
        ])
    };
    let total = |debrief: &Debrief| format!("{:.0}", debrief.sheet.total);
    let mut lines = vec![row("Total", &total(a), &total(b))];
    for dimension in &context.desk.library.rubric().dimensions {
        let score = |debrief: &Debrief| {
            let own = debrief.sheet.dimension(dimension.id.as_str());
            own.and_then(|own| own.score)
                .map_or("–".to_owned(), |score| format!("{score} of 4"))
        };
        lines.push(row(&dimension.title, &score(a), &score(b)));
    }
    for (then, now) in a.time.iter().zip(&b.time) {
        let title = format!("time in {}", then.segment);
        let of = |used: u32| minutes(f64::from(used));
        lines.push(row(&title, &of(then.used), &of(now.used)));
    }
    lines
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
        if let View::Page(title, page) = &mut self.view {
            let inner = panel(frame, area, title, true, theme);
            page.draw(frame, inner, theme);
            return;
        }
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
        if let View::Page(_, page) = &mut self.view {
            if page.act(command) {
                return Flow::Stay;
            }
            if matches!(command, Do::Back | Do::Toggle) {
                self.view = View::List;
            }
            return Flow::Stay;
        }
        if self.list.act(command, self.briefs.len()) {
            return Flow::Stay;
        }
        match command {
            Do::Toggle => {
                let lines = trend(&self.briefs, context);
                self.view = View::Page("Scores over time, the newest last", Page::new(lines));
                Flow::Stay
            }
            Do::Compare => self.compare(context),
            Do::Regrade => self.regrade(context),
            Do::Open => self.open(context),
            Do::Export => self.export(context),
            Do::GoSearch => Flow::Push(Box::new(Search::new(context))),
            Do::Back => Flow::Pop,
            _ => Flow::Stay,
        }
    }
}
