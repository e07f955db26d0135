//! Flowcharts that people might have written: all are drawn, whole, within the width.

use super::flowcharts::{look, Flowchart, Share};
use super::trace;
use greenroom::diagram;

const WIDTHS: [usize; 3] = [60, 80, 100];

#[test]
fn the_corpus_is_large_and_varied() {
    let all = Flowchart::all();
    let mut sizes: Vec<usize> = all.iter().map(|chart| chart.graph.nodes.len()).collect();
    sizes.sort_unstable();
    assert!(all.len() >= 120, "{} flowcharts", all.len());
    assert!((8..=10).contains(&sizes[sizes.len() / 2]), "{sizes:?}");
    assert!(sizes.iter().filter(|&&size| size >= 20).count() >= 12);
    let any = |test: fn(&Flowchart) -> bool| all.iter().any(test);
    assert!(any(|chart| chart.graph.groups.len() > 4));
    assert!(any(|chart| chart
        .graph
        .groups
        .iter()
        .any(|group| group.parent.is_some())));
    assert!(any(|chart| chart
        .graph
        .edges
        .iter()
        .any(|edge| edge.from == edge.to)));
}

#[test]
fn every_flowchart_is_drawn_whole_and_every_edge_can_be_followed() {
    let mut faults = Vec::new();
    for width in WIDTHS {
        let (mut good, mut boxes, mut lines) = <(Share, Share, Share)>::default();
        for Flowchart { name, graph } in Flowchart::all() {
            let picture = diagram::picture(&graph, width);
            let seen = look(&graph, &picture);
            if !seen.lost.is_empty() || seen.width > width {
                faults.push(format!("{name} at {width}: {seen:?}"));
            }
            if picture.is_drawn() {
                let traced = trace::check(&graph, &picture).err();
                let found = traced.or_else(|| trace::trespass(&graph, &picture));
                faults.extend(found.map(|fault| format!("{name} at {width}: {fault}")));
            }
            good.count(seen.is_good(width));
            boxes.add(seen.in_boxes);
            lines.add(seen.on_lines);
        }
        // What was reached; the goals are 99, 90 and 80.
        assert!(good.percent() > 99.9, "{width}: {good:?}");
        assert!(boxes.percent() > 99.9, "{width}: {boxes:?}");
        assert!(lines.percent() > 97.0, "{width}: {lines:?}");
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
