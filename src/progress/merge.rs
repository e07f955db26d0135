//! The union of two logs, one event at a time.

use super::record::Record;
use super::store::{device, set_meta};
use super::write::{find, follow, put};
use super::{DeviceId, EventId, Imported};
use rusqlite::{params, Connection};

/// Takes one event in. Under one id there may be several contents only if two machines shared a
/// name: the smallest keeps the id, the others move to a branch of the device, on every machine
/// the same.
pub(super) fn merge(
    conn: &Connection,
    record: &Record,
    chance: u64,
    report: &mut Imported,
) -> rusqlite::Result<()> {
    if put(conn, record)? {
        report.added += 1;
        report.touched.extend(follow(conn, record)?);
        return step_aside(conn, &record.id, chance, report);
    }
    let Some(here) = find(conn, &record.id)? else {
        // There is a row, and its checksum does not fit.
        replace(conn, record)?;
        report.touched.extend(follow(conn, record)?);
        report.healed += 1;
        return Ok(());
    };
    if here == *record {
        report.known += 1;
        return Ok(());
    }
    step_aside(conn, &record.id, chance, report)?;
    let is_smaller = record.content() < here.content();
    let goes = if is_smaller {
        replace(conn, record)?;
        report.touched.extend(follow(conn, record)?);
        here
    } else {
        record.clone()
    };
    let moved = Record {
        id: EventId {
            device: record.id.device.branch('x', goes.content_crc()),
            seq: record.id.seq,
        },
        ..goes
    };
    let before = report.added;
    merge(conn, &moved, chance, report)?;
    if is_smaller || report.added > before {
        report.clashes += 1;
    }
    Ok(())
}

/// Somebody else writes under this machine's name: take another.
fn step_aside(
    conn: &Connection,
    id: &EventId,
    chance: u64,
    report: &mut Imported,
) -> rusqlite::Result<()> {
    if id.device == device(conn)? {
        let name = unused_name(conn, chance)?;
        set_meta(conn, "device", name.as_str())?;
        report.renamed = Some(name);
    }
    Ok(())
}

fn replace(conn: &Connection, record: &Record) -> rusqlite::Result<()> {
    conn.prepare_cached("DELETE FROM event WHERE device = ?1 AND seq = ?2")?
        .execute(params![record.id.device.as_str(), record.id.seq])?;
    put(conn, record)?;
    Ok(())
}

