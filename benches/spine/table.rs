//! The table that is printed in the end.

use std::fmt;
use std::time::Duration;

#[derive(Default)]
pub(crate) struct Table(Vec<Row>);

struct Row {
    what: String,
    median: String,
    best: String,
    budget: String,
    peers: String,
}

impl Table {
    /// Milliseconds against a budget.
    pub(crate) fn time(&mut self, what: &str, runs: &[f64], budget: Option<f64>, peers: &str) {
        let best = runs.iter().copied().fold(f64::INFINITY, f64::min);
        self.row(what, median(runs), Some(best), "ms", budget, peers);
    }

    /// Mebibytes against a budget.
    pub(crate) fn size(&mut self, what: &str, value: f64, budget: Option<f64>, peers: &str) {
        self.row(what, value, None, "MiB", budget, peers);
    }

    fn row(
        &mut self,
        what: &str,
        value: f64,
        best: Option<f64>,
        unit: &str,
        budget: Option<f64>,
        peers: &str,
    ) {
        let share = |budget: f64| format!("{budget} {unit}: {:.2}×", value / budget);
        self.0.push(Row {
            what: what.to_owned(),
            median: format!("{} {unit}", number(value)),
            best: best.map_or_else(String::new, number),
            budget: budget.map_or_else(String::new, share),
            peers: peers.to_owned(),
        });
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "| what | median | best | budget | peers, ms |")?;
        writeln!(f, "|---|---:|---:|---:|---|")?;
        for row in &self.0 {
            writeln!(
                f,
                "| {} | {} | {} | {} | {} |",
                row.what, row.median, row.best, row.budget, row.peers
            )?;
        }
        Ok(())
    }
}

fn number(value: f64) -> String {
    if value < 10.0 {
        format!("{value:.2}")
    } else {
        format!("{value:.0}")
    }
}

pub(crate) fn median(runs: &[f64]) -> f64 {
    let mut sorted = runs.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted.get(sorted.len() / 2).copied().unwrap_or(f64::NAN)
}

pub(crate) fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
