//! What to practise now, and in which order.

use crate::content::index::DrillHead;
use crate::progress::DrillState;
use chrono::{DateTime, NaiveDate, Utc};
use rand::seq::SliceRandom;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use std::cmp::Ordering;
use std::collections::{BTreeSet, HashMap, VecDeque};

/// Why a drill is in the queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// Memory of it fades.
    Due,
    /// Missed in a mock.
    Missed,
    /// Never answered.
    New,
    /// Not due; the weakest come first.
    Cram,
}

/// One drill of the queue.
#[derive(Clone, Debug, PartialEq)]
pub struct Pick {
    pub drill: String,
    pub why: Why,
    /// Seconds it is expected to take.
    pub seconds: u32,
}

/// Which drills are wanted at all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// A case, or a topic of drills.
    pub topic: Option<String>,
    pub step: Option<String>,
    pub format: Option<String>,
    pub tag: Option<String>,
}

impl Filter {
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    fn lets(&self, head: &DrillHead) -> bool {
        let same =
            |wish: &Option<String>, own: &str| wish.as_deref().is_none_or(|wish| wish == own);
        same(&self.topic, &head.topic)
            && same(&self.step, &head.step)
            && same(&self.format, &head.format)
            && self.tag.as_ref().is_none_or(|tag| head.tags.contains(tag))
    }
}

/// What is known when a queue is built.
#[derive(Debug)]
pub struct Wish<'a> {
    pub now: DateTime<Utc>,
    /// The learner's date.
    pub today: NaiveDate,
    pub filter: Filter,
    /// Minutes there are; no limit on what is due when none.
    pub minutes: Option<u32>,
    /// Topics whose new drills may come; all when a filter is given.
    pub topics: &'a BTreeSet<String>,
    /// Drills of items that were missed in a mock.
    pub missed: &'a BTreeSet<String>,
    /// Weakest first, although nothing is due.
    pub cram: bool,
    /// Most new drills.
    pub most_new: usize,
    pub seed: u64,
}

/// The queue: due drills first, then new ones of today's topics and of missed items as far as the
/// minutes reach, mixed so that no three of a format follow each other and no drill follows one of
/// the same rubric item.
///
/// `seconds` tells how long this learner takes for a format; `recall` the probability of recall.
pub fn build<'a>(
    heads: impl Iterator<Item = &'a DrillHead>,
    states: &HashMap<String, DrillState>,
    wish: &Wish<'_>,
    seconds: &dyn Fn(&str) -> u32,
    recall: &dyn Fn(&DrillState) -> f64,
) -> Vec<Pick> {
    let mut due = Vec::new();
    let mut new = Vec::new();
    for head in heads.filter(|head| wish.filter.lets(head)) {
        let state = states.get(&head.id);
        let hidden = state.is_some_and(|state| {
            state.suspended || state.buried_until.is_some_and(|until| until > wish.today)
        });
        if hidden {
            continue;
        }
        match state.filter(|state| state.reps > 0) {
            Some(state) if wish.cram => due.push((recall(state), head, Why::Cram)),
            Some(state) if state.due.is_none_or(|due| due <= wish.now) => {
                due.push((recall(state), head, Why::Due));
            }
            Some(_) => {}
            None if wish.missed.contains(&head.id) => new.push((head, Why::Missed)),
            None if wish.cram || !wish.filter.is_empty() || wish.topics.contains(&head.topic) => {
                new.push((head, Why::New));
            }
            None => {}
        }
    }
    due.sort_by(|a, b| {
        a.0.partial_cmp(&b.0)
            .unwrap_or(Ordering::Equal)
            .then(a.1.id.cmp(&b.1.id))
    });
    let mut chance = ChaCha8Rng::seed_from_u64(wish.seed);
    new.sort_by(|a, b| a.0.id.cmp(&b.0.id));
    new.shuffle(&mut chance);
    new.sort_by_key(|(_, why)| *why);

    let mut left = wish.minutes.map(|minutes| i64::from(minutes) * 60);
    let mut chosen: Vec<(&DrillHead, Why)> = Vec::new();
    let wanted = due
        .into_iter()
        .map(|(_, head, why)| (head, why))
        .chain(new.into_iter().take(wish.most_new));
    for (head, why) in wanted {
        let cost = i64::from(seconds(&head.format));
        // One drill always fits: an empty session helps nobody.
        if left.is_some_and(|left| left < cost) && !chosen.is_empty() {
            break;
        }
        left = left.map(|left| left - cost);
        chosen.push((head, why));
    }
    mix(chosen)
        .into_iter()
        .map(|(head, why)| Pick {
            drill: head.id.clone(),
            why,
            seconds: seconds(&head.format),
        })
        .collect()
}

