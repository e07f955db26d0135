//! Reviews as CSV, safe to open in a spreadsheet.

use crate::progress::Answered;
use chrono::SecondsFormat;

const COLUMNS: &str =
    "at,date,drill,case,format,step,score,rating,own_rating,confidence,seconds,hints,cram";

/// A line for each review, oldest first, under a line of names.
pub fn reviews<'a>(answers: impl Iterator<Item = &'a Answered>) -> String {
    let mut text = format!("{COLUMNS}\r\n");
    for answer in answers {
        let review = &answer.review;
        let number = |number: Option<u8>| number.map_or_else(String::new, |n| n.to_string());
        let cells = [
            answer.at.to_rfc3339_opts(SecondsFormat::Millis, true),
            answer.date.to_string(),
            cell(&review.drill),
            cell(review.case.as_deref().unwrap_or_default()),
            cell(&review.format),
            cell(&review.step),
            format!("{:.4}", review.score),
            review.rating.to_string(),
            number(answer.overruled),
            number(review.confidence),
            format!("{:.1}", review.seconds),
            review.hints.to_string(),
            review.cram.to_string(),
        ];
        text.push_str(&cells.join(","));
        text.push_str("\r\n");
    }
    text
}

/// A cell as text: a spreadsheet would run one that starts like a formula.
fn cell(text: &str) -> String {
    let clean = crate::text::clean_line(text);
    let formula = clean
        .trim_start()
        .starts_with(['=', '+', '-', '@', '|', '%']);
    let guarded = if formula {
        format!("'{clean}")
    } else {
        clean.into_owned()
    };
    if guarded.contains([',', '"', '\n', '\r', ';']) || formula {
        format!("\"{}\"", guarded.replace('"', "\"\""))
    } else {
        guarded
    }
}

#[cfg(test)]
mod tests {
    use super::cell;

    #[test]
    fn no_cell_is_a_formula_and_commas_are_kept() {
        assert_eq!(cell("eta/why"), "eta/why");
        assert_eq!(cell("=1+1"), "\"'=1+1\"");
        assert_eq!(cell(" @cmd"), "\"' @cmd\"");
        assert_eq!(cell("a,\"b\""), "\"a,\"\"b\"\"\"");
    }
}
