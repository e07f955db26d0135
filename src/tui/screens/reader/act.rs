//! What the keys do, mode by mode.

use super::figure::Figure;
use super::links::Way;
use super::outline::{self, Outline};
use super::{declined_key, first, Mode, Reader};
use crate::content::Step;
use crate::tui::command::Do;
use crate::tui::screen::{Context, Flow};
use crate::tui::screens::{MockSetup, Search};
use crate::tui::widgets::Input;
use serde_json::json;

/// Cells by which code moves at a key.
const SIDEWAYS: isize = 8;

impl Reader {
    pub(super) fn go_to_step(&mut self, step: Step) {
        if let Some(anchor) = self.steps.anchor(&self.sheet, step) {
            self.sheet.go_to(&anchor);
        }
    }

    fn pick(&mut self, number: u8) {
        let at = usize::from(number).checked_sub(1);
        if let Some(step) = at.and_then(|at| Step::ALL.get(at)) {
            self.go_to_step(*step);
        }
    }

    /// To the next place found, else to the next section.
    fn turn(&mut self, back: bool) {
        if self.sheet.matches.count() > 0 {
            self.sheet.turn_match(back);
        } else {
            self.sheet.page.top = outline::beside(&self.sheet, back);
        }
    }

    fn mock(&self, context: &Context<'_>, steps: &[Step], clock: Option<u32>) -> Flow {
        if self.prompt.is_none() {
            return Flow::Say("This page is no case".to_owned());
        }
        let case = Some(self.page.clone());
        Flow::Push(Box::new(MockSetup::new(
            context,
            case,
            steps.to_vec(),
            clock,
        )))
    }

    pub(super) fn act_first(&mut self, command: Do, context: &mut Context<'_>) -> Flow {
        match command {
            Do::Open => {
                let declined = json!(true);
                context.desk.set_place(&declined_key(&self.page), &declined);
                self.mode = Mode::Read;
                self.clock.restart(context.now);
                Flow::Stay
            }
            Do::GoMock => self.mock(context, &[], None),
            Do::Sprint => {
                let clock = first::sprint_clock(context.desk.library.framework());
                self.mock(context, &first::SPRINT, Some(clock))
            }
            Do::Back => Flow::Pop,
            _ => Flow::Stay,
        }
    }

    pub(super) fn act_contents(&mut self, command: Do) -> Flow {
        if self.outline.list.act(command, Outline::count(&self.sheet)) {
            return Flow::Stay;
        }
        match command {
            Do::Open => {
                if let Some(line) = self.outline.chosen(&self.sheet) {
                    self.sheet.page.top = line;
                }
                self.mode = Mode::Read;
            }
            Do::Pick(number) => {
                self.pick(number);
                self.mode = Mode::Read;
            }
            Do::Contents | Do::Back => self.mode = Mode::Read,
            _ => {}
        }
        Flow::Stay
    }

    pub(super) fn act_links(&mut self, command: Do, context: &Context<'_>) -> Flow {
        if self.links.list.act(command, self.sheet.doc.links.len()) {
            return Flow::Stay;
        }
        match command {
            Do::Open => {
                self.mode = Mode::Read;
                match self.links.chosen(&self.sheet) {
                    Some(Way::Here(anchor)) if !self.sheet.go_to(&anchor) => {
                        return Flow::Say(format!("There is no heading #{anchor} on this page"));
                    }
                    Some(Way::Page(page, anchor)) => {
                        let mut reader = Self::new(context, &page, None);
                        if let Some(anchor) = anchor {
                            reader.go_to(&anchor, "");
                        }
                        return Flow::Push(Box::new(reader));
                    }
                    Some(Way::Out(line)) => self.sheet.page.top = line,
                    Some(Way::Here(_)) | None => {}
                }
            }
            Do::Links | Do::Back => self.mode = Mode::Read,
            _ => {}
        }
        Flow::Stay
    }

    /// Looks at the first picture below a line.
    fn look_at(&mut self, line: usize) -> Flow {
        let Some(figure) = Figure::below(&self.sheet, line) else {
            return Flow::Say("There is no picture from here on".to_owned());
        };
        self.leave_picture();
        figure.show(&mut self.sheet);
        let spoken = figure.spoken();
        self.figure = Some(figure);
        self.mode = Mode::Picture;
        Flow::Say(spoken)
    }

    fn leave_picture(&mut self) {
        if let Some(figure) = self.figure.take() {
            self.sheet.restore_block(figure.block);
        }
        self.mode = Mode::Read;
    }

    pub(super) fn act_picture(&mut self, command: Do) -> Flow {
        let Some(figure) = &mut self.figure else {
            self.mode = Mode::Read;
            return Flow::Stay;
        };
        match command {
            Do::Toggle => figure.toggle_list(),
            Do::Back if figure.is_listed() => figure.toggle_list(),
            Do::Back | Do::Picture => {
                self.leave_picture();
                return Flow::Stay;
            }
            Do::NextSection => {
                let end = self.sheet.doc.blocks.get(figure.block);
                let end = end.map_or(0, |block| block.lines.end);
                return self.look_at(end);
            }
            _ => figure.act(command),
        }
        if figure.is_listed() {
            return Flow::Stay;
        }
        figure.show(&mut self.sheet);
        Flow::Say(figure.spoken())
    }

    pub(super) fn act_find(&mut self, command: Do, context: &mut Context<'_>) -> Flow {
        let phrase = self.input.text();
        match command {
            Do::Submit => {
                self.mode = Mode::Read;
                self.sheet.find(&phrase, self.sheet.page.top);
                if self.sheet.matches.count() == 0 && !phrase.trim().is_empty() {
                    let phrase = phrase.trim();
                    return Flow::Say(format!(
                        "“{phrase}” is not on this page; s searches everything"
                    ));
                }
            }
            Do::GoSearch => {
                self.mode = Mode::Read;
                return Flow::Push(Box::new(Search::with(context, &phrase)));
            }
            Do::Back => self.mode = Mode::Read,
            _ => {
                self.sheet.page.act(command);
            }
        }
        Flow::Stay
    }

    pub(super) fn act_read(&mut self, command: Do, context: &mut Context<'_>) -> Flow {
        if self.sheet.page.act(command) {
            return Flow::Stay;
        }
        match command {
            Do::NextSection => self.turn(false),
            Do::PreviousSection => self.turn(true),
            Do::Pick(number) => self.pick(number),
            Do::Contents => {
                self.outline.follow(&self.sheet);
                self.mode = Mode::Contents;
            }
            Do::Links if self.sheet.doc.links.is_empty() => {
                return Flow::Say("There are no links on this page".to_owned());
            }
            Do::Links => {
                self.links.follow(&self.sheet);
                self.mode = Mode::Links;
            }
            Do::Picture => return self.look_at(self.sheet.page.top),
            Do::Find => {
                self.input = Input::default();
                self.mode = Mode::Find;
            }
            Do::Left | Do::Right => {
                let by = if command == Do::Left {
                    -SIDEWAYS
                } else {
                    SIDEWAYS
                };
                if !self.sheet.shift_code(by) {
                    return Flow::Say("No code on this page is wider than it".to_owned());
                }
            }
            Do::GoSearch => return Flow::Push(Box::new(Search::with(context, &self.sheet.phrase))),
            Do::GoMock => return self.mock(context, &[], None),
            Do::Back if self.sheet.matches.count() > 0 => self.sheet.forget_matches(),
            Do::Back => return Flow::Pop,
            _ => {}
        }
        Flow::Stay
    }
}
