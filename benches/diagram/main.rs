//! How well and how fast flowcharts are drawn: `cargo bench --bench diagram`.
//!
//! `-- --misses` prints every flowchart that is not drawn whole within the width, and every label that
//! is not in its box or on its line.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout)]

#[path = "../../tests/flowcharts/mod.rs"]
mod flowcharts;

use flowcharts::{look, Flowchart, Share};
use greenroom::diagram;
use std::hint::black_box;
use std::time::{Duration, Instant};

const WIDTHS: [usize; 3] = [60, 80, 100];
/// Each flowchart is drawn this many times; the median counts.
const TIMES: usize = 9;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    // `cargo test --all-targets` runs this too.
    if !arguments.iter().any(|argument| argument == "--bench") {
        return;
    }
    let all = Flowchart::all();
    if arguments.iter().any(|argument| argument == "--misses") {
        misses(&all);
        return;
    }
    let mut sizes: Vec<usize> = all.iter().map(|chart| chart.graph.nodes.len()).collect();
    sizes.sort_unstable();
    println!(
        "{} flowcharts, {} to {} boxes, median {}\n",
        all.len(),
        sizes.first().unwrap(),
        sizes.last().unwrap(),
        sizes[sizes.len() / 2]
    );
    quality(&all);
    speed(&all);
    nonsense();
}

fn quality(all: &[Flowchart]) {
    println!("| width | drawn, whole, within | labels in boxes | labels on lines | lines of text | crossings |");
    println!("|---:|---:|---:|---:|---:|---:|");
    for width in WIDTHS {
        let (mut good, mut boxes, mut lines) = <(Share, Share, Share)>::default();
        let (mut rows, mut crossings) = (0, 0);
        for chart in all {
            let picture = diagram::picture(&chart.graph, width);
            let seen = look(&chart.graph, &picture);
            good.count(seen.is_good(width));
            boxes.add(seen.in_boxes);
            lines.add(seen.on_lines);
            rows += picture.rows().len();
            let cells = picture.rows().iter().flat_map(|row| &row.cells);
            crossings += cells.filter(|cell| cell.text == "┼").count();
        }
        println!(
            "| {width} | {:.1} % | {:.1} % | {:.1} % | {rows} | {crossings} |",
            good.percent(),
            boxes.percent(),
            lines.percent()
        );
    }
}

fn misses(all: &[Flowchart]) {
    for width in WIDTHS {
        for chart in all {
            let picture = diagram::picture(&chart.graph, width);
            let seen = look(&chart.graph, &picture);
            if !seen.is_good(width) {
                println!(
                    "{width} {}: drawn {}, {} wide, lost {:?}",
                    chart.name, seen.drawn, seen.width, seen.lost
                );
            }
            let (boxes, lines) = (seen.in_boxes, seen.on_lines);
            if boxes.of + lines.of < boxes.all + lines.all {
                println!(
                    "{width} {}: {} of {} labels in boxes, {} of {} on lines",
                    chart.name, boxes.of, boxes.all, lines.of, lines.all
                );
            }
        }
    }
}

fn speed(all: &[Flowchart]) {
    println!("\n| boxes, at 80 columns | flowcharts | median | worst |");
    println!("|---|---:|---:|---:|");
    for (from, to) in [(1, 9), (10, 19), (20, 30), (31, 40)] {
        let some = all
            .iter()
            .filter(|chart| (from..=to).contains(&chart.graph.nodes.len()));
        let mut times: Vec<Duration> = some.map(|chart| time(chart)).collect();
        times.sort_unstable();
        println!(
            "| {from} to {to} | {} | {} | {} |",
            times.len(),
            show(times.get(times.len() / 2)),
            show(times.last())
        );
    }
}

fn time(chart: &Flowchart) -> Duration {
    let mut times: Vec<Duration> = (0..TIMES)
        .map(|_| {
            let start = Instant::now();
            black_box(diagram::draw(black_box(&chart.graph), 80));
            start.elapsed()
        })
        .collect();
    times.sort_unstable();
    times[TIMES / 2]
}

fn show(time: Option<&Duration>) -> String {
    time.map_or_else(String::new, |time| {
        format!("{:.2} ms", time.as_secs_f64() * 1e3)
    })
}

/// What nobody can draw ends with a message, soon.
fn nonsense() {
    let edges: String = (0..5000)
        .map(|n| format!("n{} --> n{}\n", n * 7 % 290, n * 13 % 283))
        .collect();
    let start = Instant::now();
    let fault = diagram::read(&format!("flowchart LR\n{edges}")).unwrap_err();
    println!(
        "\n5,000 edges of nonsense: {} after {}",
        fault.message,
        show(Some(&start.elapsed()))
    );
}
