//! The four answers that the forgetting curve knows.

use serde::{Deserialize, Serialize};

/// How well a drill was known: what the forgetting curve is fed with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rating {
    Again,
    Hard,
    Good,
    Easy,
}

impl Rating {
    pub const ALL: [Self; 4] = [Self::Again, Self::Hard, Self::Good, Self::Easy];

    /// Under 0.5 Again, under 0.75 Hard, under 0.95 Good, else Easy when quick. One hint rules out
    /// Easy; two leave Hard at best.
    pub fn of(score: f64, quick: bool, hints: usize) -> Self {
        let rating = match score {
            s if s < 0.5 => Self::Again,
            s if s < 0.75 => Self::Hard,
            s if s < 0.95 || !quick => Self::Good,
            _ => Self::Easy,
        };
        match hints {
            0 => rating,
            1 => rating.min(Self::Good),
            _ => rating.min(Self::Hard),
        }
    }

    /// 1 for Again … 4 for Easy.
    pub fn number(self) -> u8 {
        self as u8 + 1
    }

    pub fn from_number(number: u8) -> Option<Self> {
        let at = usize::from(number).checked_sub(1)?;
        Self::ALL.get(at).copied()
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::Again => "Again",
            Self::Hard => "Hard",
            Self::Good => "Good",
            Self::Easy => "Easy",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_score_becomes_a_rating() {
        let of = |score, quick, hints| Rating::of(score, quick, hints);
        assert_eq!(of(0.49, true, 0), Rating::Again);
        assert_eq!(of(0.5, true, 0), Rating::Hard);
        assert_eq!(of(0.75, true, 0), Rating::Good);
        assert_eq!(of(0.95, true, 0), Rating::Easy);
        assert_eq!(of(1.0, false, 0), Rating::Good);
        assert_eq!(of(1.0, true, 1), Rating::Good);
        assert_eq!(of(1.0, true, 2), Rating::Hard);
        assert_eq!(
            Rating::ALL.map(|r| Rating::from_number(r.number())),
            Rating::ALL.map(Some)
        );
    }
}
