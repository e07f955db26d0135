//! The order in which things flow: cycles cut, then the longest path.

use super::Tie;

/// Marks the ties that close a cycle: depth first, sources first, in the order of the text.
pub(super) fn mark_back(nodes: usize, ties: &mut [Tie]) {
    let mut outgoing = vec![Vec::new(); nodes];
    let mut is_source = vec![true; nodes];
    for (index, tie) in ties.iter().enumerate() {
        outgoing[tie.from].push(index);
        is_source[tie.to] = false;
    }
    let sources = (0..nodes).filter(|&node| is_source[node]);
    let rest = (0..nodes).filter(|&node| !is_source[node]);
    let mut state = vec![Visit::New; nodes];
    for start in sources.chain(rest).collect::<Vec<_>>() {
        if state[start] != Visit::New {
            continue;
        }
        state[start] = Visit::Open;
        let mut stack = vec![(start, 0)];
        while let Some((node, next)) = stack.last_mut() {
            let Some(&tie) = outgoing[*node].get(*next) else {
                state[*node] = Visit::Done;
                stack.pop();
                continue;
            };
            *next += 1;
            let to = ties[tie].to;
            match state[to] {
                Visit::New => {
                    state[to] = Visit::Open;
                    stack.push((to, 0));
                }
                Visit::Open => ties[tie].back = true,
                Visit::Done => {}
            }
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Visit {
    New,
    Open,
    Done,
}

/// The rank of each of `nodes`: the longest way to it along forward ties among them. A source is
/// pulled next to the first thing that needs it.
pub(super) fn ranks(nodes: &[usize], ties: &[Tie]) -> Vec<usize> {
    let place = |node: usize| nodes.iter().position(|&other| other == node);
    let inner: Vec<(usize, usize)> = ties
        .iter()
        .filter(|tie| !tie.back)
        .filter_map(|tie| Some((place(tie.from)?, place(tie.to)?)))
        .collect();
    let mut ranks = vec![0; nodes.len()];
    for _ in 0..nodes.len() {
        let mut changed = false;
        for &(from, to) in &inner {
            if ranks[to] <= ranks[from] {
                ranks[to] = ranks[from] + 1;
                changed = true;
            }
        }
        if !changed {
            break;
        }
    }
    for node in 0..nodes.len() {
        let is_source = inner.iter().all(|&(_, to)| to != node);
        let first_need = inner
            .iter()
            .filter(|&&(from, _)| from == node)
            .map(|&(_, to)| ranks[to])
            .min();
        if let Some(need) = first_need.filter(|_| is_source) {
            ranks[node] = need - 1;
        }
    }
    ranks
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tie(from: usize, to: usize) -> Tie {
        Tie {
            from,
            to,
            back: false,
        }
    }

    #[test]
    fn the_edge_that_closes_a_cycle_is_marked() {
        let mut ties = [tie(0, 1), tie(1, 2), tie(2, 0), tie(2, 3)];
        mark_back(4, &mut ties);
        assert_eq!(ties.map(|tie| tie.back), [false, false, true, false]);
    }

    #[test]
    fn ranks_are_longest_paths_and_sources_stay_close() {
        let ties = [tie(0, 1), tie(1, 2), tie(0, 2), tie(3, 2)];
        assert_eq!(ranks(&[0, 1, 2, 3], &ties), [0, 1, 2, 1]);
    }
}
