//! What a running mock looks like.

use super::{Focus, MockScreen, Mode, BESIDE};
use crate::mock::{Segment, Speaker, Trigger};
use crate::text::{Line, Role};
use crate::tui::screen::Context;
use crate::tui::theme::Theme;
use crate::tui::widgets::{centred, hanging, minutes, panel, put_lines, wrapped};
use ratatui::layout::Rect;
use ratatui::Frame;

impl MockScreen {
    /// The conversation, wrapped, and the line at which its newest part begins.
    fn conversation(&self, width: u16) -> (Vec<Line>, usize) {
        let transcript = &self.record().transcript;
        let answers = transcript
            .iter()
            .rev()
            .take_while(|entry| matches!(entry.why, Trigger::Fact(_) | Trigger::Assume))
            .count();
        // An answer stands with its question.
        let newest = transcript
            .len()
            .saturating_sub(1 + answers.min(1) * answers);
        let mut lines = Vec::new();
        let mut start = 0;
        for (at, entry) in transcript.iter().enumerate() {
            if at == newest {
                start = lines.len();
            }
            let fresh = at >= newest;
            let (text, role) = match entry.speaker {
                Speaker::You => (format!("You: {}", entry.text), Role::Faint),
                Speaker::Interviewer if fresh => (entry.text.clone(), Role::Plain),
                Speaker::Interviewer => (entry.text.clone(), Role::Faint),
            };
            lines.extend(wrapped(&text, width, role));
        }
        (lines, start)
    }

    pub(super) fn draw_interviewer(
        &mut self,
        frame: &mut Frame<'_>,
        area: Rect,
        theme: Theme,
    ) -> u16 {
        let (lines, newest) = self.conversation(area.width.saturating_sub(4));
        let most = (area.height / 3).clamp(3, 10) - u16::from(area.height < 16);
        let fresh = (lines.len() - newest.min(lines.len())) as u16;
        let roomy = if area.height > 26 { 5 } else { 1 };
        let height = fresh
            .max(roomy.min(lines.len() as u16))
            .clamp(1, most.max(1));
        let room = usize::from(height);
        let last_top = lines.len().saturating_sub(room);
        let top = newest.min(last_top);
        self.back = self
            .back
            .clamp(-(last_top.saturating_sub(top) as isize), top as isize);
        let top = top.saturating_add_signed(-self.back);
        let below = lines.len().saturating_sub(top + room);
        let title = if below > 0 {
            "Interviewer · more: pgdn"
        } else if top > 0 {
            "Interviewer · earlier: pgup"
        } else {
            "Interviewer"
        };
        let at = Rect {
            height: height + 2,
            ..area
        };
        let inner = panel(frame, at, title, false, theme);
        let shown = lines.get(top..).unwrap_or_default();
        put_lines(frame, inner, shown, theme);
        height + 2
    }

    fn draw_notes(&mut self, frame: &mut Frame<'_>, area: Rect, theme: Theme) {
        let focus = self.focus == Focus::Notes && self.mode == Mode::Writing && !self.over();
        let segment = self.record().current;
        let title = self.title_of(segment).to_owned();
        let heard = self.record().options.manner.is_heard();
        let inner = panel(frame, area, &title, focus && heard, theme);
        if !heard {
            put_lines(frame, inner, &self.cues(segment, inner.width), theme);
            return;
        }
        self.notes.draw(frame, inner, focus, theme, "");
        if self.notes.is_empty() {
            let below = Rect {
                y: inner.y + 1,
                height: inner.height.saturating_sub(1),
                ..inner
            };
            put_lines(frame, below, &self.hints(segment, inner.width), theme);
        }
    }

    /// What to speak about, for one who types nothing.
    fn cues(&self, segment: Segment, width: u16) -> Vec<Line> {
        let framework = &self.session.setting().framework;
        let guide = segment.step().and_then(|step| framework.step(step));
        let (done, say) = match guide {
            Some(guide) => (guide.done.as_slice(), guide.say.as_slice()),
            None => (
                framework.wrap_up.done.as_slice(),
                framework.wrap_up.say.as_slice(),
            ),
        };
        let mut lines = wrapped(
            "Say it aloud. When this step ends you have:",
            width,
            Role::Strong,
        );
        for own in done {
            lines.extend(hanging("· ", Role::Accent, own, width, Role::Plain));
        }
        lines.push(Line::of("It may begin like this:", Role::Faint));
        for own in say.iter().take(2) {
            lines.extend(hanging("  ", Role::Faint, own, width, Role::Emphasis));
        }
        lines
    }

