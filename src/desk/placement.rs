//! The placement: ten minutes over the seven steps, to see what is known already.

use super::Desk;
use crate::content::index::DrillHead;
use crate::content::{Level, Step};
use crate::drill::usual_seconds;
use crate::memory::{Pick, Why};
use crate::progress::{Event, Filter, Kind, Setting};
use chrono::{DateTime, Duration, Utc};
use rand::seq::SliceRandom;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

/// Where the last placement is kept.
const KEY: &str = "placement";
/// Drills of each step.
const EACH: usize = 2;
/// Seconds of all of them.
const SECONDS: u32 = 600;
/// Days after which a placement says nothing any more.
const FRESH: i64 = 30;

impl Desk {
    /// The drills of a placement: of each step the two shortest that were never asked, of two
    /// topics where there are two, and as many as ten minutes hold. What is chosen is written
    /// down, so that a plan finds the answers.
    pub(super) fn begin_placement(&mut self, seed: Option<u64>, now: DateTime<Utc>) -> Vec<Pick> {
        let seed = seed.unwrap_or_else(|| self.seed());
        let mut heads: Vec<&DrillHead> = self
            .library
            .drills()
            .filter(|head| head.level != Level::Staff.id())
            .filter(|head| self.states().get(&head.id).is_none_or(|own| own.reps == 0))
            .collect();
        heads.shuffle(&mut ChaCha8Rng::seed_from_u64(seed));
        heads.sort_by_key(|head| usual_seconds(&head.format));
        let mut picks: Vec<Pick> = Vec::new();
        // A first drill of every step before a second one of any.
        for round in 1..=EACH {
            for step in Step::ALL {
                let picked = of_step(&heads, step, &picks).filter(|(_, picked)| *picked);
                let topics: Vec<&str> = picked.map(|(head, _)| head.topic.as_str()).collect();
                if topics.len() >= round {
                    continue;
                }
                let free = || of_step(&heads, step, &picks).filter(|(_, picked)| !picked);
                let other = free().find(|(head, _)| !topics.contains(&head.topic.as_str()));
                let Some((head, _)) = other.or_else(|| free().next()) else {
                    continue;
                };
                let seconds = usual_seconds(&head.format);
                if picks.iter().map(|pick| pick.seconds).sum::<u32>() + seconds <= SECONDS {
                    picks.push(Pick {
                        drill: head.id.clone(),
                        why: Why::New,
                        seconds,
                    });
                }
            }
        }
        let drills: Vec<&str> = picks.iter().map(|pick| pick.drill.as_str()).collect();
        let setting = Setting {
            key: KEY.to_owned(),
            value: json!({ "at": now, "drills": drills }),
        };
        self.write(setting, now);
        picks
    }

    /// What the last placement showed: mean first score by step, 0 to 1, where every drill of the
    /// step was answered. Nothing of a placement that is too long ago.
    pub fn placed(&self, now: DateTime<Utc>) -> BTreeMap<Step, f64> {
        let value = self.journal.setting(KEY).ok().flatten().unwrap_or_default();
        let at = value.get("at").cloned().unwrap_or_default();
        let Ok(at) = serde_json::from_value::<DateTime<Utc>>(at) else {
            return BTreeMap::new();
        };
        if now - at > Duration::days(FRESH) {
            return BTreeMap::new();
        }
        let drills = value.get("drills").cloned().unwrap_or_default();
        let mut open: BTreeSet<String> = serde_json::from_value(drills).unwrap_or_default();
        let mut scores: BTreeMap<Step, Vec<f64>> = BTreeMap::new();
        let answers = Filter::of(Kind::Review).since(at);
        for stored in self.journal.events(&answers).unwrap_or_default() {
            if let Event::Review(review) = stored.event {
                if let (true, Ok(step)) = (open.remove(&review.drill), review.step.parse()) {
                    scores.entry(step).or_default().push(review.score);
                }
            }
        }
        // One lucky answer is no knowledge.
        scores.retain(|_, scores| scores.len() >= EACH);
        let mean = |scores: Vec<f64>| scores.iter().sum::<f64>() / scores.len() as f64;
        scores
            .into_iter()
            .map(|(step, scores)| (step, mean(scores)))
            .collect()
    }
}

/// The drills of a step, with whether they are picked.
fn of_step<'a>(
    heads: &'a [&'a DrillHead],
    step: Step,
    picks: &'a [Pick],
) -> impl Iterator<Item = (&'a DrillHead, bool)> {
    let own = heads.iter().filter(move |head| head.step == step.id());
    own.map(|head| {
        let picked = picks.iter().any(|pick| pick.drill == head.id);
        (*head, picked)
    })
}
