//! The interview line by line: what a typed line means, and whole interviews from a script whose
//! clock only `/wait` moves.

use super::record::Segment;
use super::session::{Input, Session};
use crate::content::Step;
use chrono::{DateTime, Duration, Utc};

/// Longest `/wait`, in seconds: no interview is longer than a day.
const LONGEST_WAIT: u32 = 86_400;
/// Every command, for a help line.
pub const COMMANDS: &str =
    "/next [STEP] /back /go STEP /draw FLOWCHART /wipe /ask QUESTION /thinking /said ITEM \
                            /unsaid ITEM /pause /count /time /wait SECONDS /leave /end";

/// What a line asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    Do(Input),
    /// Leave the step for this one; nothing when it is open already. A script does not know
    /// whether the interviewer asks before a step is left, and says so twice.
    On(Segment),
    /// Seconds.
    Wait(u32),
    /// Stop the clock, or start it again.
    Pause,
    Time,
    /// Show the whiteboard.
    Board,
    /// Take the last line off the whiteboard.
    Wipe,
    Leave,
    /// Why the line was not understood.
    Complain(String),
}

/// Understands a line: text, or a command after a slash.
pub fn read_line(line: &str) -> Said {
    let word = line.trim();
    let (command, rest) = word.split_once(char::is_whitespace).unwrap_or((word, ""));
    let rest = rest.trim();
    let item = |said| match rest {
        "" => Said::Complain(format!("Which item? {command} ITEM")),
        id => Said::Do(Input::Said(id.to_owned(), said)),
    };
    match command {
        "/next" if rest.is_empty() => Said::Do(Input::Next),
        "/next" => place(rest, Said::On),
        "/back" => Said::Do(Input::Back),
        "/go" => place(rest, |segment| Said::Do(Input::GoTo(segment))),
        "/thinking" => Said::Do(Input::Thinking),
        "/said" => item(true),
        "/unsaid" => item(false),
        "/count" => Said::Do(Input::Count),
        "/end" => Said::Do(Input::End),
        "/pause" => Said::Pause,
        "/time" => Said::Time,
        "/leave" | "/quit" => Said::Leave,
        "/draw" if rest.is_empty() => Said::Board,
        "/wipe" => Said::Wipe,
        "/draw" => Said::Do(Input::Draw(rest.to_owned())),
        "/ask" if rest.is_empty() => Said::Complain("Ask what? /ask QUESTION".to_owned()),
        "/ask" => Said::Do(Input::Ask(rest.to_owned())),
        "/wait" => rest.parse().map_or_else(
            |_| Said::Complain("How long? /wait SECONDS, such as /wait 90".to_owned()),
            |seconds: u32| Said::Wait(seconds.min(LONGEST_WAIT)),
        ),
        "/help" | "/?" => Said::Complain(format!("Commands: {COMMANDS}")),
        _ if word.starts_with('/') => Said::Complain(format!(
            "There is no command {command}. Commands: {COMMANDS}"
        )),
        _ => Said::Do(Input::Line(line.to_owned())),
    }
}

fn place(name: &str, said: impl Fn(Segment) -> Said) -> Said {
    let segment = match name {
        "wrap-up" => Ok(Segment::WrapUp),
        name => name.parse::<Step>().map(Segment::from),
    };
    match segment {
        Ok(segment) => said(segment),
        Err(fault) => Said::Complain(format!("{fault}, wrap-up")),
    }
}

/// Gives a script to an interview, line by line on a clock of its own that begins at `now`; what is
/// left of the time when the script ends is not waited for. Lines that say nothing, such as `/time`,
/// are passed over.
pub fn replay(session: &mut Session, script: &str, mut now: DateTime<Utc>) {
    for line in script.lines() {
        match read_line(line) {
            Said::Do(input) => {
                let input = match input {
                    Input::Draw(more) => Input::Draw(drawn(session, &more)),
                    other => other,
                };
                if session.paused() {
                    session.apply(Input::Resume, now);
                }
                session.apply(input, now);
            }
            Said::On(segment) if session.record().current == segment => {}
            Said::On(_) => session.apply(Input::Next, now),
            Said::Wait(seconds) => {
                // Second by second, so that every deadline fires in its turn.
                for _ in 0..seconds {
                    now += Duration::seconds(1);
                    session.apply(Input::Tick, now);
                }
            }
            Said::Pause if session.paused() => session.apply(Input::Resume, now),
            Said::Pause => session.apply(Input::Pause, now),
            Said::Leave => return,
            Said::Wipe => session.apply(Input::Draw(wiped(session)), now),
            Said::Time | Said::Board | Said::Complain(_) => {}
        }
    }
    session.apply(Input::End, now);
}

/// The whiteboard with another line.
pub fn drawn(session: &Session, more: &str) -> String {
    let record = session.record();
    match record.board_in(record.current) {
        "" => more.to_owned(),
        board => format!("{board}\n{more}"),
    }
}

/// The whiteboard without its last line.
pub fn wiped(session: &Session) -> String {
    let record = session.record();
    let board = record.board_in(record.current);
    let rest = board.rsplit_once('\n').map_or("", |(rest, _)| rest);
    rest.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_text_and_a_slash_commands() {
        let input = |line| match read_line(line) {
            Said::Do(input) => Some(input),
            _ => None,
        };
        assert_eq!(input(" a -> b "), Some(Input::Line(" a -> b ".into())));
        assert_eq!(input("/go data"), Some(Input::GoTo(Segment::Data)));
        assert_eq!(input("/go wrap-up"), Some(Input::GoTo(Segment::WrapUp)));
        assert_eq!(input("/said a-b"), Some(Input::Said("a-b".into(), true)));
        assert_eq!(read_line("/wait 99999999"), Said::Wait(LONGEST_WAIT));
        assert_eq!(read_line("/next data"), Said::On(Segment::Data));
        assert_eq!(read_line("/pause"), Said::Pause);
        for line in [
            "/wait",
            "/wait x",
            "/go nowhere",
            "/said",
            "/ask",
            "/nexT",
            "/",
        ] {
            assert!(matches!(read_line(line), Said::Complain(_)), "{line}");
        }
    }
}
