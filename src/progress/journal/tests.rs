use super::super::testing::{at, date, overrule, review, state, store};
use super::super::{Filter, Kind, Lease, Setting, StoreError};
use super::*;
use proptest::prelude::*;
use serde_json::{json, Value};

fn block(journal: &Journal, blocked: bool) {
    let conn = &journal.store().unwrap().conn;
    conn.pragma_update(None, "query_only", blocked).unwrap();
}

#[test]
fn a_full_disk_costs_nothing_and_the_backlog_goes_first() {
    let dir = tempfile::tempdir().unwrap();
    let opened = Store::open(dir.path(), at(0), 1).unwrap();
    let mut journal = Journal::new(opened.store, 7);
    let pages = |journal: &Journal, limit: &str| {
        let conn = &journal.store().unwrap().conn;
        conn.execute_batch(&format!("PRAGMA max_page_count = {limit}"))
            .unwrap();
    };
    pages(&journal, "1");
    let mut count = 0;
    while journal.unsaved() < 3 {
        count += 1;
        journal.record(
            &review(&format!("x/{count}"), count),
            &state(&format!("x/{count}"), 1),
        );
    }
    assert!(journal.reason().unwrap().contains("the disk is full"));
    assert!(count > 3, "the first ones fit");
    assert_eq!(journal.drill_states().unwrap().len() as i64, count);
    assert_eq!(
        journal.store().unwrap().drill_states().unwrap().len() as i64,
        count - 3
    );
    let before = journal.events(&Filter::all()).unwrap();
    assert_eq!(before.len() as i64, count);
    let mut lines = Vec::new();
    assert_eq!(journal.export_unsaved(&mut lines).unwrap(), 3);

    assert!(!journal.retry(at(count)));
    pages(&journal, "4294967294");
    // The next write saves the older ones first.
    count += 1;
    journal.append(&review("x/last", count));
    assert_eq!((journal.unsaved(), journal.reason()), (0, None));
    drop(journal);
    let mut store = Store::open(dir.path(), at(count), 1).unwrap().store;
    let after = store.events(&Filter::all()).unwrap();
    assert_eq!(after[..before.len()], before);
    assert_eq!(after.len() as i64, count);
    assert_eq!(
        store.import_jsonl(&mut lines.as_slice(), 9).unwrap().known,
        3
    );
}

#[test]
fn a_deleted_file_is_kept_as_a_backup_and_comes_back_whole() {
    let dir = tempfile::tempdir().unwrap();
    let mut journal = Journal::new(Store::open(dir.path(), at(0), 1).unwrap().store, 7);
    journal.append(&review("x/1", 1));
    for tail in ["", "-wal", "-shm"] {
        std::fs::remove_file(dir.path().join(format!("progress.db{tail}"))).unwrap();
    }
    journal.append(&review("x/2", 2));
    assert_eq!(journal.unsaved(), 1);
    assert!(journal.reason().unwrap().contains("moved or deleted"));
    assert!(!journal.retry(at(3)));
    let Err(StoreError::Missing { backup, .. }) = Store::open(dir.path(), at(3), 1) else {
        panic!("the backup is not offered")
    };
    let opened = Store::restore(dir.path(), &backup, at(4), 2).unwrap();
    journal.adopt(opened.store);
    assert_eq!((journal.unsaved(), journal.reason()), (0, None));
    assert_eq!(
        journal
            .store()
            .unwrap()
            .events(&Filter::all())
            .unwrap()
            .len(),
        2
    );
}

#[test]
fn closing_a_file_that_was_moved_leaves_the_log_of_the_new_one_alone() {
    let dir = tempfile::tempdir().unwrap();
    let mut old = Store::open(dir.path(), at(0), 1).unwrap().store;
    old.append(&review("x/1", 1)).unwrap();
    old.home.as_ref().unwrap().move_aside(at(1)).unwrap();
    let mut new = Store::open(dir.path(), at(1), 2).unwrap().store;
    new.append(&review("x/2", 2)).unwrap();
    drop(old);
    assert!(dir.path().join("progress.db-wal").exists());
    let other = Store::open(dir.path(), at(1), 3).unwrap().store;
    assert_eq!(other.reviews_of("x/2").unwrap().len(), 1);
}

#[test]
fn a_session_starts_without_a_store_and_saves_when_it_can() {
    let dir = tempfile::tempdir().unwrap();
    let home = dir.path().join("later");
    std::fs::write(&home, "a file in the way").unwrap();
    let reason = Store::open(&home, at(0), 1).unwrap_err();
    assert!(matches!(reason, StoreError::Folder { .. }));
    let mut journal = Journal::without_store(&home, reason, 7);
    journal.record(&review("x/1", 1), &state("x/1", 1));
    assert_eq!(journal.lease("mock", 1, at(1)), Lease::Yours);
    assert_eq!(journal.drill_state("x/1").unwrap(), Some(state("x/1", 1)));
    assert_eq!(journal.days(date(0)).unwrap()[0].count, 1);
    assert!(!journal.retry(at(1)));
    assert!(journal.reason().unwrap().contains("later"));
    assert!(journal.store_mut().is_none());
    std::fs::remove_file(&home).unwrap();
    assert!(journal.retry(at(2)));
    assert_eq!(
        journal
            .store_mut()
            .unwrap()
            .reviews_of("x/1")
            .unwrap()
            .len(),
        1
    );
}

