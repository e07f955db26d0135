//! What every answer writes down, and how it is taken back.

use super::drills::fresh;
use super::Desk;
use crate::content::index::DrillHead;
use crate::drill::{Effect, Queued, Session};
use crate::memory::{day_start, Rating, Why};
use crate::progress::{
    Answered, Bury, DrillState, Event, Filter as Events, Kind, NewEvent, Overrule, Review, Second,
    Suspend,
};
use chrono::{DateTime, Utc};
use std::collections::BTreeMap;

impl Desk {
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
        let days = session.revealed().and_then(|own| self.days_until(own, now));
        if let Some(days) = days {
            session.comes_back_in(days);
        }
    }

    /// Days until a drill comes back, from today on.
    fn days_until(&self, drill: &str, now: DateTime<Utc>) -> Option<u32> {
        let due = self.states().get(drill)?.due?;
        let days = (self.date(due) - self.date(now)).num_days();
        u32::try_from(days).ok()
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
                let state = self.on_lightest_day(*state, now);
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
                    comes_back: state.due.map(|due| self.date(due)),
                };
                let event = NewEvent::new(now, self.date(now), review);
                self.journal.record(&event, &state);
                self.set_state(state);
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
        let state = self.on_lightest_day(state, now);
        let overrule = Overrule {
            review,
            drill: state.drill.clone(),
            rating: rating.number(),
            comes_back: state.due.map(|due| self.date(due)),
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
        self.journal.reviews().unwrap_or_default()
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
        let zone = self.model().zone();
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
            let day = review.comes_back;
            state.due = day.map(|day| day_start(day, zone)).or(state.due);
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
}
