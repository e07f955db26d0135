//! Lines of text whose parts say what they mean; a face decides how that looks.

/// What a piece of text is, not how it looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Role {
    #[default]
    Plain,
    Strong,
    Emphasis,
    /// 1 to 6.
    Heading(u8),
    Code,
    Quote,
    Link,
    /// Bullets, rules, table borders.
    Faint,
    Good,
    Warn,
    Bad,
    Accent,
    /// A box of a diagram; a store; an edge; a group's frame.
    Box,
    Store,
    Edge,
    Group,
}

/// A run of text in one role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    pub text: String,
    pub role: Role,
}

impl Span {
    pub fn new(text: impl Into<String>, role: Role) -> Self {
        Self {
            text: text.into(),
            role,
        }
    }
}

/// One line of a screen or a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    pub spans: Vec<Span>,
}

impl Line {
    pub fn new() -> Self {
        Self::default()
    }

    /// A line of one role.
    pub fn of(text: impl Into<String>, role: Role) -> Self {
        Self {
            spans: vec![Span::new(text, role)],
        }
    }

    pub fn plain(text: impl Into<String>) -> Self {
        Self::of(text, Role::Plain)
    }

    /// Adds text; joins it to the last span when the role is the same.
    pub fn push(&mut self, text: &str, role: Role) {
        match self.spans.last_mut() {
            Some(last) if last.role == role => last.text.push_str(text),
            _ if text.is_empty() => {}
            _ => self.spans.push(Span::new(text, role)),
        }
    }

    #[must_use]
    pub fn with(mut self, text: &str, role: Role) -> Self {
        self.push(text, role);
        self
    }

    /// Width in terminal cells.
    pub fn width(&self) -> usize {
        self.spans.iter().map(|span| super::width(&span.text)).sum()
    }

    pub fn text(&self) -> String {
        self.spans.iter().map(|span| span.text.as_str()).collect()
    }
}
