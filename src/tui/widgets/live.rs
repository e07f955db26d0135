//! A drawing that follows its text.

use crate::diagram::{self, Fault};
use crate::text::{self, Line};
use std::sync::mpsc::{channel, Receiver, TryRecvError};

/// What came of a text.
type Drawn = Result<Vec<Line>, Fault>;

/// The drawing of a whiteboard's text within a width, or why there is none.
fn board_lines(text: &str, width: u16) -> Drawn {
    let graph = diagram::read(text)?;
    Ok(diagram::draw(&graph, usize::from(width.max(1))))
}

/// Text of more bytes than this is drawn in the background: a large drawing takes longer than a
/// key may.
const SMALL: usize = 120;

/// A drawing that is only made again when its text or its width changes. While the text does not
/// read as a flowchart, the last drawing stays.
#[derive(Debug, Default)]
pub(super) struct Picture {
    text: String,
    width: u16,
    lines: Vec<Line>,
    fault: Option<Fault>,
    job: Option<Job>,
}

/// A drawing that is being made.
#[derive(Debug)]
struct Job {
    text: String,
    width: u16,
    result: Receiver<Drawn>,
}

impl Job {
    /// None when no thread can be had.
    fn start(text: &str, width: u16) -> Option<Self> {
        let (sender, result) = channel();
        let own = text.to_owned();
        let drawing = std::thread::Builder::new().name("whiteboard".to_owned());
        let started = drawing.spawn(move || {
            // Nobody may be waiting any more.
            let _ = sender.send(board_lines(&own, width));
        });
        started.ok().map(|_| Self {
            text: text.to_owned(),
            width,
            result,
        })
    }
}

impl Picture {
    pub(super) fn lines(&mut self, text: &str, width: u16) -> &[Line] {
        self.collect();
        let text = text::clean(text);
        if self.text == text && self.width == width {
            return &self.lines;
        }
        if text.trim().is_empty() {
            self.take(&text, width, Ok(Vec::new()));
        } else if self.job.is_none() {
            self.job = (text.len() > SMALL)
                .then(|| Job::start(&text, width))
                .flatten();
            if self.job.is_none() {
                self.take(&text, width, board_lines(&text, width));
            }
        }
        &self.lines
    }

    pub(super) fn is_pending(&self) -> bool {
        self.job.is_some()
    }

    /// Takes a drawing over that was made in the background.
    fn collect(&mut self) {
        let Some(job) = self.job.take() else {
            return;
        };
        match job.result.try_recv() {
            Ok(drawn) => self.take(&job.text, job.width, drawn),
            Err(TryRecvError::Empty) => self.job = Some(job),
            Err(TryRecvError::Disconnected) => {
                let fault = Fault {
                    line: 1,
                    column: 1,
                    message: "this cannot be drawn".to_owned(),
                };
                self.take(&job.text, job.width, Err(fault));
            }
        }
    }

    fn take(&mut self, text: &str, width: u16, drawn: Drawn) {
        match drawn {
            Ok(lines) => {
                self.lines = lines;
                self.fault = None;
            }
            Err(fault) => {
                // A picture for another width would be cut.
                if self.width != width || self.lines.is_empty() {
                    self.lines = typed(text, width);
                }
                self.fault = Some(fault);
            }
        }
        self.text = text.to_owned();
        self.width = width;
    }

    /// Why the newest text is not drawn.
    pub(super) fn fault(&self) -> Option<&Fault> {
        self.fault.as_ref()
    }
}

/// The text as it stands, for what cannot be drawn.
fn typed(text: &str, width: u16) -> Vec<Line> {
    text::wrap(text, usize::from(width.max(1)))
        .into_iter()
        .map(Line::plain)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_drawing_stays_while_the_text_is_half_typed() {
        let mut board = Picture::default();
        let drawn = board.lines("user -> kafka", 60).to_vec();
        assert!(drawn.iter().any(|line| line.text().contains('▸')));
        let broken = "flowchart LR\n a[user --> ";
        assert_eq!(board.lines(broken, 60), drawn);
        assert!(board.fault().is_some());
        assert_eq!(board.lines(broken, 50), typed(broken, 50));
        assert!(board.lines(" ", 50).is_empty());
    }

    #[test]
    fn a_large_drawing_is_made_in_the_background() {
        let mut board = Picture::default();
        let text = String::from("user -> gateway -> retrieval -> ranker\n")
            + &"stream -> \"feature store\" -> ranker\n".repeat(4);
        assert!(text.len() > SMALL);
        assert!(board.lines(&text, 60).is_empty());
        assert!(board.is_pending());
        for _ in 0..500 {
            if !board.lines(&text, 60).is_empty() {
                break;
            }
            std::thread::sleep(std::time::Duration::from_millis(10));
        }
        assert!(!board.is_pending());
        let drawn: String = board.lines(&text, 60).iter().map(Line::text).collect();
        assert!(drawn.contains("gateway") && drawn.contains("ranker"));
    }
}
