//! The schedule towards the interview against others, by simulation: `cargo bench --bench schedule`.
//!
//! `--quick` takes fewer settings and seeds; the name of a part (`speed`, `forecast`, `equal`,
//! `fewer`) runs only that. How far it is goes to standard error.
#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::print_stderr)]

mod belief;
mod calibration;
mod equal;
mod fewer;
mod figures;
mod learner;
mod policy;
mod run;
mod speed;

use std::time::Instant;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    // `cargo test --all-targets` runs this too.
    if arguments.iter().any(|argument| argument == "--bench") {
        let quick = arguments.iter().any(|argument| argument == "--quick");
        let parts = ["speed", "forecast", "equal", "fewer"];
        let named = |part: &str| arguments.iter().any(|argument| argument == part);
        let all = !parts.into_iter().any(named);
        let start = Instant::now();
        if all || named("speed") {
            speed::table();
        }
        if all || named("forecast") {
            calibration::table(if quick { 5 } else { 50 });
        }
        if all || named("equal") {
            equal::table(if quick { 8 } else { 50 }, quick);
        }
        if all || named("fewer") {
            fewer::table(if quick { 4 } else { 50 });
        }
        println!("In {:.0} s.", start.elapsed().as_secs_f64());
    }
}
