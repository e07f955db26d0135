//! The coarse grid that edges are routed on: lines across, lines down, and what stands where.

use super::axis::{Axis, Pitch, Span};
use crate::diagram::layout::size::Sizes;
use crate::diagram::layout::Plan;

/// What a crossing of two lines lies on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::diagram) enum Spot {
    Open,
    Node(usize),
    /// The left or right border of this frame: only crossed sideways.
    Side(usize),
    /// The top or bottom border of this frame: only crossed up or down.
    Level(usize),
    Corner,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::diagram) enum Dir {
    Right,
    Down,
    Left,
    Up,
}

impl Dir {
    pub(in crate::diagram) const ALL: [Self; 4] = [Self::Right, Self::Down, Self::Left, Self::Up];

    pub(in crate::diagram) fn bit(self) -> u8 {
        1 << self as u8
    }

    pub(in crate::diagram) fn back(self) -> Self {
        match self {
            Self::Right => Self::Left,
            Self::Down => Self::Up,
            Self::Left => Self::Right,
            Self::Up => Self::Down,
        }
    }

    pub(in crate::diagram) fn is_level(self) -> bool {
        matches!(self, Self::Right | Self::Left)
    }

    /// The two directions across this one.
    pub(in crate::diagram) fn across(self) -> [Self; 2] {
        if self.is_level() {
            [Self::Up, Self::Down]
        } else {
            [Self::Left, Self::Right]
        }
    }
}

#[derive(Clone, Debug)]
pub(in crate::diagram) struct Grid {
    pub(in crate::diagram) across: Axis,
    pub(in crate::diagram) down: Axis,
    pub(in crate::diagram) spots: Vec<Spot>,
    /// Where each cell is for the search.
    places: Vec<(u32, u32)>,
}

/// Lines through a column of boxes, by its width: the middle one and pairs beside it.
pub(in crate::diagram) fn ports_across(width: usize) -> usize {
    if width < 11 {
        3
    } else {
        5
    }
}

/// Where the line runs within a column of boxes.
pub(in crate::diagram) fn port_offset(width: usize, port: usize) -> usize {
    let half = ports_across(width) / 2;
    let step = ((width.saturating_sub(3)) / (2 * half)).clamp(2, 4);
    let middle = (width - 1) / 2;
    (middle + port * step).saturating_sub(half * step)
}

impl Grid {
    pub(in crate::diagram) fn new(plan: &Plan, sizes: &Sizes, tracks: usize) -> Self {
        let span = |range: (usize, usize), depth| Span {
            first: range.0,
            last: range.1,
            depth,
        };
        let by_cols: Vec<Span> = plan
            .frames
            .iter()
            .map(|frame| span(frame.cols, frame.depth))
            .collect();
        let by_rows: Vec<Span> = plan
            .frames
            .iter()
            .map(|frame| span(frame.rows, frame.depth))
            .collect();
        let wide: Vec<usize> = sizes.col_width.iter().map(|&w| ports_across(w)).collect();
        let tall: Vec<usize> = sizes.row_height.iter().map(|height| height - 2).collect();
        let across = Axis::new(&wide, &by_cols, tracks, Pitch { track: 1, port: 2 });
        let down = Axis::new(&tall, &by_rows, tracks, Pitch { track: 1, port: 2 });
        let mut grid = Self {
            spots: vec![Spot::Open; across.len() * down.len()],
            places: down
                .place
                .iter()
                .flat_map(|&y| across.place.iter().map(move |&x| (x, y)))
                .collect(),
            across,
            down,
        };
        grid.put_boxes(plan);
        grid.put_frames(plan.frames.len());
        grid
    }

    fn put_boxes(&mut self, plan: &Plan) {
        for (node, &(row, col)) in plan.cells.iter().enumerate() {
            for y in self.down.bands[row].clone() {
                for x in self.across.bands[col].clone() {
                    let cell = self.cell(x, y);
                    self.spots[cell] = Spot::Node(node);
                }
            }
        }
    }

    fn put_frames(&mut self, count: usize) {
        for frame in 0..count {
            let (left, right) = self.across.borders[frame];
            let (top, bottom) = self.down.borders[frame];
            for y in top..=bottom {
                for x in [left, right] {
                    let cell = self.cell(x, y);
                    self.spots[cell] = if y == top || y == bottom {
                        Spot::Corner
                    } else {
                        Spot::Side(frame)
                    };
                }
            }
            for x in left + 1..right {
                for y in [top, bottom] {
                    let cell = self.cell(x, y);
                    self.spots[cell] = Spot::Level(frame);
                }
            }
        }
    }

    pub(in crate::diagram) fn cell(&self, x: usize, y: usize) -> usize {
        y * self.across.len() + x
    }

    pub(in crate::diagram) fn x(&self, cell: usize) -> usize {
        cell % self.across.len()
    }

    pub(in crate::diagram) fn y(&self, cell: usize) -> usize {
        cell / self.across.len()
    }

    /// The direction from a cell to its neighbour.
    pub(in crate::diagram) fn dir(&self, from: usize, to: usize) -> Dir {
        if to == from + 1 {
            Dir::Right
        } else if to + 1 == from {
            Dir::Left
        } else if to > from {
            Dir::Down
        } else {
            Dir::Up
        }
    }

    /// Where a cell is for the search.
    pub(super) fn place(&self, cell: usize) -> (u32, u32) {
        self.places[cell]
    }

    /// The next cell in a direction, and how far it is for the search.
    pub(super) fn stride(&self, cell: usize, dir: Dir) -> Option<(usize, u32)> {
        let next = match dir {
            Dir::Right => cell + 1,
            Dir::Down => cell + self.across.len(),
            Dir::Left => cell.checked_sub(1)?,
            Dir::Up => cell.checked_sub(self.across.len())?,
        };
        let ((x, y), &(next_x, next_y)) = (self.places[cell], self.places.get(next)?);
        // One beyond the end of a row is the start of another.
        let fits = x == next_x || y == next_y;
        fits.then(|| (next, x.abs_diff(next_x) + y.abs_diff(next_y)))
    }
}
