//! The pages that are no breakdowns: what the packs hold besides cases and drills.

/// A page by its name. No case may take that name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Page {
    Framework,
    Transfer,
    Toolbox,
    Reading,
}

impl Page {
    pub const ALL: [Self; 4] = [
        Self::Framework,
        Self::Transfer,
        Self::Toolbox,
        Self::Reading,
    ];

    pub fn id(self) -> &'static str {
        match self {
            Self::Framework => "framework",
            Self::Transfer => "transfer",
            Self::Toolbox => "toolbox",
            Self::Reading => "reading",
        }
    }

    pub fn of(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|page| page.id() == id)
    }

    pub fn title(self) -> &'static str {
        match self {
            Self::Framework => "The seven steps",
            Self::Transfer => "Transfer map",
            Self::Toolbox => "Toolbox",
            Self::Reading => "Reading list",
        }
    }

    /// What the page holds, in one line.
    pub fn about(self) -> &'static str {
        match self {
            Self::Framework => {
                "What each step is for, what to ask and to say, and what other books call it."
            }
            Self::Transfer => {
                "Techniques that come up in many cases, and what changes from one to the next."
            }
            Self::Toolbox => {
                "The tools of the field: what each is for, when to say it, what it is mistaken for."
            }
            Self::Reading => "Books, guides and papers, and what each is good for.",
        }
    }
}
