//! The characters that pictures are made of.

use super::graph::{Shape, Stroke, Tip};
use super::route::grid::Dir;
use crate::text::Role;

/// Stands before the text of a decision.
pub(super) const CHOICE: &str = "◇";
/// Four lines that hang together, as in a wiring diagram.
const JOINT: &str = "●";

/// A cell of lines, by what runs on its right, below, on its left, above. Lines that only cross look
/// unlike lines that join.
pub(super) fn line(sides: [Option<Stroke>; 4], crossing: bool) -> &'static str {
    let [right, down, left, up] = sides.map(|side| side.is_some());
    let stroke = sides
        .into_iter()
        .flatten()
        .find(|stroke| *stroke != Stroke::Thick)
        .unwrap_or(Stroke::Thick);
    let thick = stroke == Stroke::Thick;
    match (right, down, left, up) {
        (true, true, true, true) if !crossing => JOINT,
        (true, true, true, true) => match sides {
            [Some(Stroke::Thick), Some(Stroke::Thick), ..] => "╋",
            [Some(Stroke::Thick), ..] => "┿",
            [_, Some(Stroke::Thick), ..] => "╂",
            _ => "┼",
        },
        (true, true, false, false) => pick(thick, "╭", "┏"),
        (false, true, true, false) => pick(thick, "╮", "┓"),
        (true, false, false, true) => pick(thick, "╰", "┗"),
        (false, false, true, true) => pick(thick, "╯", "┛"),
        (true, true, false, true) => pick(thick, "├", "┣"),
        (false, true, true, true) => pick(thick, "┤", "┫"),
        (true, true, true, false) => pick(thick, "┬", "┳"),
        (true, false, true, true) => pick(thick, "┴", "┻"),
        (false, _, false, _) => match stroke {
            Stroke::Solid => "│",
            Stroke::Dotted => "┊",
            Stroke::Thick => "┃",
        },
        (_, false, _, false) => level(stroke),
    }
}

fn pick(thick: bool, light: &'static str, heavy: &'static str) -> &'static str {
    if thick {
        heavy
    } else {
        light
    }
}

pub(super) fn level(stroke: Stroke) -> &'static str {
    match stroke {
        Stroke::Solid => "─",
        Stroke::Dotted => "┈",
        Stroke::Thick => "━",
    }
}

/// The tip of an edge that goes in this direction.
pub(super) fn tip(tip: Tip, dir: Dir) -> Option<&'static str> {
    match tip {
        Tip::None => None,
        Tip::Circle => Some("○"),
        Tip::Cross => Some("×"),
        Tip::Arrow => Some(match dir {
            Dir::Right => "▸",
            Dir::Down => "▾",
            Dir::Left => "◂",
            Dir::Up => "▴",
        }),
    }
}

/// The four corners (clockwise from the top left), the level and the upright border of a box.
pub(super) struct Outline {
    pub(super) corners: [&'static str; 4],
    pub(super) level: &'static str,
    pub(super) left: &'static str,
    pub(super) right: &'static str,
}

pub(super) fn outline(shape: Shape) -> Outline {
    let outline = |corners, level, left, right| Outline {
        corners,
        level,
        left,
        right,
    };
    match shape {
        Shape::Rect => outline(["┌", "┐", "┘", "└"], "─", "│", "│"),
        Shape::Round => outline(["╭", "╮", "╯", "╰"], "─", "│", "│"),
        Shape::Store => outline(["╭", "╮", "╯", "╰"], "═", "│", "│"),
        Shape::Choice | Shape::Hexagon => outline(["╱", "╲", "╱", "╲"], "─", "│", "│"),
        Shape::Slanted => outline(["╱", "┐", "╱", "└"], "─", "│", "│"),
        Shape::Flag => outline(["┌", "┐", "┘", "└"], "─", "║", "│"),
    }
}

/// What stands for a character of a drawing where only ASCII is shown.
pub(super) fn ascii(glyph: &str, role: Role) -> Option<&'static str> {
    Some(match (glyph, role) {
        ("╌", Role::Group) => ".",
        ("╎", Role::Group) => ":",
        ("│", _) => "|",
        ("─", _) => "-",
        ("═" | "━", _) => "=",
        ("┈", _) => "~",
        ("┊", _) => "!",
        ("┃" | "║", _) => "#",
        // One line passes over the other.
        ("┼" | "┿", _) => "|",
        ("╋" | "╂", _) => "#",
        ("●", _) => "*",
        ("▸", _) => ">",
        ("▾", _) => "v",
        ("◂", _) => "<",
        ("▴", _) => "^",
        ("○", _) => "o",
        ("×", _) => "x",
        ("╱", _) => "/",
        ("╲", _) => "\\",
        ("◇", _) => "?",
        (
            "┌" | "┐" | "└" | "┘" | "╭" | "╮" | "╰" | "╯" | "┏" | "┓" | "┗" | "┛" | "├" | "┤" | "┬"
            | "┴" | "┣" | "┫" | "┳" | "┻",
            _,
        ) => "+",
        _ => return None,
    })
}
