//! What to practise now, and in which order.

use super::Towards;
use crate::content::index::DrillHead;
use crate::progress::DrillState;
use chrono::{DateTime, NaiveDate, Utc};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap, VecDeque};
use std::iter;

/// Why a drill is in the queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// Memory of it fades.
    Due,
    /// Not due, but a review now raises recall on the interview day.
    Ahead,
    /// Missed in a mock.
    Missed,
    /// Never answered, from a step in which this learner is weak.
    Weak,
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
    /// Those of them that are cases of today's plan: about half of the new drills are theirs.
    pub focus: &'a BTreeSet<String>,
    /// Drills of items that were missed in a mock.
    pub missed: &'a BTreeSet<String>,
    /// How much each step needs practice, by id: 0 nothing, 1 all. A step that is not here is 0.5.
    pub need: &'a BTreeMap<String, f64>,
    /// Weakest first, although nothing is due.
    pub cram: bool,
    /// With an interview date: what answers gain for it.
    pub towards: Option<&'a Towards>,
    /// Most new drills.
    pub most_new: usize,
    pub seed: u64,
}

/// Formats that ask for words and not for judgement.
const PLAIN: [&str; 2] = ["cloze", "match"];
/// One in so many drills of a session may be one of those.
const PLAIN_SHARE: usize = 4;
/// Need from which a step is called weak.
const WEAK: f64 = 0.6;
/// What is known by heart is still asked now and then.
const LEAST_NEED: f64 = 0.05;
/// Need of a step of which nothing is known.
const UNKNOWN: f64 = 0.5;

/// The queue: due drills first, then new ones of today's topics and of missed items as far as the
/// minutes reach, steps that need it more first. With an interview date, what gains most for it
/// comes first instead. At most a quarter only asks for words. All mixed so
/// that no three of a format follow each other, no drill follows one of the same rubric item, and
/// topics take turns.
///
/// `drills` come with the state that they are in, `seconds` tells how long this learner takes for a
/// format, `recall` the probability of recall.
pub fn build<'a>(
    drills: impl Iterator<Item = (&'a DrillHead, Option<&'a DrillState>)>,
    wish: &Wish<'_>,
    seconds: &dyn Fn(&str) -> u32,
    recall: &dyn Fn(&DrillState) -> f64,
) -> Vec<Pick> {
    let need = |head: &DrillHead| wish.need.get(&head.step).copied().unwrap_or(UNKNOWN);
    let mut due = Vec::new();
    let mut new = Vec::new();
    for (head, state) in drills.filter(|(head, _)| wish.filter.lets(head)) {
        let hidden = state.is_some_and(|state| {
            state.suspended || state.buried_until.is_some_and(|until| until > wish.today)
        });
        if hidden {
            continue;
        }
        match state.filter(|state| state.reps > 0) {
            Some(state) if wish.cram => due.push(Candidate::new(recall(state), head, Why::Cram)),
            Some(state) => {
                let is_due = state.due.is_none_or(|due| due <= wish.now);
                let rank = match wish.towards {
                    // The greatest gain comes first, as the least recall does.
                    Some(towards) => towards
                        .review(state, seconds(&head.format), wish.now)
                        .map(|gain| -gain),
                    None => is_due.then(|| recall(state)),
                };
                let why = if is_due { Why::Due } else { Why::Ahead };
                due.extend(rank.map(|rank| Candidate::new(rank, head, why)));
            }
            None if wish.missed.contains(&head.id) => new.push((head, Why::Missed)),
            None if wish.cram || !wish.filter.is_empty() || wish.topics.contains(&head.topic) => {
                let weak = need(head) >= WEAK;
                new.push((head, if weak { Why::Weak } else { Why::New }));
            }
            None => {}
        }
    }
    let mut chance = ChaCha8Rng::seed_from_u64(wish.seed);
    new.sort_by(|a, b| a.0.id.cmp(&b.0.id));
    // With a date, what a new drill gains for it counts too, and what gains nothing stays away.
    let towards = wish.towards.filter(|_| !wish.cram);
    let gain = |head: &DrillHead| match towards {
        Some(towards) => towards.first(seconds(&head.format)),
        None => Some(1.0),
    };
    new.retain(|(head, _)| gain(head).is_some());
    let ours = new
        .iter()
        .filter(|(head, _)| wish.focus.contains(&head.topic))
        .count();
    let others = new.len() - ours;
    // However many drills the packs hold, the case of the day has as much weight as all of them.
    let share = (others as f64 / ours.max(1) as f64).max(1.0);
    let weight = |head: &DrillHead| {
        let case = wish.focus.contains(&head.topic);
        let weight = need(head).max(LEAST_NEED) * gain(head).unwrap_or(1.0);
        weight * if case { share } else { 1.0 }
    };
    let mut new = first_to_last(by_need(new, weight, &mut chance))
        .take(wish.most_new)
        .peekable();
    let mut due = first_to_last(due).peekable();
    let order = iter::from_fn(|| {
        // What is due comes before new drills; with a date only where it gains as much.
        let new_first = match (due.peek(), new.peek()) {
            (Some(due), Some(new)) => {
                towards.is_some() && gain(new.head).is_some_and(|gain| gain > -due.rank)
            }
            (due, _) => due.is_none(),
        };
        if new_first {
            new.next()
        } else {
            due.next()
        }
    });
    let order = order.map(|own| (own.head, own.why));
    let chosen = choose(order, wish, seconds);
    mix(chosen)
        .into_iter()
        .map(|(head, why)| Pick {
            drill: head.id.clone(),
            why,
            seconds: seconds(&head.format),
        })
        .collect()
}

