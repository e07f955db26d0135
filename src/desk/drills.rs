//! Practice: the queue for now, and what every answer writes down.

use super::Desk;
use crate::content::index::DrillHead;
use crate::content::Fault;
use crate::drill::{reason, usual_seconds, Drill, Effect, Known, Options, Queued, Session};
use crate::memory::{build, Filter, Pick, Rating, Why, Wish};
use crate::mock::MissedItem;
use crate::plan::Deed;
use crate::progress::{
    Answered, Bury, DrillState, Event, Filter as Events, Kind, NewEvent, Overrule, Review, Second,
    Suspend,
};
use chrono::{DateTime, Utc};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Drills of a format after which no sum is begun for the learner any more.
const ENOUGH_KNOWN: usize = 8;

/// What the learner wants to practise.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Practice {
    pub filter: Filter,
    pub minutes: Option<u32>,
    pub cram: bool,
    /// A placement over the seven steps, whatever is due.
    pub placement: bool,
    /// For tests and scripts; else by chance.
    pub seed: Option<u64>,
}

/// What every queue of one moment needs.
pub(super) struct Bearings {
    /// Topics whose new drills may come.
    topics: BTreeSet<String>,
    /// Cases of today's plan.
    focus: BTreeSet<String>,
    /// Drills that were answered for the first time today.
    answered_first: usize,
    /// Seconds that this learner takes, by format.
    seconds: HashMap<String, u32>,
    /// How much each step needs practice.
    need: BTreeMap<String, f64>,
}

impl Desk {
    /// Heads of all drills, the follow-ups of missed items included.
    fn all_heads(&self) -> impl Iterator<Item = &DrillHead> {
        let own = self.follow_ups().values().map(|(head, _)| head);
        self.library.drills().chain(own)
    }

    /// Follow-ups made from items that were missed in a mock and that no drill practises.
    fn follow_ups(&self) -> &BTreeMap<String, (DrillHead, Drill)> {
        self.follow_ups.get_or_init(|| {
            let mut found = BTreeMap::new();
            for missed in self.missed_items() {
                if let Some(recall) = missed.follow_up {
                    let topic = missed
                        .drill
                        .split('/')
                        .next()
                        .unwrap_or_default()
                        .to_owned();
                    let head = DrillHead {
                        id: missed.drill.clone(),
                        file: String::new(),
                        topic,
                        format: "recall".to_owned(),
                        step: recall.step.to_string(),
                        level: recall.level.to_string(),
                        tags: vec!["missed".to_owned()],
                        item: Some(missed.item.clone()),
                    };
                    found.insert(missed.drill, (head, Drill::Recall(Box::new(recall))));
                }
            }
            found
        })
    }

    /// Drills of items that were missed in a mock, by whole id.
    fn missed(&self) -> &BTreeSet<String> {
        self.missed.get_or_init(|| {
            let items = self.missed_items().into_iter();
            items.map(|item| item.drill).collect()
        })
    }

    /// What came back from every finished mock, oldest first.
    fn missed_items(&self) -> Vec<MissedItem> {
        let ends = self
            .journal
            .events(&Events::of(Kind::MockEnd))
            .unwrap_or_default();
        let bodies = ends.into_iter().filter_map(|stored| match stored.event {
            Event::MockEnd(end) => Some(end.missed),
            _ => None,
        });
        bodies
            .filter_map(|missed| serde_json::from_value::<Vec<MissedItem>>(missed).ok())
            .flatten()
            .collect()
    }

    /// A drill by its whole id, a frozen follow-up included.
    ///
    /// # Errors
    /// When there is none, or its file is broken.
    pub fn drill(&mut self, id: &str) -> Result<Drill, Fault> {
        if let Some((_, drill)) = self.follow_ups().get(id) {
            return Ok(drill.clone());
        }
        self.bank.drill(&self.library, id).cloned()
    }

    fn head(&self, id: &str) -> Option<DrillHead> {
        let own = self.follow_ups().get(id).map(|(head, _)| head);
        own.or_else(|| self.library.drill_head(id)).cloned()
    }

    /// Seconds that this learner takes for a format, as far as known.
    pub(super) fn seconds_by_format(&self) -> HashMap<String, u32> {
        let mut sums: HashMap<&str, (f64, f64)> = HashMap::new();
        for state in self.states().values().filter(|state| state.reps > 0) {
            let (sum, count) = sums.entry(state.format.as_str()).or_default();
            *sum += state.seconds_mean;
            *count += 1.0;
        }
        let enough = sums.into_iter().filter(|(_, (_, count))| *count >= 5.0);
        enough
            .map(|(format, (sum, count))| {
                // Reading the answer takes time too.
                (
                    format.to_owned(),
                    (sum / count + 20.0).clamp(15.0, 600.0) as u32,
                )
            })
            .collect()
    }

