//! Drills beside the states that they are in.

use crate::content::index::DrillHead;
use crate::progress::DrillState;
use std::collections::BTreeMap;
use std::ops::Bound;

/// Each drill with its state. Both come by id, so one walk finds all of them: with a hundred
/// thousand drills looking each up takes many times as long. Where drills step back in order, as
/// follow-ups do after the rest, it walks on from there.
pub(super) fn joined<'a>(
    heads: impl Iterator<Item = &'a DrillHead>,
    states: &'a BTreeMap<String, DrillState>,
) -> impl Iterator<Item = (&'a DrillHead, Option<&'a DrillState>)> {
    let mut walk = states.range::<str, _>(..).peekable();
    let mut last = "";
    heads.map(move |head| {
        let id = head.id.as_str();
        if id < last {
            let from = (Bound::Included(id), Bound::Unbounded);
            walk = states.range::<str, _>(from).peekable();
        }
        last = id;
        while walk.next_if(|(own, _)| own.as_str() < id).is_some() {}
        let state = walk.peek().filter(|(own, _)| *own == id);
        (head, state.map(|(_, state)| *state))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn each_drill_finds_the_state_that_a_look_up_finds(
            heads in proptest::collection::vec(0u8..40, 0..60),
            known in proptest::collection::btree_set(0u8..40, 0..30),
        ) {
            let head = |id: &u8| DrillHead {
                id: format!("eta/{id}"),
                file: String::new(),
                topic: "eta".into(),
                format: "order".into(),
                step: "data".into(),
                level: "senior".into(),
                tags: Vec::new(),
                item: None,
            };
            let heads: Vec<DrillHead> = heads.iter().map(head).collect();
            let states: BTreeMap<String, DrillState> = known
                .iter()
                .map(|id| (format!("eta/{id}"), DrillState { reps: u32::from(*id), ..DrillState::default() }))
                .collect();
            for (head, state) in joined(heads.iter(), &states) {
                prop_assert_eq!(state, states.get(&head.id));
            }
            prop_assert_eq!(joined(heads.iter(), &states).count(), heads.len());
        }
    }
}
