//! Small parts that several screens draw with.

mod board;
mod draw;
mod editor;
mod input;
mod list;
mod page;
mod time;

pub(super) use board::Board;
pub(super) use draw::{
    centred, columns, heading, meter, panel, put, put_lines, sparkline, styled, wrapped,
};
pub(super) use editor::Editor;
pub(super) use input::Input;
pub(super) use list::List;
pub(super) use page::Page;
pub(super) use time::{bar, minutes};
