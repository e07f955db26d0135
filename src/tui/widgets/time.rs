//! Times as a clock shows them.

/// `4:51`, `31:07`, `1:02:00`.
pub(in crate::tui) fn minutes(seconds: f64) -> String {
    let all = seconds.max(0.0) as u64;
    let (hours, minutes, seconds) = (all / 3600, all / 60 % 60, all % 60);
    if hours > 0 {
        format!("{hours}:{minutes:02}:{seconds:02}")
    } else {
        format!("{minutes}:{seconds:02}")
    }
}

/// A bar of used time against its budget: the budget is `cells` wide, what is over it is marked
/// by another sign, at most half as much again.
pub(in crate::tui) fn bar(used: f64, budget: f64, cells: usize) -> (String, String) {
    let share = used.max(0.0) / budget.max(1.0);
    let full = (share.min(1.0) * cells as f64).round() as usize;
    let over = ((share - 1.0).clamp(0.0, 0.5) * cells as f64).ceil() as usize;
    let within = format!(
        "{}{}",
        "▰".repeat(full),
        "▱".repeat(cells - full.min(cells))
    );
    (within, "▰".repeat(over))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clocks_and_bars() {
        assert_eq!(minutes(0.0), "0:00");
        assert_eq!(minutes(291.9), "4:51");
        assert_eq!(minutes(3720.0), "1:02:00");
        assert_eq!(bar(300.0, 600.0, 4), ("▰▰▱▱".to_owned(), String::new()));
        assert_eq!(bar(900.0, 600.0, 4), ("▰▰▰▰".to_owned(), "▰▰".to_owned()));
        assert_eq!(bar(9000.0, 0.0, 4), ("▰▰▰▰".to_owned(), "▰▰".to_owned()));
    }
}
