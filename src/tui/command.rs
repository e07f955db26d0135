//! Every command of the app, once: this table feeds the keys, the footer, the help and the palette.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// What a command does; each screen acts on the ones of its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Do {
    Up,
    Down,
    Left,
    Right,
    PageUp,
    PageDown,
    Top,
    Bottom,
    Open,
    Back,
    Quit,
    Help,
    Palette,
    Notes,
    GoHome,
    GoDrill,
    GoMock,
    GoRead,
    GoPlan,
    GoStats,
    GoHistory,
    GoSearch,
    GoFramework,
    GoTransfer,
    GoToolbox,
    GoReadingList,
    TenMinutes,
    Cram,
    GoNotes,
    NewPlan,
    Submit,
    Hint,
    MoveUp,
    MoveDown,
    Pick(u8),
    NextField,
    PreviousField,
    Retry,
    Undo,
    Skip,
    Bury,
    Suspend,
    Edit,
    Breakdown,
    NextStep,
    PreviousStep,
    Whiteboard,
    Ask,
    Pause,
    Editor,
    Thinking,
    End,
    Yes,
    No,
    Dispute,
    Export,
    NextWeak,
    Find,
    NextSection,
    PreviousSection,
    Contents,
    Links,
    Picture,
    Toggle,
    Delete,
    New,
    Sprint,
    Pin,
    Keep,
    Placement,
    WhatNext,
    /// An answer beside the breakdown.
    Beside,
    /// Two lines of a list against each other.
    Compare,
    /// By the content as it is now.
    Regrade,
    /// Time that passed while the machine slept counts.
    Count,
}

/// Where a command can be given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Place {
    Everywhere,
    Home,
    Plan,
    PlanForm,
    PlanDay,
    /// What to add to a day is being typed.
    PlanAdd,
    /// The interview is over.
    PlanOver,
    /// A proposal and its reason.
    NextUp,
    Cases,
    Reader,
    /// Before a breakdown is read for the first time.
    ReaderFirst,
    ReaderFind,
    ReaderLinks,
    /// A picture of the page, box by box.
    Picture,
    Contents,
    DrillAnswer,
    DrillSure,
    DrillChoice,
    DrillReveal,
    DrillOver,
    MockSetup,
    Mock,
    /// The clock stands and the text is covered.
    MockPaused,
    /// A question to the interviewer is being typed.
    MockAsk,
    /// "Leave, end, or go on?"
    MockLeave,
    /// "End the interview?"
    MockEnd,
    /// The time is up; the text still stands there.
    MockOver,
    /// The learner asks and ticks, a friend answers.
    MockFriend,
    /// After an interview out loud.
    MockTick,
    Debrief,
    /// One item in full.
    DebriefItem,
    /// Time, facts, turns, what comes back.
    DebriefMore,
    Stats,
    History,
    Search,
    Notes,
    NoteEditor,
    /// A question that is answered with yes or no.
    Confirm,
    Welcome,
    Help,
}

impl Place {
    pub(super) fn title(self) -> &'static str {
        match self {
            Self::Everywhere => "Everywhere",
            Self::Home => "Home",
            Self::Plan => "Plan",
            Self::PlanForm => "A new plan",
            Self::PlanDay => "Plan: a day",
            Self::PlanAdd => "Plan: adding",
            Self::PlanOver => "Plan: after the date",
            Self::NextUp => "What next?",
            Self::Cases => "Cases",
            Self::Reader => "Reader",
            Self::ReaderFirst => "Reader: before",
            Self::ReaderFind => "Reader: find",
            Self::ReaderLinks => "Reader: links",
            Self::Picture => "Reader: a picture",
            Self::Contents => "Reader: contents",
            Self::DrillAnswer => "Drill: answering",
            Self::DrillSure => "Drill: how sure",
            Self::DrillChoice => "Drill: after a first attempt",
            Self::DrillReveal => "Drill: the answer",
            Self::DrillOver => "Drill: summary",
            Self::MockSetup => "Mock: before",
            Self::Mock => "Mock",
            Self::MockPaused => "Mock: paused",
            Self::MockAsk => "Mock: asking",
            Self::MockLeave => "Mock: leave?",
            Self::MockEnd => "Mock: end?",
            Self::MockOver => "Mock: over",
            Self::MockFriend => "Mock: you ask",
            Self::MockTick => "Mock: what you said",
            Self::Debrief => "Debrief",
            Self::DebriefItem => "Debrief: one item",
            Self::DebriefMore => "Debrief: time and turns",
            Self::Stats => "Statistics",
            Self::History => "History",
            Self::Search => "Search",
            Self::Notes => "Notes",
            Self::NoteEditor => "Note",
            Self::Confirm => "Yes or no",
            Self::Welcome => "First run",
            Self::Help => "Help",
        }
    }
}