    /// What to practise now.
    pub fn queue(&self, practice: &Practice, now: DateTime<Utc>) -> Vec<Pick> {
        self.queue_from(&self.bearings(now), practice, now)
    }

    /// What every queue of this moment needs, whatever is wanted of it.
    pub(super) fn bearings(&self, now: DateTime<Utc>) -> Bearings {
        Bearings {
            topics: self.topics_today(now),
            focus: self.plan_topics(now),
            answered_first: self.new_today(now),
            seconds: self.seconds_by_format(),
            need: self.need(now),
        }
    }

    /// What is not remembered of each step that enough was answered in.
    fn need(&self, now: DateTime<Utc>) -> BTreeMap<String, f64> {
        let known = self.steps(now).into_iter();
        known
            .filter_map(|own| Some((own.step.id().to_owned(), 1.0 - own.recall? / 100.0)))
            .collect()
    }

    pub(super) fn queue_from(
        &self,
        bearings: &Bearings,
        practice: &Practice,
        now: DateTime<Utc>,
    ) -> Vec<Pick> {
        let today = self.date(now);
        let most_new = self.config.new_a_day;
        let wish = Wish {
            now,
            today,
            filter: practice.filter.clone(),
            minutes: practice.minutes,
            topics: &bearings.topics,
            focus: &bearings.focus,
            missed: self.missed(),
            need: &bearings.need,
            cram: practice.cram,
            most_new: if practice.cram {
                usize::MAX
            } else {
                most_new.saturating_sub(bearings.answered_first)
            },
            seed: practice.seed.unwrap_or_else(|| day_seed(today)),
        };
        let seconds = |format: &str| {
            let own = bearings.seconds.get(format).copied();
            own.unwrap_or_else(|| usual_seconds(format) + 20)
        };
        let recall = |state: &DrillState| self.model().recall(state, now).unwrap_or(0.0);
        build(self.all_heads(), self.states(), &wish, &seconds, &recall)
    }

    /// Topics whose new drills may come today: those of the plan's activities, and the drills that
    /// belong to no case; without a plan, the case that was tried or read last, else the first one.
    fn topics_today(&self, now: DateTime<Utc>) -> BTreeSet<String> {
        let mut topics: BTreeSet<String> = self.plan_topics(now);
        let mut last = "";
        // Drills come by id, so those of a topic follow each other.
        for head in self.library.drills() {
            if head.topic != last && self.library.case_head(&head.topic).is_none() {
                topics.insert(head.topic.clone());
            }
            last = &head.topic;
        }
        topics
    }

    /// Drills that were answered for the first time today.
    fn new_today(&self, now: DateTime<Utc>) -> usize {
        let today = self.date(now);
        let states = self.states().values();
        states
            .filter(|state| state.reps == 1)
            .filter(|state| state.last.is_some_and(|last| self.date(last) == today))
            .count()
    }

    /// Starts a session. Drills that cannot be loaded are left out and named.
    pub fn start_drills(
        &mut self,
        practice: &Practice,
        now: DateTime<Utc>,
    ) -> (Session, Vec<Fault>) {
        let mut queue = Vec::new();
        let mut faults = Vec::new();
        let bearings = self.bearings(now);
        let picks = if practice.placement {
            self.begin_placement(practice.seed, now)
        } else {
            self.queue_from(&bearings, practice, now)
        };
        for pick in picks.into_iter().take(MOST_QUEUED) {
            match self.queued(&pick.drill, pick.why, &bearings.need, now) {
                Ok(queued) => queue.push(queued),
                Err(fault) if faults.contains(&fault) => {}
                Err(fault) => faults.push(fault),
            }
        }
        let options = Options {
            minutes: practice.minutes,
            cram: practice.cram,
            seed: practice.seed.unwrap_or_else(|| self.seed()),
        };
        (Session::new(queue, options, now), faults)
    }

    /// A session of these drills only.
    pub fn start_with(&mut self, ids: &[String], seed: u64, now: DateTime<Utc>) -> Session {
        let queue = ids
            .iter()
            .filter_map(|id| self.queued(id, Why::Missed, &BTreeMap::new(), now).ok())
            .collect();
        let options = Options {
            minutes: None,
            cram: true,
            seed,
        };
        Session::new(queue, options, now)
    }

    /// A session of one drill that the learner asked for; it moves the schedule only when the
    /// drill is new or due.
    ///
    /// # Errors
    /// When there is no such drill, or its file is broken.
    pub fn start_one(&mut self, id: &str, now: DateTime<Utc>) -> Result<Session, Fault> {
        let state = self.states().get(id).filter(|state| state.reps > 0);
        let why = match state {
            None => Why::New,
            Some(state) if state.due.is_some_and(|due| due <= now) => Why::Due,
            Some(_) => Why::Cram,
        };
        let queued = self.queued(id, why, &BTreeMap::new(), now)?;
        let options = Options {
            minutes: None,
            cram: why == Why::Cram,
            seed: self.seed(),
        };
        Ok(Session::new(vec![queued], options, now))
    }

