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
/// Each flowchart is drawn this many times.
const TIMES: u32 = 15;

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
    println!("\n| boxes, at 80 columns | flowcharts | median | processor | slowest | processor |");
    println!("|---|---:|---:|---:|---:|---:|");
    for (from, to) in [(1, 9), (10, 19), (20, 30), (31, 40)] {
        let some = all
            .iter()
            .filter(|chart| (from..=to).contains(&chart.graph.nodes.len()));
        let mut times: Vec<Times> = some.map(time).collect();
        times.sort_unstable_by_key(|times| times.processor);
        let (middle, last) = (&times[times.len() / 2], &times[times.len() - 1]);
        println!(
            "| {from} to {to} | {} | {} | {} | {} | {} |",
            times.len(),
            show(middle.median),
            show(middle.processor),
            show(last.median),
            show(last.processor)
        );
    }
}

/// Of several runs. Where others use the processor, too, its own time says more than the clock.
struct Times {
    median: Duration,
    processor: Duration,
}

fn time(chart: &Flowchart) -> Times {
    let before = processor();
    let mut times: Vec<Duration> = (0..TIMES)
        .map(|_| {
            let start = Instant::now();
            black_box(diagram::draw(black_box(&chart.graph), 80));
            start.elapsed()
        })
        .collect();
    let spent = processor().saturating_sub(before);
    times.sort_unstable();
    Times {
        median: times[times.len() / 2],
        processor: spent / TIMES,
    }
}

/// What this thread has used of the processor (Linux; elsewhere nothing).
fn processor() -> Duration {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanoseconds = text.split(' ').next().and_then(|first| first.parse().ok());
    Duration::from_nanos(nanoseconds.unwrap_or_default())
}

fn show(time: Duration) -> String {
    format!("{:.2} ms", time.as_secs_f64() * 1e3)
}

/// What nobody can draw ends soon: with a message, or as a list.
fn nonsense() {
    let edges = |count: usize| -> String {
        let edges = (0..count).map(|n| format!("n{}-->n{}\n", n * 7 % 290, n * 13 % 283));
        format!("flowchart LR\n{}", edges.collect::<String>())
    };
    let start = Instant::now();
    let fault = diagram::read(&edges(5000)).unwrap_err();
    let took = show(start.elapsed());
    println!("\n5,000 edges of nonsense: \"{fault}\" after {took}");
    let start = Instant::now();
    let graph = diagram::read(&edges(1000)).unwrap();
    let lines = diagram::draw(&graph, 80).len();
    println!(
        "1,000 edges of nonsense: a list of {lines} lines after {}",
        show(start.elapsed())
    );
}
