//! The lines of one direction: where an edge may run between and through the rows or columns.

use std::ops::Range;

/// What one line is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::diagram) enum Line {
    /// Free for edges, between two bands.
    Track,
    /// A frame's border.
    Border,
    /// Runs through a band (a row or column of boxes): its number in the band.
    Port { band: usize, port: usize },
}

#[derive(Clone, Debug)]
pub(in crate::diagram) struct Axis {
    pub(in crate::diagram) lines: Vec<Line>,
    /// The lines of each band.
    pub(in crate::diagram) bands: Vec<Range<usize>>,
    /// The two border lines of each frame.
    pub(in crate::diagram) borders: Vec<(usize, usize)>,
    /// How far each line is from the first, for the search only.
    pub(in crate::diagram) place: Vec<u32>,
}

/// A frame along this axis: the first and last band it holds, and how deep it is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Span {
    pub(super) first: usize,
    pub(super) last: usize,
    pub(super) depth: usize,
}

/// How far apart lines are for the search.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pitch {
    pub(super) track: u32,
    pub(super) port: u32,
}

impl Axis {
    /// `ports` lines in each band, `tracks` between bands, a line for each border of a frame.
    pub(super) fn new(ports: &[usize], frames: &[Span], tracks: usize, pitch: Pitch) -> Self {
        let mut axis = Self {
            lines: Vec::new(),
            bands: Vec::with_capacity(ports.len()),
            borders: vec![(0, 0); frames.len()],
            place: Vec::new(),
        };
        for gap in 0..=ports.len() {
            axis.add(Line::Track, tracks);
            axis.close(frames, gap, tracks);
            axis.open(frames, gap, tracks);
            if let Some(&count) = ports.get(gap) {
                let from = axis.lines.len();
                let line = |port| Line::Port { band: gap, port };
                axis.lines.extend((0..count).map(line));
                axis.bands.push(from..axis.lines.len());
            }
        }
        let mut at = 0;
        for line in &axis.lines {
            at += match line {
                Line::Track | Line::Border => pitch.track,
                Line::Port { .. } => pitch.port,
            };
            axis.place.push(at);
        }
        axis
    }

    fn add(&mut self, line: Line, count: usize) {
        self.lines.extend(std::iter::repeat_n(line, count));
    }

    /// Borders of the frames that end before this gap, the inner ones first.
    fn close(&mut self, frames: &[Span], gap: usize, tracks: usize) {
        let depths = depths(frames, |span| span.last + 1 == gap);
        for depth in depths.into_iter().rev() {
            for (span, border) in frames.iter().zip(&mut self.borders) {
                if span.last + 1 == gap && span.depth == depth {
                    border.1 = self.lines.len();
                }
            }
            self.add(Line::Border, 1);
            self.add(Line::Track, tracks);
        }
    }

    /// Borders of the frames that begin after this gap, the outer ones first.
    fn open(&mut self, frames: &[Span], gap: usize, tracks: usize) {
        for depth in depths(frames, |span| span.first == gap) {
            for (span, border) in frames.iter().zip(&mut self.borders) {
                if span.first == gap && span.depth == depth {
                    border.0 = self.lines.len();
                }
            }
            self.add(Line::Border, 1);
            self.add(Line::Track, tracks);
        }
    }

    pub(in crate::diagram) fn len(&self) -> usize {
        self.lines.len()
    }
}

fn depths(frames: &[Span], test: impl Fn(&Span) -> bool) -> Vec<usize> {
    let mut depths: Vec<usize> = frames
        .iter()
        .filter(|span| test(span))
        .map(|span| span.depth)
        .collect();
    depths.sort_unstable();
    depths.dedup();
    depths
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bands_tracks_and_borders_follow_each_other() {
        let frames = [
            Span {
                first: 0,
                last: 1,
                depth: 0,
            },
            Span {
                first: 1,
                last: 1,
                depth: 1,
            },
        ];
        let pitch = Pitch { track: 1, port: 2 };
        let axis = Axis::new(&[1, 3], &frames, 1, pitch);
        let text: String = axis
            .lines
            .iter()
            .map(|line| match line {
                Line::Track => '.',
                Line::Border => '|',
                Line::Port { .. } => 'o',
            })
            .collect();
        assert_eq!(text, ".|.o.|.ooo.|.|.");
        assert_eq!(axis.bands, [3..4, 7..10]);
        assert_eq!(axis.borders, [(1, 13), (5, 11)]);
    }
}