/// A drill that may be asked; the greater comes first.
struct Candidate<'a> {
    /// Missed ones come before all others.
    missed: bool,
    /// The lower, the sooner.
    rank: f64,
    head: &'a DrillHead,
    why: Why,
}

impl<'a> Candidate<'a> {
    fn new(rank: f64, head: &'a DrillHead, why: Why) -> Self {
        let missed = why == Why::Missed;
        Self {
            missed,
            rank,
            head,
            why,
        }
    }
}

impl Ord for Candidate<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.missed
            .cmp(&other.missed)
            .then_with(|| other.rank.total_cmp(&self.rank))
            .then_with(|| other.head.id.cmp(&self.head.id))
    }
}

impl PartialOrd for Candidate<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Candidate<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Candidate<'_> {}

/// In order, without sorting what is never reached: of a hundred thousand a day asks a few dozen.
fn first_to_last<'a>(all: Vec<Candidate<'a>>) -> impl Iterator<Item = Candidate<'a>> {
    let mut heap = BinaryHeap::from(all);
    iter::from_fn(move || heap.pop())
}

/// Missed ones first; else in random order, in which a step that needs practice twice as much comes
/// first twice as often (weighted sampling without replacement, Efraimidis and Spirakis 2006).
fn by_need<'a>(
    new: Vec<(&'a DrillHead, Why)>,
    weight: impl Fn(&DrillHead) -> f64,
    chance: &mut ChaCha8Rng,
) -> Vec<Candidate<'a>> {
    let drawn = new.into_iter().map(|(head, why)| {
        let draw: f64 = chance.random_range(f64::MIN_POSITIVE..1.0);
        Candidate::new(-draw.ln() / weight(head), head, why)
    });
    drawn.collect()
}

/// As many as the minutes hold. What only asks for words waits until three others are chosen, unless
/// nothing else is left.
fn choose<'a>(
    order: impl Iterator<Item = (&'a DrillHead, Why)>,
    wish: &Wish<'_>,
    seconds: &dyn Fn(&str) -> u32,
) -> Vec<(&'a DrillHead, Why)> {
    let plain = |head: &DrillHead| PLAIN.contains(&head.format.as_str());
    let mut left = wish.minutes.map(|minutes| i64::from(minutes) * 60);
    let mut chosen: Vec<(&DrillHead, Why)> = Vec::new();
    let mut waiting: VecDeque<(&DrillHead, Why)> = VecDeque::new();
    let mut plains = 0;
    let mut take = |head: &'a DrillHead, why: Why, chosen: &mut Vec<_>| {
        let cost = i64::from(seconds(&head.format));
        // One drill always fits: an empty session helps nobody.
        if left.is_some_and(|left| left < cost) && !chosen.is_empty() {
            return false;
        }
        left = left.map(|left| left - cost);
        chosen.push((head, why));
        true
    };
    let capped = wish.filter.format.is_none() && !wish.cram;
    for (head, why) in order {
        if capped && plain(head) && (plains + 1) * PLAIN_SHARE > chosen.len() + 1 {
            waiting.push_back((head, why));
            continue;
        }
        if !take(head, why, &mut chosen) {
            return chosen;
        }
        plains += usize::from(plain(head));
        // One that waited has room now.
        if (plains + 1) * PLAIN_SHARE <= chosen.len() + 1 {
            if let Some((head, why)) = waiting.pop_front() {
                if !take(head, why, &mut chosen) {
                    return chosen;
                }
                plains += 1;
            }
        }
    }
    // What is due is not put off for the sake of the mix.
    for (head, why) in waiting {
        if (why == Why::Due || chosen.is_empty()) && !take(head, why, &mut chosen) {
            break;
        }
    }
    chosen
}