    fn queued(
        &mut self,
        id: &str,
        why: Why,
        need: &BTreeMap<String, f64>,
        now: DateTime<Utc>,
    ) -> Result<Queued, Fault> {
        let drill = self.drill(id)?;
        let head = self
            .head(id)
            .ok_or_else(|| Fault::of_file(id, "there is no such drill"))?;
        let state = self
            .states()
            .get(id)
            .cloned()
            .unwrap_or_else(|| fresh(&head));
        let same = |state: &&DrillState| state.reps > 0 && state.format == head.format;
        // Beyond a few the exact number does not matter.
        let known = self
            .states()
            .values()
            .filter(same)
            .take(ENOUGH_KNOWN)
            .count() as u32;
        let seen = Known {
            days: state
                .last
                .map(|last| (self.date(now) - self.date(last)).num_days()),
            recall: self.model().recall(&state, now),
            step: need.get(&head.step).map(|need| 1.0 - need),
        };
        let framework = self.library.framework();
        let guide = head.step.parse().ok().and_then(|step| framework.step(step));
        let step = guide.map_or(head.step.as_str(), |guide| guide.title.as_str());
        let reason = reason(why, step, seen);
        // A drill of a case is explained in its own breakdown.
        let case = self.library.case_head(&head.topic);
        let own = case.map(|case| format!("{}, {step}", case.title));
        let read = drill.head().read.map(str::to_owned).or(own);
        Ok(Queued {
            head,
            drill,
            state,
            why,
            reason,
            read: read.unwrap_or_default(),
            known,
        })
    }

    /// Moves a session on; what it asks for is on disk when this returns.
    pub fn practise(
        &mut self,
        session: &mut Session,
        input: crate::drill::Input,
        now: DateTime<Utc>,
    ) {
        self.lexicon();
        let effects = match self.lexicon.get() {
            Some(lexicon) => session.apply(input, now, &self.model, lexicon),
            None => Vec::new(),
        };
        for effect in effects {
            self.carry_out(effect, now);
        }
    }

    fn carry_out(&mut self, effect: Effect, now: DateTime<Utc>) {
        match effect {
            Effect::Review {
                drill,
                topic,
                format,
                step,
                hash,
                replies,
                score,
                rating,
                confidence,
                seconds,
                hints,
                cram,
                state,
            } => {
                let review = Review {
                    drill,
                    case: Some(topic),
                    format,
                    step,
                    hash,
                    reply: serde_json::to_value(replies).unwrap_or_default(),
                    score,
                    rating: rating.number(),
                    confidence: Some(confidence),
                    seconds,
                    hints,
                    cram,
                };
                let event = NewEvent::new(now, self.date(now), review);
                self.journal.record(&event, &state);
                self.set_state(*state);
            }
            Effect::Second {
                drill,
                replies,
                score,
            } => {
                let review = self.last_review_of(&drill);
                if let Some(review) = review {
                    let second = Second {
                        review,
                        drill,
                        reply: serde_json::to_value(replies).unwrap_or_default(),
                        score,
                        seconds: 0.0,
                    };
                    self.write(second, now);
                }
            }
            Effect::Overrule { rating, state } => self.overrule(rating, *state, now),
            Effect::Bury { drill } => {
                let until = self.date(now) + chrono::Days::new(1);
                self.put_away(
                    &drill,
                    Bury {
                        drill: drill.clone(),
                        until,
                    },
                    now,
                    |state| {
                        state.buried_until = Some(until);
                    },
                );
            }
            Effect::Suspend { drill } => {
                self.put_away(
                    &drill,
                    Suspend {
                        drill: drill.clone(),
                    },
                    now,
                    |state| {
                        state.suspended = true;
                    },
                );
            }
            Effect::Undo { drill, state } => {
                if let Some(review) = self.last_review_of(&drill) {
                    let date = self.date(now);
                    self.journal.retract(&review, Some(&state), now, date);
                    self.set_state(*state);
                }
            }
        }
    }

    fn overrule(&mut self, rating: Rating, state: DrillState, now: DateTime<Utc>) {
        let Some(review) = self.last_review_of(&state.drill) else {
            return;
        };
        let overrule = Overrule {
            review,
            drill: state.drill.clone(),
            rating: rating.number(),
        };
        let event = NewEvent::new(now, self.date(now), overrule);
        self.journal.record(&event, &state);
        self.set_state(state);
    }

