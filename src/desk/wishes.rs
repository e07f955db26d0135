//! What the learner wishes of a plan, in their words; both faces ask for the same.

use super::Desk;
use crate::content::{nearest, Id, Level};
use crate::plan::{is_of, parse_date, parse_zone, Settings, Week, MINUTES};
use chrono::{DateTime, Days, NaiveDate, Utc};
use std::collections::BTreeSet;

/// Minutes a day when nothing is said.
const USUAL: u32 = 45;

/// As typed; an empty text takes what is usual.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Wishes {
    /// `2026-12-05`, `14d`, `5 dec`, `none`.
    pub interview: String,
    /// `45`, or `mon-fri 30, sat 90`.
    pub minutes: String,
    /// Dates, or `first..last`, separated by commas.
    pub off: String,
    pub zone: String,
    pub level: Level,
    pub role: String,
    /// Families of cases, separated by commas.
    pub areas: String,
    /// Cases by id, in order.
    pub focus: Vec<String>,
    pub template: String,
}

impl Desk {
    /// The settings that these wishes come to.
    ///
    /// # Errors
    /// One line with the first one that cannot be met, and what could be written instead.
    pub fn settings_of(&self, wishes: &Wishes, now: DateTime<Utc>) -> Result<Settings, String> {
        let today = self.date(now);
        let interview = match wishes.interview.trim().to_lowercase().as_str() {
            "" | "none" | "-" => None,
            text => Some(parse_date(text, today)?),
        };
        let (minutes, week) = minutes(&wishes.minutes)?;
        let zone = Some(wishes.zone.trim()).filter(|zone| !zone.is_empty());
        let plans = self.library.plans();
        let settings = Settings {
            interview,
            minutes,
            week,
            off: off(&wishes.off, today)?,
            zone: zone.map(parse_zone).transpose()?,
            level: wishes.level,
            role: named(
                &wishes.role,
                "role",
                self.library.rubric().roles.iter().map(|own| &own.id),
            )?,
            areas: self.areas(&wishes.areas)?,
            focus: self.focus(&wishes.focus)?,
            template: named(
                &wishes.template,
                "template",
                plans.templates.iter().map(|own| &own.id),
            )?,
            known: self.placed(now),
            ..Settings::starting(today)
        };
        if let Some(date) = interview.filter(|date| *date > today) {
            let mut days = today.iter_days().take_while(|day| *day < date);
            if days.all(|day| settings.minutes_on(day) == 0) {
                return Err("no day before the interview has minutes".to_owned());
            }
        }
        Ok(settings)
    }

    fn areas(&self, text: &str) -> Result<Vec<String>, String> {
        let areas: Vec<String> = parts(text)
            .map(|area| area.to_lowercase().replace(' ', "-"))
            .collect();
        for area in &areas {
            if !self.library.cases().any(|head| is_of(head, area)) {
                let known = self.library.cases().map(|head| head.family.as_str());
                let known: BTreeSet<&str> = known.collect();
                let known: Vec<&str> = known.into_iter().collect();
                return Err(format!(
                    "no case belongs to the area `{area}`: {}",
                    known.join(", ")
                ));
            }
        }
        Ok(areas)
    }

    /// Cases that exist, or that the plans wait for.
    fn focus(&self, cases: &[String]) -> Result<Vec<Id>, String> {
        let wanted = cases.iter().map(|id| id.trim()).filter(|id| !id.is_empty());
        let mut focus = Vec::new();
        for id in wanted.map(Id::from) {
            if !id.is_valid() {
                return Err(format!(
                    "`{id}` is no case: ids have lower-case letters, digits and hyphens"
                ));
            }
            let listed = &self.library.plans().focus;
            if self.library.case_head(id.as_str()).is_none() && !listed.contains(&id) {
                let names = self.library.cases().map(|head| head.id.as_str());
                return Err(match nearest(id.as_str(), names) {
                    Some(name) => format!("there is no case `{id}`; did you mean `{name}`?"),
                    None => format!("there is no case `{id}`; `greenroom read` lists them"),
                });
            }
            focus.push(id);
        }
        Ok(focus)
    }
}

fn parts(text: &str) -> impl Iterator<Item = &str> {
    let parts = text.split(',').map(str::trim);
    parts.filter(|part| !part.is_empty())
}

/// Minutes on most days, and by weekday where they differ.
fn minutes(text: &str) -> Result<(u32, Option<Week>), String> {
    let text = text.trim();
    if text.is_empty() {
        return Ok((USUAL, None));
    }
    match text.parse::<u32>() {
        Ok(minutes) if MINUTES.contains(&minutes) => Ok((minutes, None)),
        Ok(_) => Err(format!(
            "minutes a day: a number from {} to {}",
            MINUTES.start(),
            MINUTES.end()
        )),
        Err(_) => {
            let week: Week = text.parse()?;
            Ok((week.usual(), Some(week)))
        }
    }
}

/// `2026-12-24`, `24 dec..26 dec`.
fn off(text: &str, today: NaiveDate) -> Result<BTreeSet<NaiveDate>, String> {
    let mut off = BTreeSet::new();
    for part in parts(text) {
        let (first, last) = part.split_once("..").unwrap_or((part, part));
        let (first, last) = (parse_date(first, today)?, parse_date(last, today)?);
        if last < first {
            return Err(format!("`{part}` ends before it begins"));
        }
        let end = last + Days::new(1);
        off.extend(first.iter_days().take_while(|date| *date < end));
    }
    Ok(off)
}

/// One of these names; none for an empty text.
fn named<'a>(
    text: &str,
    what: &str,
    names: impl Iterator<Item = &'a Id>,
) -> Result<Option<Id>, String> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let names: Vec<&Id> = names.collect();
    match names.iter().find(|name| ***name == *text) {
        Some(name) => Ok(Some((*name).clone())),
        None => {
            let names: Vec<&str> = names.iter().map(|name| name.as_str()).collect();
            Err(format!("there is no {what} `{text}`: {}", names.join(", ")))
        }
    }
}