/// A name under which there is no event yet, even if the random number repeats.
fn unused_name(conn: &Connection, chance: u64) -> rusqlite::Result<DeviceId> {
    let mut chance = chance;
    loop {
        let name = DeviceId::from_chance(chance);
        let used: bool = conn
            .prepare_cached("SELECT EXISTS (SELECT 1 FROM event WHERE device = ?1)")?
            .query_row([name.as_str()], |row| row.get(0))?;
        if !used && name != device(conn)? {
            return Ok(name);
        }
        chance = chance.wrapping_add(1);
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{at, date, review, store};
    use super::super::{Day, Filter, Refusal, Refused, Store};
    use super::*;
    use proptest::prelude::*;

    fn export(store: &Store) -> String {
        let mut out = Vec::new();
        store.export_jsonl(&mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    fn import(store: &mut Store, lines: &str) -> Imported {
        store.import_jsonl(&mut lines.as_bytes(), 0xdef).unwrap()
    }

    fn with_device(chance: u64) -> Store {
        Store::in_memory(at(0), chance).unwrap()
    }

    /// All that two machines must agree on.
    fn picture(store: &Store) -> (String, Vec<Day>, Vec<String>) {
        (
            export(store),
            store.days(date(-9000)).unwrap(),
            store.stale().unwrap(),
        )
    }

    #[test]
    fn two_machines_meet_and_agree() {
        let (mut a, mut b) = (with_device(1), with_device(2));
        let undone = a.append(&review("x/1", 1)).unwrap();
        a.append(&review("x/2", 2)).unwrap();
        b.append(&review("x/1", 3)).unwrap();
        // Machine b learns of the undo before it learns of the review.
        a.retract(&undone, None, at(4), date(4)).unwrap();
        let mut lines: Vec<_> = export(&a).lines().map(str::to_owned).collect();
        lines.reverse();
        let report = import(&mut b, &lines.join("\r\n"));
        assert_eq!(
            (report.added, report.known, report.refused.len()),
            (3, 0, 0)
        );
        assert_eq!(
            report.touched.into_iter().collect::<Vec<_>>(),
            ["x/1", "x/2"]
        );
        import(&mut a, &export(&b));
        assert_eq!(picture(&a), picture(&b));
        assert_eq!(import(&mut a, &export(&b)).known, 4);
        assert_eq!(a.reviews_of("x/1").unwrap().len(), 1);
        assert_eq!(a.heads().unwrap().into_values().collect::<Vec<_>>(), [3, 1]);
    }

    #[test]
    fn a_bad_line_is_refused_and_the_others_are_taken() {
        let mut a = with_device(1);
        for minute in 0..3 {
            a.append(&review("x/1", minute)).unwrap();
        }
        let good = export(&a);
        let cut: String = good.chars().take(good.len() - 20).collect();
        let mut bytes = cut.replacen("x/1", "x/9", 1).into_bytes();
        bytes.extend(b"\n\nnonsense\n\xff\xfe\n");
        let mut b = with_device(2);
        let report = b.import_jsonl(&mut bytes.as_slice(), 9).unwrap();
        assert_eq!(report.added, 1);
        let refused = |line, why| Refused { line, why };
        assert_eq!(
            report.refused,
            [
                refused(1, Refusal::Checksum),
                refused(3, Refusal::Checksum),
                refused(5, Refusal::NoChecksum),
                refused(6, Refusal::Checksum),
            ]
        );
    }

    #[test]
    fn a_kind_of_a_newer_program_passes_through() {
        let record = Record {
            id: "abc-1".parse().unwrap(),
            at: 0,
            date: "2026-11-21".into(),
            kind: "hologram".into(),
            subject: "x".into(),
            body: r#"{"score":0.30000000000000004}"#.into(),
        };
        let line = format!("{}\n", record.line());
        let mut store = store();
        import(&mut store, &line);
        assert_eq!(export(&store), line);
        assert!(store.events(&Filter::all()).unwrap().is_empty());
        assert_eq!(store.verify().unwrap().unknown, 1);
    }

    #[test]
    fn a_good_copy_heals_a_damaged_event() {
        let mut a = with_device(1);
        a.append(&review("x/1", 1)).unwrap();
        let good = picture(&a);
        a.conn.execute("UPDATE event SET body = '{}'", ()).unwrap();
        assert_eq!(export(&a), "");
        assert_eq!(import(&mut a, &good.0).healed, 1);
        assert_eq!(picture(&a), good);
    }

    #[test]
    fn a_copied_folder_gets_a_name_of_its_own_and_loses_nothing() {
        let (mut a, mut clone) = (with_device(1), with_device(1));
        a.append(&review("x/1", 1)).unwrap();
        a.append(&review("x/2", 2)).unwrap();
        clone.append(&review("x/1", 1)).unwrap();
        clone.append(&review("x/3", 3)).unwrap();
        clone.append(&review("x/4", 4)).unwrap();
        let report = import(&mut a, &export(&clone));
        assert_eq!((report.added, report.known, report.clashes), (2, 1, 1));
        assert_ne!(a.device().unwrap(), DeviceId::from_chance(1));
        assert_eq!(report.renamed, Some(a.device().unwrap()));
        import(&mut clone, &export(&a));
        assert_eq!(picture(&a), picture(&clone));
        assert_eq!(a.events(&Filter::all()).unwrap().len(), 4);
        assert_eq!(import(&mut a, &export(&clone)).clashes, 0);
        assert_eq!(a.append(&review("x/5", 5)).unwrap().seq, 1);
    }

    /// A few events in a small space, so that ids clash and undo meets what it undoes.
    fn log() -> impl Strategy<Value = String> {
        let event = (0..2u8, 1..4i64, 0..3i64, 0..3u8, 0..2u8, 1..4i64);
        proptest::collection::vec(event, 0..8).prop_map(|events| {
            let mut lines = String::new();
            for (device, seq, minute, what, of, of_seq) in events {
                let id = format!("d{device}-{seq}");
                let (kind, subject, body) = match what {
                    0 => {
                        let target = format!("d{of}-{of_seq}");
                        let body = format!(r#"{{"event":"{target}"}}"#);
                        ("retract", target, body)
                    }
                    1 => ("hologram", "x".to_owned(), format!("[{minute}]")),
                    _ => {
                        let drill = format!("x/{of}");
                        let body = format!(
                            r#"{{"drill":"{drill}","format":"f","step":"s","score":0.1,"rating":1,"seconds":{of_seq}.1}}"#
                        );
                        ("review", drill, body)
                    }
                };
                let record = Record {
                    id: id.parse().unwrap(),
                    at: at(minute).timestamp_millis(),
                    date: date(minute).to_string(),
                    kind: kind.into(),
                    subject,
                    body,
                };
                lines.push_str(&record.line());
                lines.push('\n');
            }
            lines
        })
    }

    fn merged(logs: &[&str]) -> Store {
        let mut store = store();
        for log in logs {
            import(&mut store, log);
        }
        store
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn a_merge_is_commutative_associative_and_idempotent(a in log(), b in log(), c in log()) {
            let all = merged(&[&a, &b, &c]);
            let want = picture(&all);
            prop_assert_eq!(&picture(&merged(&[&c, &a, &b])), &want);
            prop_assert_eq!(&picture(&merged(&[&b, &b, &c, &a, &c])), &want);
            // As one machine passes on what another gave it.
            let bc = export(&merged(&[&b, &c]));
            prop_assert_eq!(&picture(&merged(&[&a, &bc])), &want);
            let ab = export(&merged(&[&b, &a]));
            prop_assert_eq!(&picture(&merged(&[&ab, &c])), &want);
            prop_assert_eq!(&picture(&merged(&[&want.0])), &want);
            prop_assert!(all.verify().unwrap().is_sound());
        }
    }
}
