//! A figure that is computed and not estimated: right within a small tolerance, and wrong variants
//! recognised by their value.

use super::quantity::{format_number, parse_quantity, same_dimension};
use super::{Audit, Kind, Mark, Part, Reply};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Figures that round to the same three decimals are the same.
const ABSOLUTE: f64 = 0.005;
/// What a known variant is worth: the way was right up to one turn.
const VARIANT: f64 = 0.25;

/// A number to work out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Figure {
    /// What it is; empty when the question says it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub label: String,
    /// `greenroom check` recomputes `answer` from it.
    pub sum: String,
    pub answer: f64,
    /// `ms`, `%` …; empty for a bare number.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub unit: String,
    /// Relative error for full marks. A bare number between -1 and 1 may be 0.005 off in any case.
    #[serde(default = "Figure::default_within")]
    pub within: f64,
    /// Wrong variants.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub variants: Vec<Variant>,
}

/// A number that a wrong variant of the formula gives.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Variant {
    /// Recomputed by `greenroom check`.
    pub sum: String,
    pub value: f64,
    /// "you used the gain 2^rel - 1".
    pub says: String,
}

impl Figure {
    fn default_within() -> f64 {
        0.01
    }

    fn is(&self, given: f64, wanted: f64) -> bool {
        let off = (given - wanted).abs();
        let small = self.unit.is_empty() && wanted.abs() <= 1.0;
        off <= self.within * wanted.abs() || (small && off <= ABSOLUTE)
    }

    pub(super) fn show(&self, value: f64) -> String {
        let shown = format!("{} {}", format_number(value), self.unit);
        shown.trim_end().to_owned()
    }

    pub(super) fn part(&self) -> Part {
        let unit = self.unit.clone();
        Part::new(&self.label, Kind::Number { unit })
    }

    pub(super) fn key(&self) -> Reply {
        let text = format!("{} {}", self.answer, self.unit);
        Reply::Number(text.trim_end().to_owned())
    }

    pub(super) fn mark(&self, reply: Option<&Reply>, feedback: &mut Vec<String>) -> Mark {
        let given = match reply {
            Some(Reply::Number(text)) => parse_quantity(text),
            _ => None,
        };
        let value = given.and_then(|given| same_dimension(&given, &self.unit));
        let right = value.is_some_and(|value| self.is(value, self.answer));
        let variant = value.filter(|_| !right).and_then(|value| {
            let mut known = self.variants.iter();
            known.find(|variant| self.is(value, variant.value))
        });
        if let Some(variant) = variant {
            feedback.push(variant.says.clone());
        }
        let label = if self.label.is_empty() {
            String::new()
        } else {
            format!("{}: ", self.label)
        };
        Mark {
            point: format!("{label}{}", self.show(self.answer)),
            credit: match (right, variant) {
                (true, _) => 1.0,
                (false, Some(_)) => VARIANT,
                (false, None) => 0.0,
            },
            note: value.map_or_else(String::new, |value| {
                format!("you said {}", self.show(value))
            }),
        }
    }

    /// `at` is its own place, empty for a drill that is one figure.
    pub(super) fn audit<'a>(&'a self, at: &str, audit: &mut Audit<'a>) {
        let under = |key: &str| match at {
            "" => key.to_owned(),
            at => format!("{at}.{key}"),
        };
        audit.sum(at, "answer", &self.sum, self.answer);
        if !(0.0..1.0).contains(&self.within) {
            let what = "`within` is a relative error between 0 and 1";
            audit.fault(under("within"), what, "0.01 allows one per cent");
        }
        for (index, variant) in self.variants.iter().enumerate() {
            let own = under(&format!("variants.{index}"));
            audit.sum(own.clone(), "value", &variant.sum, variant.value);
            if self.is(variant.value, self.answer) {
                let what = "this variant cannot be told from the answer";
                audit.fault(own, what, "change the inputs, or drop it");
            }
        }
    }
}
