//! From the format of the file to the format of the program: all steps or none.

use super::schema::APPLICATION_ID;
use rusqlite::{Connection, TransactionBehavior};

/// The format of an open database; 0 for a new one.
pub(super) fn format(conn: &Connection) -> rusqlite::Result<i64> {
    conn.pragma_query_value(None, "user_version", |row| row.get(0))
}

/// Runs the steps that are missing, in one transaction. The format is read again inside it,
/// because another process may have been faster.
pub(super) fn migrate(conn: &mut Connection, steps: &[&str]) -> rusqlite::Result<()> {
    let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let done = usize::try_from(format(&tx)?).unwrap_or(0);
    for step in steps.iter().skip(done) {
        tx.execute_batch(step)?;
    }
    if done < steps.len() {
        tx.pragma_update(None, "application_id", APPLICATION_ID)?;
        tx.pragma_update(None, "user_version", steps.len() as i64)?;
    }
    tx.commit()
}

#[cfg(test)]
mod tests {
    use super::super::schema::{FORMAT, STEPS};
    use super::*;
    use std::path::Path;
    use std::process::{Command, Stdio};

    fn tables(conn: &Connection) -> Vec<String> {
        conn.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
            .unwrap()
            .query_map((), |row| row.get(0))
            .unwrap()
            .map(Result::unwrap)
            .collect()
    }

    #[test]
    fn a_failing_step_leaves_the_old_format_whole() {
        let mut conn = Connection::open_in_memory().unwrap();
        migrate(&mut conn, STEPS).unwrap();
        let before = tables(&conn);
        let mut steps = STEPS.to_vec();
        steps.push("CREATE TABLE half (x INTEGER) STRICT; SELECT no_such_function();");
        assert!(migrate(&mut conn, &steps).is_err());
        assert_eq!(format(&conn).unwrap(), FORMAT);
        assert_eq!(tables(&conn), before);
    }

    #[test]
    fn steps_run_once() {
        let mut conn = Connection::open_in_memory().unwrap();
        migrate(&mut conn, STEPS).unwrap();
        migrate(&mut conn, STEPS).unwrap();
        assert_eq!(format(&conn).unwrap(), FORMAT);
        // A database of a newer program is not taken back.
        conn.pragma_update(None, "user_version", FORMAT + 5)
            .unwrap();
        migrate(&mut conn, STEPS).unwrap();
        assert_eq!(format(&conn).unwrap(), FORMAT + 5);
    }

    /// A step that writes for a long time after it has changed the tables.
    const SLOW: &str = "CREATE TABLE half (x BLOB) STRICT;
        INSERT INTO half WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 400000)
        SELECT randomblob(500) FROM n;";

    fn slow_steps() -> Vec<&'static str> {
        let mut steps = STEPS.to_vec();
        steps.push(SLOW);
        steps
    }

    #[test]
    fn killed_half_way_it_starts_again_from_the_old_format() {
        const CHILD: &str = "GREENROOM_TEST_MIGRATE";
        let open = |path: &Path| {
            let conn = Connection::open(path).unwrap();
            conn.pragma_update(None, "journal_mode", "WAL").unwrap();
            conn
        };
        if let Some(path) = std::env::var_os(CHILD) {
            migrate(&mut open(Path::new(&path)), &slow_steps()).unwrap();
            return;
        }
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("m.db");
        migrate(&mut open(&path), STEPS).unwrap();
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args([
                "--exact",
                "progress::migrate::tests::killed_half_way_it_starts_again_from_the_old_format",
            ])
            .env(CHILD, &path)
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        // The log beside the file grows while the transaction is open.
        let wal = dir.path().join("m.db-wal");
        while std::fs::metadata(&wal).map_or(0, |m| m.len()) < 8 << 20 {
            assert!(
                child.try_wait().unwrap().is_none(),
                "the child was too fast"
            );
            std::thread::sleep(std::time::Duration::from_millis(1));
        }
        child.kill().unwrap();
        child.wait().unwrap();

        let mut conn = open(&path);
        assert_eq!(format(&conn).unwrap(), FORMAT);
        assert!(!tables(&conn).contains(&"half".to_owned()));
        migrate(&mut conn, &slow_steps()).unwrap();
        assert_eq!(format(&conn).unwrap(), FORMAT + 1);
    }
}