/// One row of the table.
#[derive(Debug)]
pub(super) struct Command {
    pub id: Do,
    pub at: &'static [Place],
    /// The first one is shown.
    pub keys: &'static [&'static str],
    /// One or two words, for the footer.
    pub short: &'static str,
    /// For help and palette.
    pub help: &'static str,
    /// Shown in the footer, the lowest first; 0 for those that are not.
    pub footer: u8,
}

macro_rules! commands {
    ($($id:expr, [$($at:ident),*], [$($key:literal),*], $short:literal, $help:literal, $footer:literal;)*) => {
        /// The table.
        pub(super) static COMMANDS: &[Command] = &[$(Command {
            id: $id,
            at: &[$(Place::$at),*],
            keys: &[$($key),*],
            short: $short,
            help: $help,
            footer: $footer,
        }),*];
    };
}

commands! {
    // First run
    Do::Submit, [Welcome], ["enter"], "go on", "Go on with what is there; nothing is a fine answer", 1;
    Do::NextStep, [Welcome], ["f2", "alt-n"], "next", "Go on from a text of several lines", 2;
    Do::Toggle, [Welcome], ["space"], "", "Tick or untick", 0;
    Do::Yes, [Welcome], ["y"], "", "Yes, that was fair", 0;
    Do::No, [Welcome], ["n"], "", "No, that was not fair", 0;
    // Home
    Do::Open, [Home], ["enter"], "start", "Start the highlighted activity", 1;
    Do::GoDrill, [Home], ["d"], "drill", "Practise what is due, then new drills", 2;
    Do::GoMock, [Home], ["m"], "mock", "A timed mock interview", 3;
    Do::GoRead, [Home], ["r"], "read", "The case studies", 4;
    Do::GoPlan, [Home], ["p"], "plan", "The days up to the interview", 5;
    Do::GoStats, [Home], ["s"], "stats", "What was done, what is weak", 6;
    Do::GoHistory, [Home], ["i"], "history", "Mocks and their debriefs", 0;
    Do::WhatNext, [Home], ["w"], "what next?", "Propose what to do next, and say why", 7;
    Do::Open, [NextUp], ["enter"], "start", "Start what is proposed", 1;
    Do::TenMinutes, [Home], ["t"], "ten minutes", "Only ten minutes today: the best ten", 0;
    Do::Cram, [Home], ["c"], "cram", "Cram: the weakest drills, although nothing is due", 0;
    Do::GoNotes, [Home, Cases, Plan], ["o"], "notes", "Your notes", 0;
    Do::GoSearch, [Home, Cases, Plan, Stats, History], ["/"], "search", "Search in everything", 0;
    // Lists
    Do::Open, [Plan, Cases, History, Search, Notes], ["enter", "l"], "open", "Open the highlighted line", 1;
    Do::NewPlan, [Plan, PlanDay, PlanOver], ["n"], "new plan", "Make a new plan", 2;
    Do::Undo, [Plan, PlanDay], ["u"], "undo", "Take the last change of the plan back", 3;
    Do::MoveDown, [PlanDay], ["J", "shift-down", ">"], "later", "To the next day that it fits", 4;
    Do::MoveUp, [PlanDay], ["K", "shift-up", "<"], "earlier", "To the day before that it fits", 5;
    Do::Pin, [PlanDay], ["p"], "pin", "Keep it on this day", 6;
    Do::Delete, [PlanDay], ["x", "delete"], "drop", "Take it out of the plan", 7;
    Do::New, [PlanDay], ["a"], "add", "Add something to this day", 8;
    Do::Submit, [PlanAdd], ["enter"], "add", "Add this to the day", 1;
    Do::Pick(1), [PlanOver], ["1"], "it went well", "The interview went well", 3;
    Do::Pick(2), [PlanOver], ["2"], "so-so", "The interview went so-so", 4;
    Do::Pick(3), [PlanOver], ["3"], "badly", "The interview went badly", 5;
    Do::Keep, [PlanOver], ["m"], "keep it up", "Go on without a date: a mock a week, and drills", 6;
    Do::GoMock, [Cases], ["m"], "mock", "A mock of the highlighted case", 2;
    Do::GoDrill, [Cases], ["d"], "drill", "Drill the highlighted case", 3;
    Do::Toggle, [History], ["tab"], "trend", "Scores by dimension over time, or back to the list", 2;
    Do::Compare, [History], ["c"], "compare", "Mark a mock; then compare another one of its case with it", 3;
    Do::Regrade, [History], ["w"], "grade again", "Grade by the content as it is now; both scores are kept", 4;
    Do::Export, [History], ["x"], "export", "Write the mock as Markdown and as one HTML page", 5;
    Do::New, [Notes], ["n"], "new", "Write a new note", 2;
    Do::Delete, [Notes], ["d", "delete", "ctrl-d"], "delete", "Delete the highlighted note", 3;
    Do::Find, [Notes], ["/"], "filter", "Only the notes that hold these words", 4;
    Do::Yes, [Confirm], ["y"], "yes", "Yes", 1;
    Do::No, [Confirm], ["n"], "no", "No", 2;
    Do::Back, [NoteEditor], ["esc", "f9", "alt-o"], "save", "Save the note and close it; an empty one is dropped", 1;
    Do::Editor, [NoteEditor], ["f6", "alt-e"], "$EDITOR", "Write in your own editor", 2;
    // The form of a plan
    Do::Open, [PlanForm], ["enter"], "make it", "Make this plan", 1;
    Do::NextField, [PlanForm], ["tab"], "next field", "To the next field", 2;
    Do::PreviousField, [PlanForm], ["backtab"], "", "To the previous field", 0;
    Do::Toggle, [PlanForm], ["space"], "tick", "Tick the highlighted case, or untick it", 3;
    Do::Placement, [PlanForm], ["f4", "alt-p"], "placement", "Ten minutes over the seven steps, to pass over what you know", 4;
    Do::Left, [PlanForm], ["left", "h"], "", "The choice before", 0;
    Do::Right, [PlanForm], ["right", "l"], "", "The next choice", 0;
    // Reader
    Do::Contents, [Reader], ["c", "tab"], "contents", "The table of contents", 1;
    Do::NextSection, [Reader], ["n", "]"], "next", "To the next section, or to the next place found", 2;
    Do::PreviousSection, [Reader], ["N", "["], "", "To the previous section, or place found", 0;
    Do::Find, [Reader], ["/"], "find", "Find in this page", 3;
    Do::Pick(1), [Reader, Contents], ["1"], "to 7: steps", "To clarify (2 to 7: the other steps)", 4;
    Do::Pick(2), [Reader, Contents], ["2"], "", "To frame", 0;
    Do::Pick(3), [Reader, Contents], ["3"], "", "To data", 0;
    Do::Pick(4), [Reader, Contents], ["4"], "", "To model", 0;
    Do::Pick(5), [Reader, Contents], ["5"], "", "To evaluate", 0;
    Do::Pick(6), [Reader, Contents], ["6"], "", "To serve", 0;
    Do::Pick(7), [Reader, Contents], ["7"], "", "To monitor", 0;
    Do::Links, [Reader], ["f"], "links", "The links of this page, to follow one", 5;
    Do::Picture, [Reader], ["v"], "picture", "The next picture, box by box and as a list", 6;
    Do::GoSearch, [Reader], ["s"], "search", "Search in everything", 7;
    Do::GoMock, [Reader], ["m"], "mock", "A mock of this case", 8;
    Do::Left, [Reader], ["left", "h"], "", "Code wider than the page: to its left", 0;
    Do::Right, [Reader], ["right", "l"], "", "Code wider than the page: to its right", 0;
    Do::NextField, [Picture], ["tab", "right", "l"], "next box", "To the next box; its arrows light up", 1;
    Do::PreviousField, [Picture], ["backtab", "left", "h"], "", "To the box before", 0;
    Do::Toggle, [Picture], ["t"], "as a list", "The same picture as a list, or as a drawing", 2;
    Do::NextSection, [Picture], ["n", "]"], "next picture", "To the next picture of the page", 3;
    Do::Picture, [Picture], ["v"], "close", "Back to the page", 4;
    Do::Open, [ReaderLinks], ["enter", "l"], "follow", "To where the highlighted link leads", 1;
    Do::Links, [ReaderLinks], ["f"], "close", "Back to the page", 2;
    Do::Open, [Contents], ["enter", "l"], "go there", "To the highlighted section", 1;
    Do::Contents, [Contents], ["c", "tab"], "close", "Back to the page", 2;
    Do::Submit, [ReaderFind], ["enter"], "find", "Find this; n and N go on", 1;
    Do::GoSearch, [ReaderFind], ["tab"], "everywhere", "Search in everything for this", 2;
    Do::GoMock, [ReaderFirst], ["m"], "mock", "A mock of this case, before reading", 1;
    Do::Sprint, [ReaderFirst], ["s"], "sprint", "Twelve minutes on data and model, before reading", 2;
    Do::Open, [ReaderFirst], ["enter"], "read on", "Read without an attempt", 3;
    // Drill
    Do::Submit, [DrillAnswer], ["enter"], "answer", "Give the answer, or go on to its next part", 1;
    Do::Hint, [DrillAnswer], ["f2", "alt-h"], "hint", "A hint (two at most)", 2;
    Do::Skip, [DrillAnswer], ["f3", "alt-s"], "later", "Ask this later in the session", 3;
    Do::NextField, [DrillAnswer], ["tab"], "", "To the next part of the answer", 0;
    Do::PreviousField, [DrillAnswer], ["backtab"], "", "To the previous part of the answer", 0;
    Do::PageUp, [DrillAnswer], ["pgup"], "", "Up in a long question", 0;
    Do::PageDown, [DrillAnswer], ["pgdn"], "", "Down in a long question", 0;
    Do::Toggle, [DrillAnswer], ["space"], "", "Mark the line, or unmark it (marking)", 0;
    Do::MoveUp, [DrillAnswer], ["K", "shift-up"], "", "Move the line up (orderings)", 0;
    Do::MoveDown, [DrillAnswer], ["J", "shift-down"], "", "Move the line down (orderings)", 0;
    Do::Bury, [DrillAnswer, DrillReveal], ["f6", "alt-b"], "bury", "Not today: it comes back tomorrow", 0;
    Do::Suspend, [DrillAnswer, DrillReveal], ["f7", "alt-x"], "suspend", "Never again, until resumed", 0;
    Do::Edit, [DrillAnswer, DrillReveal], ["f8", "alt-e"], "edit", "Edit a drill of your own pack in $EDITOR", 0;
    Do::Undo, [DrillAnswer, DrillSure, DrillChoice, DrillReveal, DrillOver], ["f5"], "undo", "Take back the last answer, also after a restart", 5;
    Do::Pick(1), [DrillSure], ["1"], "guessing", "I am guessing", 1;
    Do::Pick(2), [DrillSure], ["2"], "unsure", "I am unsure", 2;
    Do::Pick(3), [DrillSure], ["3"], "fairly", "I am fairly sure", 3;
    Do::Pick(4), [DrillSure], ["4"], "certain", "I am certain", 4;
    Do::Retry, [DrillChoice], ["r"], "try again", "A second attempt, with a hint; the first one counts", 1;
    Do::Submit, [DrillChoice], ["enter"], "see the answer", "See the answer", 2;
    Do::Submit, [DrillReveal], ["enter", "space"], "next", "The next drill", 1;
    Do::Pick(1), [DrillReveal], ["1"], "to 4: own rating", "Overrule: Again (2 Hard, 3 Good, 4 Easy)", 2;
    Do::Pick(2), [DrillReveal], ["2"], "", "Overrule: Hard", 0;
    Do::Pick(3), [DrillReveal], ["3"], "", "Overrule: Good", 0;
    Do::Pick(4), [DrillReveal], ["4"], "", "Overrule: Easy", 0;
    Do::Breakdown, [DrillReveal], ["b"], "breakdown", "Where the breakdown explains it", 3;
    Do::Submit, [DrillOver], ["enter"], "done", "Back", 1;
    // Mock
    Do::Open, [MockSetup], ["enter"], "start", "Start the interview, or resume the highlighted one", 1;
    Do::Left, [MockSetup], ["left", "h"], "", "Change the highlighted setting", 0;
    Do::Right, [MockSetup], ["right", "l"], "change", "Change the highlighted setting", 2;
    Do::Delete, [MockSetup], ["delete", "ctrl-d"], "", "Throw the highlighted unfinished mock away (press twice)", 0;
    Do::NextStep, [Mock], ["f2", "alt-n"], "next step", "Leave this step; the interviewer may ask first", 1;
    Do::PreviousStep, [Mock], ["shift-f2", "alt-p"], "", "Back to the previous step", 0;
    Do::Whiteboard, [Mock], ["f3", "alt-w"], "whiteboard", "Between notes and whiteboard", 2;
    Do::Ask, [Mock], ["f4", "alt-a"], "ask", "Ask the interviewer", 3;
    Do::Pause, [Mock], ["f5", "alt-space"], "pause", "Stop the clock; pauses are counted", 4;
    Do::Editor, [Mock], ["f6", "alt-e"], "$EDITOR", "Write in your own editor", 5;
    Do::Thinking, [Mock], ["f7", "alt-t"], "thinking", "I am thinking: do not break the silence", 7;
    Do::End, [Mock], ["f10", "alt-q"], "end", "End the interview and see the debrief", 6;
    Do::PageUp, [Mock], ["pgup"], "", "Earlier lines of the interviewer, or up in the drawing", 0;
    Do::PageDown, [Mock], ["pgdn"], "", "Later lines of the interviewer, or down in the drawing", 0;
    Do::Pick(1), [Mock], ["alt-1"], "", "To the first step (alt-2 to alt-8: the others)", 0;
    Do::Pick(2), [Mock], ["alt-2"], "", "To the second step", 0;
    Do::Pick(3), [Mock], ["alt-3"], "", "To the third step", 0;
    Do::Pick(4), [Mock], ["alt-4"], "", "To the fourth step", 0;
    Do::Pick(5), [Mock], ["alt-5"], "", "To the fifth step", 0;
    Do::Pick(6), [Mock], ["alt-6"], "", "To the sixth step", 0;
    Do::Pick(7), [Mock], ["alt-7"], "", "To the seventh step", 0;
    Do::Pick(8), [Mock], ["alt-8"], "", "To the wrap-up", 0;
    Do::Pause, [MockPaused], ["f5", "alt-space", "enter"], "go on", "Start the clock again", 1;
    Do::Count, [MockPaused], ["c"], "", "The time that passed while the machine slept counts", 0;
    Do::End, [MockPaused], ["f10", "alt-q"], "end", "End the interview and see the debrief", 2;
    Do::Submit, [MockAsk], ["enter"], "ask", "Ask; the interviewer answers", 1;
    Do::Ask, [MockAsk], ["f4", "alt-a"], "close", "Back to the notes", 2;
    Do::Yes, [MockLeave], ["l", "enter"], "leave, keep it", "Leave; the mock can be resumed later", 1;
    Do::End, [MockLeave], ["e"], "end, debrief", "End the interview and see the debrief", 2;
    Do::Delete, [MockLeave], ["D"], "throw away", "Leave, and do not keep the mock", 3;
    Do::Yes, [MockEnd], ["y", "enter"], "end it", "End the interview and see the debrief", 1;
    Do::No, [MockEnd], ["n"], "go on", "Go on with the interview", 2;
    Do::Submit, [MockOver], ["enter"], "debrief", "See the debrief", 1;
    Do::Toggle, [MockFriend, MockTick], ["space"], "tick", "It was said, or not after all", 1;
    Do::NextStep, [MockFriend], ["f2", "alt-n", "n"], "next step", "To the next step", 2;
    Do::PreviousStep, [MockFriend], ["shift-f2", "alt-p", "N"], "", "Back to the previous step", 0;
    Do::Pause, [MockFriend], ["f5", "alt-space"], "pause", "Stop the clock, or start it again", 3;
    Do::End, [MockFriend], ["f10", "alt-q"], "end", "End the interview and see the debrief", 4;
    Do::Submit, [MockTick], ["enter"], "debrief", "See the debrief", 2;
    // Debrief
    Do::Open, [Debrief], ["enter", "l"], "detail", "What the highlighted item teaches", 1;
    Do::Toggle, [Debrief], ["tab"], "time, facts", "Time by step, facts, turns of the interviewer, what comes back", 2;
    Do::Toggle, [DebriefMore], ["tab"], "items", "Back to the items", 1;
    Do::Yes, [Debrief, DebriefItem], ["y"], "I said it", "Did you say this? Yes", 3;
    Do::No, [Debrief, DebriefItem], ["n"], "I did not", "Did you say this? No", 4;
    Do::NextWeak, [Debrief, DebriefItem], ["w"], "next weak", "To the next item that is open or missed", 5;
    Do::Breakdown, [Debrief, DebriefItem], ["b"], "breakdown", "The breakdown of this step", 6;
    Do::Dispute, [Debrief, DebriefItem], ["d"], "dispute", "The machine is wrong about this item", 7;
    Do::Beside, [Debrief, DebriefItem, DebriefMore], ["v"], "beside", "Your answer beside the breakdown, what hit is marked", 8;
    Do::Export, [Debrief, DebriefItem, DebriefMore], ["x"], "export", "Write the mock as Markdown and as one HTML page", 9;
    Do::Pick(1), [DebriefMore], ["1"], "to 4: delivery", "How you said it: 1, lost the thread (to 4, led)", 2;
    Do::Pick(2), [DebriefMore], ["2"], "", "How you said it: 2, got through it", 0;
    Do::Pick(3), [DebriefMore], ["3"], "", "How you said it: 3, clear and on time", 0;
    Do::Pick(4), [DebriefMore], ["4"], "", "How you said it: 4, led", 0;
    // Everywhere
    Do::Up, [Everywhere], ["up", "k"], "", "Up", 0;
    Do::Down, [Everywhere], ["down", "j"], "", "Down", 0;
    Do::PageUp, [Everywhere], ["pgup", "ctrl-b"], "", "A page up", 0;
    Do::PageDown, [Everywhere], ["pgdn", "ctrl-f", "space"], "", "A page down", 0;
    Do::Top, [Everywhere], ["home", "g"], "", "To the top", 0;
    Do::Bottom, [Everywhere], ["end", "G"], "", "To the end", 0;
    Do::Notes, [Everywhere], ["f9", "alt-o"], "note", "Write a note on what is on the screen", 0;
    Do::Palette, [Everywhere], [":", "ctrl-p", "f1"], "commands", "All commands, by name", 90;
    Do::Help, [Everywhere], ["?"], "help", "The keys of this screen", 91;
    Do::Back, [Everywhere], ["esc", "q"], "back", "Back; on the home screen, quit", 92;
    Do::Quit, [Everywhere], ["ctrl-c"], "", "Save and leave", 0;
    Do::GoHome, [Everywhere], ["alt-0"], "", "To the home screen", 0;
    Do::GoFramework, [Home, Cases, Plan, Stats, History, Reader], ["S"], "", "The seven steps, and what other books call them", 0;
    Do::GoTransfer, [Home, Cases, Plan, Stats, History, Reader], ["M"], "", "The transfer map: one technique in many cases", 0;
    Do::GoToolbox, [Home, Cases, Plan, Stats, History, Reader], ["T"], "", "The toolbox: tools, and what they are mistaken for", 0;
    Do::GoReadingList, [Home, Cases, Plan, Stats, History, Reader], ["R"], "", "The reading list: books, guides, papers", 0;
}

