//! `config.yaml`: what the learner set for good.

use serde::Deserialize;
use std::path::PathBuf;

/// The configuration file. Every key is optional.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// Folders of content on top of the built-in pack; the last one wins.
    pub packs: Vec<PathBuf>,
    /// `ansi`, `dark`, `light` or `mono`.
    pub theme: Option<String>,
    /// Recall at which a drill comes back, 0.7 to 0.97.
    pub retention: f32,
    /// Most new drills a day. When not given, twelve; with an interview date as many as pay.
    pub new_a_day: Option<usize>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            packs: Vec::new(),
            theme: None,
            retention: 0.9,
            new_a_day: None,
        }
    }
}
