//! Small parts that several screens draw with.

mod board;
mod draw;
mod editor;
mod field;
mod input;
mod list;
mod live;
mod matches;
mod page;
mod prose;
mod time;

pub(super) use board::Board;
pub(super) use draw::{
    centred, columns, hanging, heading, meter, panel, put, put_lines, sparkline, styled, wrapped,
};
pub(super) use editor::Editor;
pub(super) use field::Field;
pub(super) use input::Input;
pub(super) use list::List;
pub(super) use matches::Matches;
pub(super) use page::Page;
pub(super) use prose::{draw_fence, markdown};
pub(super) use time::{bar, minutes};