/// Whether a key is written so: `ctrl-p`, `alt-n`, `shift-up`, `f2`, `enter`, `?`, `K`.
fn is(key: &KeyEvent, name: &str) -> bool {
    let (modifiers, base) = split(name);
    let code = match base {
        "enter" => KeyCode::Enter,
        "esc" => KeyCode::Esc,
        "tab" => KeyCode::Tab,
        "backtab" => KeyCode::BackTab,
        "space" => KeyCode::Char(' '),
        "up" => KeyCode::Up,
        "down" => KeyCode::Down,
        "left" => KeyCode::Left,
        "right" => KeyCode::Right,
        "pgup" => KeyCode::PageUp,
        "pgdn" => KeyCode::PageDown,
        "home" => KeyCode::Home,
        "end" => KeyCode::End,
        "delete" => KeyCode::Delete,
        _ => match base
            .strip_prefix('f')
            .and_then(|number| number.parse().ok())
        {
            Some(number) => KeyCode::F(number),
            None => match base.chars().next() {
                Some(c) => KeyCode::Char(c),
                None => return false,
            },
        },
    };
    let mut pressed =
        key.modifiers & (KeyModifiers::CONTROL | KeyModifiers::ALT | KeyModifiers::SHIFT);
    // A capital or a `?` comes with or without Shift, as the terminal likes.
    if matches!(key.code, KeyCode::Char(_) | KeyCode::BackTab) {
        pressed.remove(KeyModifiers::SHIFT);
    }
    key.code == code && pressed == modifiers
}

