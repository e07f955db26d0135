//! Figures come out.

use super::faults::Faults;
use super::tree::Spot;
use crate::content::evaluate;

/// Largest relative difference between a figure and its sum.
const TOLERANCE: f64 = 0.01;

/// Whether two figures are the same but for rounding.
pub(super) fn near(a: f64, b: f64, within: f64) -> bool {
    (a - b).abs() <= within * a.abs().max(b.abs()) || a == b
}

/// Recomputes `value` from `sum`; `spot` holds both, the value under `key`.
pub(super) fn check(sum: &str, value: f64, spot: Spot<'_>, key: &str, faults: &mut Faults) {
    match evaluate(sum) {
        Err(why) => faults.fault(
            spot.get("sum").mark,
            format!("cannot compute this sum: {why}"),
            "use numbers, + - * / ^, brackets, and ln exp sqrt log2 log10 ceil",
        ),
        Ok(result) if !near(result, value, TOLERANCE) => faults.fault(
            spot.get(key).mark,
            format!("the sum gives {}, not {}", show(result), show(value)),
            "correct the figure or its sum",
        ),
        Ok(_) => {}
    }
}

/// Four digits that matter.
pub(super) fn show(value: f64) -> String {
    let size = value.abs();
    if value == 0.0 || (0.001..1e15).contains(&size) {
        let digits = if size >= 1000.0 || value == 0.0 {
            0
        } else {
            (3.0 - size.log10().floor()).max(0.0) as usize
        };
        let text = format!("{value:.digits$}");
        return match text.contains('.') {
            true => text.trim_end_matches('0').trim_end_matches('.').to_owned(),
            false => text,
        };
    }
    format!("{value:.3e}")
}
