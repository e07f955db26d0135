//! Something to choose among others, with what it says to one who chose it.

use super::{Choice, Kind, Mark, Reply};
use crate::content::Id;
use rand::seq::SliceRandom;
use rand_chacha::ChaCha8Rng;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One of several that can be chosen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Alternative {
    pub id: Id,
    pub text: String,
    /// Shown to one who chose it: why it is right, or what goes wrong with it here.
    pub says: String,
}

/// The choice as it is put to the learner.
pub(super) fn shuffled(options: &[Alternative], chance: &mut ChaCha8Rng) -> Kind {
    let mut options: Vec<Choice> = options
        .iter()
        .map(|option| Choice::new(option.id.as_str(), &option.text))
        .collect();
    options.shuffle(chance);
    Kind::Pick { options }
}

/// The mark of a choice, and what the chosen option says when it is wrong.
pub(super) fn mark_choice(
    label: &str,
    options: &[Alternative],
    key: &Id,
    reply: Option<&Reply>,
    feedback: &mut Vec<String>,
) -> Mark {
    let picked = match reply {
        Some(Reply::Picked(picked)) => options.iter().find(|option| option.id == picked.as_str()),
        _ => None,
    };
    let right = picked.is_some_and(|option| option.id == *key);
    if let Some(option) = picked.filter(|_| !right) {
        feedback.push(option.says.clone());
    }
    let wanted = options.iter().find(|option| option.id == *key);
    Mark {
        point: format!(
            "{label}: {}",
            wanted.map_or("", |option| option.text.as_str())
        ),
        credit: f64::from(u8::from(right)),
        note: match picked {
            Some(option) if !right => format!("you chose: {}", option.text),
            Some(option) => option.says.clone(),
            None => "no choice".to_owned(),
        },
    }
}