    fn put_away(
        &mut self,
        drill: &str,
        event: impl Into<Event>,
        now: DateTime<Utc>,
        change: impl FnOnce(&mut DrillState),
    ) {
        let head = self.head(drill);
        let known = self.states().get(drill).cloned();
        let Some(mut state) = known.or_else(|| head.as_ref().map(fresh)) else {
            return;
        };
        change(&mut state);
        let event = NewEvent::new(now, self.date(now), event);
        self.journal.record(&event, &state);
        self.set_state(state);
    }

    fn last_review_of(&self, drill: &str) -> Option<crate::progress::EventId> {
        let reviews = self.journal.reviews_of(drill).unwrap_or_default();
        reviews.last().map(|answered| answered.id.clone())
    }

    /// All answers, oldest first, with the learner's own ratings.
    pub fn reviews(&self) -> Vec<Answered> {
        let filter = Events::of(Kind::Review).or(Kind::Overrule);
        let mut own = BTreeMap::new();
        let mut answers = Vec::new();
        for stored in self.journal.events(&filter).unwrap_or_default() {
            match stored.event {
                Event::Overrule(overrule) => {
                    own.insert(overrule.review, overrule.rating);
                }
                Event::Review(review) => answers.push(Answered {
                    id: stored.id,
                    at: stored.at,
                    date: stored.date,
                    review,
                    overruled: None,
                }),
                _ => {}
            }
        }
        for answer in &mut answers {
            answer.overruled = own.get(&answer.id).copied();
        }
        answers
    }

    /// Takes back the last answer of today, also one of an earlier run, and gives the drill back
    /// to be asked again. `None` when nothing was answered today.
    pub fn undo_last(&mut self, now: DateTime<Utc>) -> Option<Queued> {
        let filter = Events::of(Kind::Review).last(1);
        let last = self.journal.events(&filter).ok()?.pop()?;
        if last.date != self.date(now) {
            return None;
        }
        let Event::Review(review) = last.event else {
            return None;
        };
        let head = self.head(&review.drill)?;
        let before = self.replay(&head, Some(&last.id));
        let date = self.date(now);
        self.journal.retract(&last.id, Some(&before), now, date);
        self.set_state(before);
        self.queued(&review.drill, Why::Due, &BTreeMap::new(), now)
            .ok()
    }

    /// The state of a drill from its events, one of them left out.
    fn replay(&self, head: &DrillHead, without: Option<&crate::progress::EventId>) -> DrillState {
        let known = self.states().get(&head.id);
        let mut state = fresh(head);
        let reviews = self.journal.reviews_of(&head.id).unwrap_or_default();
        for answered in reviews
            .iter()
            .filter(|answered| Some(&answered.id) != without)
        {
            let rating = Rating::from_number(answered.rating()).unwrap_or(Rating::Again);
            let review = &answered.review;
            state = self
                .model()
                .after(&state, rating, review.score, review.seconds, answered.at);
        }
        // Suspended or buried is not undone with an answer.
        if let Some(known) = known {
            state.suspended = known.suspended;
            state.buried_until = known.buried_until;
        }
        state
    }

    /// Works out the states again that imported events have touched.
    pub fn refresh_stale(&mut self) {
        let stale = self.journal.stale().unwrap_or_default();
        let heads: Vec<DrillHead> = stale.iter().filter_map(|id| self.head(id)).collect();
        let states: Vec<DrillState> = heads.iter().map(|head| self.replay(head, None)).collect();
        if !states.is_empty() {
            self.journal.put_states(&states);
            for state in states {
                self.set_state(state);
            }
        }
    }

    /// The drill after its file was edited.
    ///
    /// # Errors
    /// The first fault of the edited file.
    pub fn reload_drill(&mut self, id: &str) -> Result<Drill, Fault> {
        self.bank.clear();
        self.drill(id)
    }

    /// Seconds of drilling on each day since `from`, as deeds of a plan.
    pub(super) fn drilled(&self, from: chrono::NaiveDate) -> Vec<(chrono::NaiveDate, Deed)> {
        let days = self.journal.days(from).unwrap_or_default();
        days.into_iter()
            .filter(|day| day.kind == Kind::Review)
            .map(|day| {
                // Answering, and reading what came out of it.
                let seconds = day.seconds as u32 + day.count * 20;
                (day.date, Deed::Drilled { seconds })
            })
            .collect()
    }
}

/// More than anybody answers in one sitting.
const MOST_QUEUED: usize = 120;

fn fresh(head: &DrillHead) -> DrillState {
    DrillState {
        drill: head.id.clone(),
        case: Some(head.topic.clone()),
        format: head.format.clone(),
        step: head.step.clone(),
        ..DrillState::default()
    }
}

/// The same new drills all day.
fn day_seed(today: chrono::NaiveDate) -> u64 {
    use chrono::Datelike;
    u64::from(today.num_days_from_ce().unsigned_abs())
}