fn split(name: &str) -> (KeyModifiers, &str) {
    for (prefix, modifier) in [
        ("ctrl-", KeyModifiers::CONTROL),
        ("alt-", KeyModifiers::ALT),
        ("shift-", KeyModifiers::SHIFT),
    ] {
        if let Some(base) = name.strip_prefix(prefix) {
            return (modifier, base);
        }
    }
    (KeyModifiers::NONE, name)
}

/// Whether a command keeps its key while text is being typed: F-keys, Alt, Ctrl-C, Esc, Tab, Enter
/// where the place says so.
fn works_while_typing(name: &str) -> bool {
    let (modifiers, base) = split(name);
    let function = base.len() > 1 && base.starts_with('f') && base != "f";
    modifiers == KeyModifiers::ALT
        || function
        || matches!(
            name,
            "esc" | "ctrl-c" | "ctrl-p" | "tab" | "backtab" | "enter" | "pgup" | "pgdn"
        )
}

/// The command of a key in a place. While text is typed, printable and editing keys are text.
pub(super) fn find(place: Place, key: &KeyEvent, typing: bool) -> Option<Do> {
    let own = COMMANDS
        .iter()
        .filter(|command| command.at.contains(&place));
    let common = COMMANDS
        .iter()
        .filter(|command| command.at.contains(&Place::Everywhere));
    own.chain(common)
        .find(|command| {
            command
                .keys
                .iter()
                .any(|name| is(key, name) && (!typing || works_while_typing(name)))
        })
        .map(|command| command.id)
}

