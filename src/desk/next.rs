//! What next? One proposal, with its reason.

use super::Desk;
use crate::content::{ActivityKind, Step};
use crate::plan::{sprint_clock, Activity, Plan};
use chrono::{DateTime, Utc};
use serde::Serialize;

/// Minutes of a sprint that is proposed outside the plan.
const SPRINT: u32 = 12;
/// Need of a step of which nothing is known.
const UNKNOWN: f64 = 0.5;

/// What to do next, and why.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Proposal {
    pub activity: Activity,
    pub why: String,
}

impl Desk {
    /// The first open activity of today's plan; once the day is done, a case that was not tried,
    /// else the weakest step on the case that was tried the longest ago. None without any case.
    pub fn what_next(&self, now: DateTime<Utc>) -> Option<Proposal> {
        let settings = self
            .plan_settings()
            .unwrap_or_else(|| self.default_settings(now));
        let plan = self.plan_of(&settings, now, self.any_due(now));
        let today = self.date(now);
        let open = plan
            .days
            .first()
            .filter(|day| day.date == today)
            .and_then(|day| day.activities.iter().find(|own| !own.done));
        match open {
            Some(own) => Some(Proposal {
                why: self.why_planned(own, now),
                activity: own.clone(),
            }),
            None => self.beyond(&plan, now),
        }
    }

    fn any_due(&self, now: DateTime<Utc>) -> bool {
        self.states().values().any(|state| {
            state.reps > 0 && !state.suspended && state.due.is_some_and(|due| due <= now)
        })
    }

    fn why_planned(&self, own: &Activity, now: DateTime<Utc>) -> String {
        let case = own.case.as_deref().unwrap_or_default();
        let title = self.case_title(case);
        let tried = !case.is_empty() && self.tried(case);
        match own.kind {
            ActivityKind::Drill => "The day's other work is done; drills keep what you know from \
                fading."
                .to_owned(),
            ActivityKind::Review => "You have slept on your last mock. What it showed is worth \
                most before the next one."
                .to_owned(),
            ActivityKind::Read => format!(
                "You have attempted {title}. Read now, while you know what you were missing."
            ),
            _ if own.id.starts_with("again-") => format!(
                "Your last mock of {title} scored 1 or 2 of 4 there. A short attempt on just \
                 this step sets it right."
            ),
            _ if own.pinned => "You put it on this day.".to_owned(),
            _ if !tried => format!(
                "You have not tried {title} yet, and it is the next of your cases. Attempt it \
                 before you read it."
            ),
            _ => match self.weakest(&own.steps, now) {
                Some((step, score)) => format!(
                    "Of its steps you know {step} least: {score:.0} of 100 over your last answers \
                     and mocks."
                ),
                None => format!("It is what your plan has next of {title}."),
            },
        }
    }

    /// More than the plan asks for today.
    fn beyond(&self, plan: &Plan, now: DateTime<Utc>) -> Option<Proposal> {
        let cases = self.cases(now);
        let mut written = cases.iter().filter(|case| case.written);
        let rank = |id: &str| plan.focus.iter().position(|own| own == id);
        let fresh = written
            .clone()
            .filter(|case| !case.tried)
            .min_by_key(|case| rank(&case.case).unwrap_or(usize::MAX));
        let weakest = self.weakest(&Step::ALL, now);
        let (case, steps, why) = match (fresh, weakest) {
            (Some(case), _) => (
                case,
                vec![Step::Data, Step::Model],
                format!(
                    "Today's plan is done, and you have not tried {} yet.",
                    case.title
                ),
            ),
            (None, weakest) => {
                let oldest = self.tried_longest_ago();
                let case = written.find(|case| oldest.as_deref() == Some(&case.case));
                let case = case.or_else(|| cases.iter().find(|case| case.written))?;
                let (step, why) = match weakest {
                    Some((step, score)) => (
                        step,
                        format!(
                            "{step} is your weakest step: {score:.0} of 100. You tried {} the \
                             longest ago.",
                            case.title
                        ),
                    ),
                    None => (
                        Step::Evaluate,
                        format!("You tried {} the longest ago.", case.title),
                    ),
                };
                (case, vec![step], why)
            }
        };
        let names: Vec<&str> = steps.iter().map(|step| step.id()).collect();
        let activity = Activity {
            id: format!("next-{}-{}", case.case, names.join("+")),
            kind: ActivityKind::Sprint,
            case: Some(case.case.clone()),
            title: format!("{} · {}", case.title, names.join(", ")),
            clock: Some(sprint_clock(self.library.framework(), &steps, SPRINT)),
            steps,
            minutes: SPRINT,
            must: false,
            pinned: false,
            done: false,
        };
        Some(Proposal { activity, why })
    }

    /// The step with the greatest need, and how well it is known, 0 to 100; none where nothing is
    /// known of any.
    fn weakest(&self, steps: &[Step], now: DateTime<Utc>) -> Option<(Step, f64)> {
        let need = self.need_by_step(now);
        let steps = if steps.is_empty() { &Step::ALL } else { steps };
        let known = steps
            .iter()
            .filter_map(|step| Some((*step, *need.get(step)?)));
        let (step, need) = known.max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)))?;
        (need >= UNKNOWN / 2.0).then_some((step, 100.0 * (1.0 - need)))
    }
}
