//! The schedule towards the interview against others, by simulation: `cargo bench --bench schedule`.
//!
//! `--quick` takes fewer settings and seeds.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod equal;
mod fewer;
mod figures;
mod learner;
mod policy;
mod run;

use std::time::Instant;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    // `cargo test --all-targets` runs this too.
    if arguments.iter().any(|argument| argument == "--bench") {
        let quick = arguments.iter().any(|argument| argument == "--quick");
        let start = Instant::now();
        fewer::table(if quick { 3 } else { 12 });
        equal::table(if quick { 8 } else { 50 }, quick);
        println!("In {:.0} s.", start.elapsed().as_secs_f64());
    }
}