/// Whether a command of everywhere keeps its own words in this place.
fn is_common(command: &Command, place: Place) -> bool {
    let renamed = || {
        COMMANDS
            .iter()
            .any(|own| own.id == command.id && own.at.contains(&place))
    };
    command.at.contains(&Place::Everywhere) && !renamed()
}

/// The commands that a place's footer shows, in order.
pub(super) fn footer(place: Place) -> Vec<&'static Command> {
    let mut shown: Vec<&Command> = COMMANDS
        .iter()
        .filter(|command| command.footer > 0)
        .filter(|command| command.at.contains(&place) || is_common(command, place))
        .collect();
    shown.sort_by_key(|command| command.footer);
    shown
}

/// The key that is shown for a command: the first one that works now.
pub(super) fn shown_key(command: &Command, typing: bool) -> Option<&'static str> {
    command
        .keys
        .iter()
        .copied()
        .find(|name| !typing || works_while_typing(name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn no_place_has_a_key_twice() {
        let places: BTreeSet<String> = COMMANDS
            .iter()
            .flat_map(|c| c.at)
            .map(|p| format!("{p:?}"))
            .collect();
        for place in places {
            let mut seen = BTreeSet::new();
            for command in COMMANDS
                .iter()
                .filter(|c| c.at.iter().any(|p| format!("{p:?}") == place))
            {
                for key in command.keys {
                    assert!(seen.insert(*key), "{place}: {key} twice");
                }
            }
        }
    }

    #[test]
    fn letters_are_text_while_typing() {
        let key = |c| KeyEvent::new(KeyCode::Char(c), KeyModifiers::NONE);
        assert_eq!(find(Place::Home, &key('d'), false), Some(Do::GoDrill));
        assert_eq!(find(Place::Mock, &key('q'), true), None);
        assert_eq!(find(Place::Mock, &key('?'), true), None);
        let f2 = KeyEvent::new(KeyCode::F(2), KeyModifiers::NONE);
        assert_eq!(find(Place::Mock, &f2, true), Some(Do::NextStep));
        let line_start = KeyEvent::new(KeyCode::Char('a'), KeyModifiers::CONTROL);
        assert_eq!(find(Place::Mock, &line_start, true), None);
        let shifted = KeyEvent::new(KeyCode::Char('K'), KeyModifiers::SHIFT);
        assert_eq!(find(Place::DrillAnswer, &shifted, false), Some(Do::MoveUp));
    }
}