/// Keeps the order as far as it can: each place takes the first drill that does not make three of
/// a format, does not follow one of the same rubric item, and, if possible, changes the format.
fn mix(waiting: Vec<(&DrillHead, Why)>) -> Vec<(&DrillHead, Why)> {
    let mut mixed: Vec<(&DrillHead, Why)> = Vec::with_capacity(waiting.len());
    // Taken from near the front: in a vector each would move all that wait behind it.
    let mut waiting = VecDeque::from(waiting);
    while !waiting.is_empty() {
        let fits = |head: &DrillHead| {
            let third = mixed.len() >= 2
                && mixed
                    .iter()
                    .rev()
                    .take(2)
                    .all(|(before, _)| before.format == head.format);
            let primed = mixed.last().is_some_and(|(before, _)| {
                before.item.is_some() && before.item == head.item && before.topic == head.topic
            });
            !third && !primed
        };
        // A search over the next few keeps the urgency, and the cost linear.
        let mut window = waiting.iter().take(24);
        let at = window.position(|(head, _)| fits(head)).unwrap_or(0);
        mixed.extend(waiting.remove(at));
    }
    mixed
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(id: &str, format: &str, item: Option<&str>) -> DrillHead {
        DrillHead {
            id: format!("eta/{id}"),
            file: String::new(),
            topic: "eta".into(),
            format: format.into(),
            step: "data".into(),
            level: "senior".into(),
            tags: vec!["labels".into()],
            item: item.map(str::to_owned),
        }
    }

    fn state(id: &str, due_days: i64, now: DateTime<Utc>) -> (String, DrillState) {
        let drill = format!("eta/{id}");
        let state = DrillState {
            drill: drill.clone(),
            reps: 1,
            stability: 3.0,
            difficulty: 5.0,
            last: Some(now - chrono::Duration::days(5)),
            due: Some(now + chrono::Duration::days(due_days)),
            ..DrillState::default()
        };
        (drill, state)
    }

    struct Setting {
        heads: Vec<DrillHead>,
        states: HashMap<String, DrillState>,
        topics: BTreeSet<String>,
        missed: BTreeSet<String>,
    }

    impl Setting {
        fn queue(&self, change: impl Fn(&mut Wish<'_>)) -> Vec<String> {
            let mut wish = Wish {
                now: now(),
                today: now().date_naive(),
                filter: Filter::default(),
                minutes: None,
                topics: &self.topics,
                missed: &self.missed,
                cram: false,
                most_new: 10,
                seed: 7,
            };
            change(&mut wish);
            let recall = |state: &DrillState| state.stability;
            build(self.heads.iter(), &self.states, &wish, &|_| 60, &recall)
                .into_iter()
                .map(|pick| pick.drill)
                .collect()
        }
    }

    fn now() -> DateTime<Utc> {
        "2026-11-21T12:00:00Z".parse().unwrap()
    }

    fn setting() -> Setting {
        Setting {
            heads: vec![
                head("a", "recall", None),
                head("b", "recall", None),
                head("c", "recall", None),
                head("d", "order", None),
                head("n", "estimate", None),
            ],
            states: [("a", -1), ("b", -2), ("c", 0), ("d", 3)]
                .map(|(id, due)| state(id, due, now()))
                .into(),
            topics: BTreeSet::new(),
            missed: BTreeSet::new(),
        }
    }

    #[test]
    fn only_what_is_due_and_new_drills_of_the_topic() {
        let mut setting = setting();
        assert_eq!(setting.queue(|_| {}), ["eta/a", "eta/b", "eta/c"]);
        setting.topics.insert("eta".into());
        // The new estimate breaks the row of three recalls.
        assert_eq!(setting.queue(|_| {}), ["eta/a", "eta/b", "eta/n", "eta/c"]);
        setting.topics.clear();
        setting.missed.insert("eta/n".into());
        assert_eq!(setting.queue(|_| {}).len(), 4);
    }

    #[test]
    fn minutes_filters_and_cram() {
        let setting = setting();
        assert_eq!(setting.queue(|wish| wish.minutes = Some(2)).len(), 2);
        assert_eq!(setting.queue(|wish| wish.minutes = Some(0)).len(), 1);
        assert_eq!(setting.queue(|wish| wish.cram = true).len(), 5);
        let estimate = setting.queue(|wish| wish.filter.format = Some("estimate".into()));
        assert_eq!(estimate, ["eta/n"]);
        assert!(setting
            .queue(|wish| wish.filter.tag = Some("none".into()))
            .is_empty());
    }

    #[test]
    fn suspended_and_buried_drills_stay_away() {
        let mut setting = setting();
        setting.states.get_mut("eta/a").unwrap().suspended = true;
        setting.states.get_mut("eta/b").unwrap().buried_until =
            Some(now().date_naive().succ_opt().unwrap());
        assert_eq!(setting.queue(|_| {}), ["eta/c"]);
    }

    #[test]
    fn neighbours_do_not_share_a_rubric_item() {
        let heads = [
            head("a", "recall", Some("x")),
            head("b", "order", Some("x")),
            head("c", "match", None),
        ];
        let mixed = mix(heads.iter().map(|head| (head, Why::Due)).collect());
        let ids: Vec<&str> = mixed.iter().map(|(head, _)| head.id.as_str()).collect();
        assert_eq!(ids, ["eta/a", "eta/c", "eta/b"]);
    }
}