#[test]
fn a_held_lock_is_not_asked_again_with_every_write() {
    let dir = tempfile::tempdir().unwrap();
    let mut journal = Journal::new(Store::open(dir.path(), at(0), 1).unwrap().store, 7);
    let other = rusqlite::Connection::open(dir.path().join("progress.db")).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let patience = std::time::Duration::from_millis(50);
    journal
        .store()
        .unwrap()
        .conn
        .busy_timeout(patience)
        .unwrap();
    journal.append(&review("x/1", 1));
    assert!(journal.reason().unwrap().contains("another greenroom"));
    other.execute_batch("COMMIT").unwrap();
    journal.append(&review("x/2", 2));
    assert_eq!(journal.unsaved(), 2);
    assert!(journal.retry(at(3)));
}

#[test]
fn the_last_chance_is_when_it_is_dropped() {
    let dir = tempfile::tempdir().unwrap();
    let mut journal = Journal::new(Store::open(dir.path(), at(0), 1).unwrap().store, 7);
    block(&journal, true);
    journal.save_draft("mock", "one", at(1));
    journal.save_draft("mock", "two", at(2));
    assert_eq!(journal.unsaved(), 1);
    block(&journal, false);
    drop(journal);
    let store = Store::open(dir.path(), at(3), 1).unwrap().store;
    assert_eq!(store.load_draft("mock").unwrap().unwrap().body, "two");
}

/// One thing that a face does.
#[derive(Clone, Debug)]
enum Step {
    Review(u8),
    Append(u8),
    Overrule(usize, u8),
    Undo(usize, bool),
    Set(u8),
    Place(u8),
    Draft(u8),
    NoDraft(u8),
    States(u8),
    Drop(u8),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        3 => (0..3u8).prop_map(Step::Review),
        1 => (0..3u8).prop_map(Step::Append),
        1 => (0..9usize, 1..5u8).prop_map(|(i, r)| Step::Overrule(i, r)),
        2 => (0..9usize, any::<bool>()).prop_map(|(i, some)| Step::Undo(i, some)),
        1 => (0..3u8).prop_map(Step::Set),
        1 => (0..3u8).prop_map(Step::Place),
        1 => (0..2u8).prop_map(Step::Draft),
        1 => (0..2u8).prop_map(Step::NoDraft),
        1 => (0..3u8).prop_map(Step::States),
        1 => (0..3u8).prop_map(Step::Drop),
    ];
    proptest::collection::vec(step, 1..12)
}

fn run(journal: &mut Journal, ids: &mut Vec<(EventId, String)>, step: &Step, minute: i64) {
    let drill = |n: &u8| format!("x/{n}");
    match step {
        Step::Review(n) => {
            let after = state(&drill(n), minute as u32);
            ids.push((journal.record(&review(&drill(n), minute), &after), drill(n)));
        }
        Step::Append(n) => ids.push((journal.append(&review(&drill(n), minute)), drill(n))),
        Step::Overrule(i, rating) => {
            if let Some((id, drill)) = ids.get(*i).cloned() {
                journal.append(&overrule(&id, &drill, *rating, minute));
            }
        }
        Step::Undo(i, with_state) => {
            if let Some((id, drill)) = ids.get(*i).cloned() {
                let after = with_state.then(|| state(&drill, 99));
                journal.retract(&id, after.as_ref(), at(minute), date(minute));
            }
        }
        Step::Set(n) => {
            let body = Setting {
                key: format!("key-{}", n % 2),
                value: json!(minute),
            };
            journal.append(&NewEvent::new(at(minute), date(minute), body));
        }
        Step::Place(0) => journal.set_place("p", &Value::Null),
        Step::Place(_) => journal.set_place("p", &json!(minute)),
        Step::Draft(n) => journal.save_draft(&drill(n), &format!("text {minute}"), at(minute)),
        Step::NoDraft(n) => journal.delete_draft(&drill(n)),
        Step::States(n) => journal.put_states(&[state(&drill(n), 50)]),
        Step::Drop(n) => journal.drop_states(&[drill(n)]),
    }
}

/// All that a face can see, ids aside.
fn picture(journal: &Journal) -> Vec<String> {
    let mut seen = vec![
        format!("{:?}", journal.drill_states().unwrap()),
        format!("{:?}", journal.days(date(0)).unwrap()),
        format!("{:?}", journal.settings().unwrap()),
        format!("{:?}", journal.setting("key-1").unwrap()),
        format!("{:?}", journal.place("p").unwrap()),
        format!("{:?}", journal.drafts().unwrap()),
    ];
    for n in 0..3 {
        let drill = format!("x/{n}");
        seen.push(format!("{:?}", journal.drill_state(&drill).unwrap()));
        for answer in journal.reviews_of(&drill).unwrap() {
            seen.push(format!("{} {}", answer.at, answer.rating()));
        }
    }
    for filter in [
        Filter::all().with_retracted(),
        Filter::of(Kind::Review).last(2),
    ] {
        for stored in journal.events(&filter).unwrap() {
            seen.push(format!("{:?} {}", stored.event.kind(), stored.retracted));
        }
    }
    seen
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn a_session_sees_the_same_saved_or_not(steps in steps(), from in 0..12usize) {
        let mut saved = Journal::new(store(), 7);
        let mut waiting = Journal::new(store(), 7);
        let (mut ids, mut other_ids) = (Vec::new(), Vec::new());
        for (i, step) in steps.iter().enumerate() {
            if i == from {
                block(&waiting, true);
            }
            // Each at its own minute, because ids decide between two at the same time.
            run(&mut saved, &mut ids, step, i as i64);
            run(&mut waiting, &mut other_ids, step, i as i64);
            prop_assert_eq!(picture(&saved), picture(&waiting));
        }
        block(&waiting, false);
        prop_assert!(waiting.retry(at(100)));
        prop_assert_eq!(picture(&saved), picture(&waiting));
        prop_assert_eq!(saved.stale().unwrap(), waiting.stale().unwrap());
    }
}