/// Keeps the order as far as it can: each place takes the first drill that does not make three of
/// a format and does not follow one of the same rubric item, if possible from another topic.
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
        let turns = |head: &DrillHead| {
            let last = mixed.last();
            last.is_none_or(|(before, _)| {
                before.topic != head.topic && before.format != head.format
            })
        };
        // A search over the next few keeps the urgency, and the cost linear.
        let window = || waiting.iter().map(|(head, _)| *head);
        let near = window().take(4).position(|head| fits(head) && turns(head));
        let at = near.or_else(|| window().take(24).position(&fits));
        let at = at.unwrap_or(0);
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
        states: BTreeMap<String, DrillState>,
        topics: BTreeSet<String>,
        focus: BTreeSet<String>,
        missed: BTreeSet<String>,
        need: BTreeMap<String, f64>,
    }

    impl Setting {
        fn queue(&self, change: impl Fn(&mut Wish<'_>)) -> Vec<String> {
            let mut wish = Wish {
                now: now(),
                today: now().date_naive(),
                filter: Filter::default(),
                minutes: None,
                topics: &self.topics,
                focus: &self.focus,
                missed: &self.missed,
                need: &self.need,
                cram: false,
                towards: None,
                most_new: 10,
                seed: 7,
            };
            change(&mut wish);
            let recall = |state: &DrillState| state.stability;
            let drills = self.heads.iter();
            let drills = drills.map(|head| (head, self.states.get(&head.id)));
            build(drills, &wish, &|_| 60, &recall)
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
            focus: BTreeSet::new(),
            missed: BTreeSet::new(),
            need: BTreeMap::new(),
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
    fn a_step_that_needs_it_comes_first_more_often() {
        let mut setting = setting();
        setting.states.clear();
        setting.heads = (0..40)
            .map(|n| DrillHead {
                step: if n % 2 == 0 { "data" } else { "serve" }.into(),
                ..head(&format!("n{n:02}"), ["order", "leak", "drift"][n % 3], None)
            })
            .collect();
        setting.topics.insert("eta".into());
        setting.need = [("data".to_owned(), 0.9), ("serve".to_owned(), 0.1)].into();
        let even = |id: &String| id.trim_start_matches("eta/n").parse::<usize>().unwrap() % 2 == 0;
        let first: usize = (0..30)
            .map(|seed| {
                setting
                    .queue(|wish| wish.seed = seed)
                    .iter()
                    .filter(|id| even(id))
                    .count()
            })
            .sum();
        // Nine in ten of 300, give or take.
        assert!((230..300).contains(&first), "{first}");
    }

    #[test]
    fn the_case_of_the_day_is_not_drowned_by_packs() {
        let mut setting = setting();
        setting.states.clear();
        setting.heads = (0..200)
            .map(|n| DrillHead {
                topic: if n % 10 == 0 { "eta" } else { "tools" }.into(),
                ..head(&format!("n{n:03}"), ["order", "leak", "drift"][n % 3], None)
            })
            .collect();
        setting.topics = ["eta".to_owned(), "tools".to_owned()].into();
        let ours = |setting: &Setting| -> usize {
            let queues = (0..30).map(|seed| setting.queue(|wish| wish.seed = seed));
            queues.flatten().filter(|id| id.ends_with('0')).count()
        };
        // A tenth of 300 without a plan, about half with one.
        let without = ours(&setting);
        setting.focus.insert("eta".to_owned());
        let with = ours(&setting);
        assert!(
            without < 60 && (100..200).contains(&with),
            "{without} {with}"
        );
    }

    #[test]
    fn at_most_a_quarter_only_asks_for_words() {
        let mut setting = setting();
        setting.states.clear();
        let formats = [
            "cloze", "match", "cloze", "leak", "verdict", "drift", "order", "triage",
        ];
        setting.heads = (0..24)
            .map(|n| head(&format!("n{n:02}"), formats[n % formats.len()], None))
            .collect();
        setting.topics.insert("eta".into());
        let plain = |id: &String| {
            id.trim_start_matches("eta/n").parse::<usize>().unwrap() % formats.len() < 3
        };
        for seed in 0..20 {
            let queue = setting.queue(|wish| {
                wish.seed = seed;
                wish.most_new = 24;
            });
            let plains = queue.iter().filter(|id| plain(id)).count();
            assert!(plains * 4 <= queue.len() && plains > 0, "{queue:?}");
        }
        let only = setting.queue(|wish| wish.filter.format = Some("cloze".into()));
        assert_eq!(only.len(), 6);
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