    /// What must exist when the step ends, and a question to start with.
    fn hints(&self, segment: Segment, width: u16) -> Vec<Line> {
        let framework = &self.session.setting().framework;
        let guide = segment.step().and_then(|step| framework.step(step));
        let (done, ask) = match guide {
            Some(guide) => (guide.done.as_slice(), guide.ask.first()),
            None => (framework.wrap_up.done.as_slice(), None),
        };
        let mut lines = Vec::new();
        if segment == Segment::Clarify {
            let how = "A line that ends with ? is asked when you press Enter.";
            lines.extend(wrapped(how, width, Role::Faint));
        }
        lines.extend(wrapped("When this step ends you have:", width, Role::Faint));
        for own in done {
            let text = wrapped(own, width.saturating_sub(2), Role::Faint);
            for (row, line) in text.into_iter().enumerate() {
                let mark = if row == 0 { "· " } else { "  " };
                lines.push(Line::of(mark, Role::Faint).with(&line.text(), Role::Faint));
            }
        }
        if let Some(ask) = ask {
            lines.extend(wrapped(&format!("Ask: {ask}"), width, Role::Faint));
        }
        lines
    }

    fn draw_board(&mut self, frame: &mut Frame<'_>, area: Rect, theme: Theme) {
        let focus = self.focus == Focus::Board && self.mode == Mode::Writing && !self.over();
        self.board.draw(frame, area, focus, theme);
    }

    /// Notes and whiteboard: beside each other, above each other, or the one that is worked on.
    pub(super) fn draw_work(&mut self, frame: &mut Frame<'_>, area: Rect, theme: Theme) {
        let on_board = self.focus == Focus::Board;
        if area.width >= BESIDE {
            let left = area.width * if on_board { 2 } else { 3 } / 5;
            let notes = Rect {
                width: left,
                ..area
            };
            let board = Rect {
                x: area.x + left,
                width: area.width - left,
                ..area
            };
            self.draw_notes(frame, notes, theme);
            self.draw_board(frame, board, theme);
            return;
        }
        let drawn = self.board.drawn_rows(area.width).saturating_add(2);
        let lower = match (on_board, self.board.is_empty()) {
            // What does not leave room for some lines of notes gets it all.
            (true, _) => {
                let wanted = self.board.rows(area.width).saturating_add(2).max(6);
                wanted.max(area.height / 2)
            }
            (false, true) if area.height >= 20 => 3,
            (false, true) => 0,
            (false, false) if area.height < 12 => 0,
            (false, false) => drawn.min(area.height / 2),
        };
        let lower = if on_board && area.height.saturating_sub(lower) < 4 {
            area.height
        } else {
            lower
        };
        let (notes, board) = split(area, area.height - lower);
        if notes.height > 0 {
            self.draw_notes(frame, notes, theme);
        }
        if board.height > 0 {
            self.draw_board(frame, board, theme);
        }
    }

    /// The question at the lower edge, if there is one.
    pub(super) fn question(&self, context: &Context<'_>) -> Option<(String, Role)> {
        if self.over() {
            let saved = self.kept(context);
            return Some((
                format!("The interview is over. {saved} Enter shows the debrief."),
                Role::Accent,
            ));
        }
        match self.mode {
            Mode::Writing | Mode::Asking => None,
            Mode::Leaving => Some((
                "Leave the mock? l keeps it for later, its clock paused · e ends it and shows \
                 the debrief · D throws it away · Esc goes on"
                    .to_owned(),
                Role::Warn,
            )),
            Mode::Ending => Some((
                "End the interview and see the debrief? y ends it · n goes on".to_owned(),
                Role::Warn,
            )),
        }
    }

    /// Whether what was typed is on disk, in words.
    fn kept(&self, context: &Context<'_>) -> &'static str {
        match context.desk.unsaved_line() {
            Some(_) => "It is NOT SAVED yet: keep this open.",
            None if self.unsaved => "Saving.",
            None => "Everything is saved.",
        }
    }

    pub(super) fn draw_paused(
        &self,
        frame: &mut Frame<'_>,
        area: Rect,
        theme: Theme,
        context: &Context<'_>,
    ) {
        let inner = panel(frame, area, "Paused", true, theme);
        let slept = self.session.last_sleep();
        let text = if slept > 0.0 && !self.lost {
            format!(
                "{} passed while nothing ran here.\nDid the machine sleep, or did you think?\n\n\
                 {} · {} left\n{}\n\nEnter goes on without them · c counts them",
                minutes(slept),
                self.title_of(self.record().current),
                minutes(self.session.left().ceil()),
                self.kept(context)
            )
        } else if self.lost {
            "Another greenroom has taken this mock up. It goes on there; Esc leaves.".to_owned()
        } else {
            let record = self.record();
            let pauses = match record.pauses {
                0 => String::new(),
                1 => "\nOne pause so far; the debrief counts them.".to_owned(),
                count => format!("\n{count} pauses so far; the debrief counts them."),
            };
            format!(
                "Paused\n\n{} · {} left\n{}{pauses}\n\nEnter or F5 goes on",
                self.title_of(record.current),
                minutes(self.session.left().ceil()),
                self.kept(context)
            )
        };
        centred(frame, inner, &text);
    }
}

/// An area in two, the upper one so high.
fn split(area: Rect, upper: u16) -> (Rect, Rect) {
    let upper = upper.min(area.height);
    let lower = Rect {
        y: area.y + upper,
        height: area.height - upper,
        ..area
    };
    (
        Rect {
            height: upper,
            ..area
        },
        lower,
    )
}
