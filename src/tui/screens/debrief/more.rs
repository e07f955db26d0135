//! Behind the items: time, scores in words, facts, what comes back.

use super::DebriefScreen;
use crate::mock::{overruns, Overrun};
use crate::text::{Line, Role};
use crate::tui::screen::Context;
use crate::tui::widgets::{bar, columns, hanging, heading, minutes, wrapped};

impl DebriefScreen {
    /// Time, facts, turns, what comes back.
    pub(super) fn more(&self, context: &Context<'_>) -> Vec<Line> {
        let width = self.width;
        let framework = context.desk.library.framework();
        let mut lines = Vec::new();
        self.notes(context, &mut lines);
        self.gains(context, &mut lines);
        lines.push(heading("Time"));
        for time in &self.debrief.time {
            let name = match time.segment.step() {
                Some(step) => framework.step(step).map_or(step.id(), |guide| &guide.short),
                None => "Wrap-up",
            };
            let (used, budget) = (f64::from(time.used), f64::from(time.budget));
            let (within, over) = bar(used, budget, 12);
            let mut line = columns(&[
                (name, 9, Role::Plain),
                (
                    &format!("{:>5} of {:>5}", minutes(used), minutes(budget)),
                    14,
                    if used > budget {
                        Role::Warn
                    } else {
                        Role::Plain
                    },
                ),
            ]);
            line.push(&within, Role::Accent);
            line.push(&over, Role::Bad);
            if let Some(at) = time.began {
                line.push(&format!(" from {}", minutes(f64::from(at))), Role::Faint);
            }
            if time.began.is_none() {
                line.push(" never reached", Role::Warn);
            } else if used > budget {
                line.push(&format!(" {} over", minutes(used - budget)), Role::Warn);
            }
            lines.push(line);
        }
        for overrun in overruns(&self.debrief.time) {
            lines.extend(wrapped(&overrun_line(&overrun), width, Role::Warn));
        }
        if self.debrief.pauses > 0 {
            let pauses = if self.debrief.pauses == 1 {
                "pause"
            } else {
                "pauses"
            };
            lines.push(Line::of(
                format!(
                    "{} {pauses}, {} in all",
                    self.debrief.pauses,
                    minutes(f64::from(self.debrief.paused_seconds))
                ),
                Role::Plain,
            ));
        }
        let rubric = context.desk.library.rubric();
        lines.push(Line::new());
        lines.push(heading("What the scores say"));
        for own in &self.debrief.sheet.dimensions {
            let Some(dimension) = rubric.dimension(own.id.as_str()) else {
                continue;
            };
            let anchor = own
                .score
                .and_then(|score| dimension.anchors.get(usize::from(score).saturating_sub(1)));
            let score = own
                .score
                .map_or("–".to_owned(), |score| format!("{score} of 4"));
            let text = anchor.map_or("not scored", String::as_str);
            let mark = format!("{score:<6}  ");
            let text = format!("{}: {text}", dimension.title);
            lines.extend(hanging(&mark, Role::Strong, &text, width, Role::Plain));
        }
        self.boards(context, &mut lines);
        self.facts(&mut lines);
        self.tradeoffs(&mut lines);
        self.told(&mut lines);
        lines.push(Line::new());
        lines.push(heading("What comes back"));
        if self.debrief.missed.is_empty() {
            lines.push(Line::plain("Nothing: no must and no should was missed."));
        }
        for missed in &self.debrief.missed {
            let item = self.debrief.sheet.item(&missed.item);
            let point = item.map_or(missed.item.as_str(), |item| self.point(item));
            let drill = if missed.follow_up.is_some() {
                "as a follow-up question".to_owned()
            } else {
                format!("as the drill {}", missed.drill)
            };
            let text = format!("{point} ({drill})");
            lines.extend(hanging("· ", Role::Faint, &text, width, Role::Plain));
        }
        lines
    }

    fn facts(&self, lines: &mut Vec<Line>) {
        let facts = &self.debrief.facts;
        if facts.is_empty() {
            return;
        }
        lines.push(Line::new());
        let asked = facts.iter().filter(|fact| fact.asked).count();
        lines.push(heading(&format!(
            "Facts: {asked} of {} asked for",
            facts.len()
        )));
        for fact in facts.iter().filter(|fact| fact.key && !fact.asked) {
            let mark = "never asked  ";
            lines.extend(hanging(
                mark,
                Role::Warn,
                &fact.question,
                self.width,
                Role::Plain,
            ));
            lines.extend(hanging(
                "  ",
                Role::Faint,
                &fact.answer,
                self.width,
                Role::Faint,
            ));
        }
        let rest = facts.iter().filter(|fact| !fact.key && !fact.asked).count();
        if rest > 0 {
            lines.push(Line::of(
                format!("{rest} more that decide less were not asked for"),
                Role::Faint,
            ));
        }
    }
}

/// "data: 4:10 over; 3:20 came out of serve".
fn overrun_line(overrun: &Overrun) -> String {
    let clock = |seconds: u32| minutes(f64::from(seconds));
    let paid = overrun.paid_by.iter();
    let paid: Vec<String> = paid
        .map(|(segment, seconds)| format!("{} came out of {segment}", clock(*seconds)))
        .collect();
    let over = clock(overrun.seconds);
    match paid.as_slice() {
        [] => format!(
            "{}: {over} over; no other step paid for it",
            overrun.segment
        ),
        paid => format!("{}: {over} over; {}", overrun.segment, paid.join(", ")),
    }
}
