//! What things look like. The rest of the app says what a thing means; only this file knows
//! colours. Meaning never hangs on colour alone.

use crate::text::Role;
use ratatui::style::{Color, Modifier, Style};

/// A set of colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// The terminal's own sixteen colours: right on light and on dark.
    #[default]
    Ansi,
    /// True colour on a dark background.
    Dark,
    /// True colour on a light background.
    Light,
    /// No colours: bold, dim, underlined, reversed.
    Mono,
}

impl Theme {
    /// The theme of a name.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "ansi" => Some(Self::Ansi),
            "dark" => Some(Self::Dark),
            "light" => Some(Self::Light),
            "mono" => Some(Self::Mono),
            _ => None,
        }
    }

    /// The look of a role.
    pub fn style(self, role: Role) -> Style {
        let plain = Style::reset();
        let style = match role {
            Role::Plain | Role::Box => plain,
            Role::Strong | Role::Heading(3..) => plain.add_modifier(Modifier::BOLD),
            Role::Emphasis => plain.add_modifier(Modifier::ITALIC),
            Role::Heading(_) | Role::Accent => plain.add_modifier(Modifier::BOLD),
            Role::Code | Role::Store | Role::Link | Role::Good | Role::Warn | Role::Bad => plain,
            Role::Quote => plain.add_modifier(Modifier::ITALIC),
            Role::Faint | Role::Group | Role::Edge => plain,
        };
        match (self, role) {
            (Self::Mono, Role::Faint | Role::Group) => style.add_modifier(Modifier::DIM),
            (Self::Mono, Role::Link) => style.add_modifier(Modifier::UNDERLINED),
            (Self::Mono, Role::Bad | Role::Warn) => style.add_modifier(Modifier::BOLD),
            (Self::Mono, _) => style,
            _ => self.colour(role).map_or(style, |colour| style.fg(colour)),
        }
    }

    fn colour(self, role: Role) -> Option<Color> {
        let [accent, code, faint, good, warn, bad, link] = match self {
            Self::Ansi => [
                Color::Cyan,
                Color::Magenta,
                Color::DarkGray,
                Color::Green,
                Color::Yellow,
                Color::Red,
                Color::Blue,
            ],
            Self::Dark => [
                Color::Rgb(126, 200, 227),
                Color::Rgb(198, 160, 246),
                Color::Rgb(128, 135, 150),
                Color::Rgb(140, 207, 126),
                Color::Rgb(229, 192, 123),
                Color::Rgb(240, 113, 120),
                Color::Rgb(130, 170, 255),
            ],
            Self::Light => [
                Color::Rgb(0, 95, 135),
                Color::Rgb(118, 60, 160),
                Color::Rgb(105, 110, 120),
                Color::Rgb(35, 110, 35),
                Color::Rgb(150, 90, 0),
                Color::Rgb(180, 30, 40),
                Color::Rgb(30, 70, 180),
            ],
            Self::Mono => return None,
        };
        match role {
            Role::Accent | Role::Heading(1 | 2) => Some(accent),
            Role::Code | Role::Store => Some(code),
            Role::Faint | Role::Group | Role::Edge | Role::Quote => Some(faint),
            Role::Good => Some(good),
            Role::Warn => Some(warn),
            Role::Bad => Some(bad),
            Role::Link => Some(link),
            Role::Plain | Role::Strong | Role::Emphasis | Role::Heading(_) | Role::Box => None,
        }
    }

    /// The chosen row of a list.
    pub fn selected(self) -> Style {
        Style::reset().add_modifier(Modifier::REVERSED)
    }

    /// A match of a search.
    pub fn found(self) -> Style {
        Style::reset().add_modifier(Modifier::REVERSED | Modifier::BOLD)
    }

    /// Frames of panels; the one with the focus is bright.
    pub fn frame(self, focus: bool) -> Style {
        self.style(if focus { Role::Accent } else { Role::Faint })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_is_black_or_white_and_mono_has_no_colour() {
        let roles = [
            Role::Plain,
            Role::Strong,
            Role::Heading(1),
            Role::Code,
            Role::Quote,
            Role::Link,
            Role::Faint,
            Role::Good,
            Role::Warn,
            Role::Bad,
            Role::Accent,
            Role::Store,
        ];
        for role in roles {
            for theme in [Theme::Ansi, Theme::Dark, Theme::Light] {
                let colour = theme.style(role).fg;
                assert!(
                    !matches!(colour, Some(Color::White | Color::Black)),
                    "{role:?}"
                );
            }
            let mono = Theme::Mono.style(role).fg;
            assert!(matches!(mono, None | Some(Color::Reset)), "{role:?}");
        }
    }
}
