//! `greenroom skeleton`: the seven steps on one page to print.

use super::exit::{Exit, Failure, Outcome};
use super::out;
use super::shell::{known_case, Shell};
use crate::export as leave;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// With the prompt of this case, and what the interviewer asks at each step
    case: Option<String>,
    /// text, md or html; the HTML prints on one page of A4 or Letter
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: leave::Format,
}

pub(super) fn run(shell: &Shell, args: &Args) -> Outcome {
    let desk = shell.desk()?;
    let case = match &args.case {
        Some(id) => {
            known_case(&desk, id)?;
            let case = desk.library.case(id);
            Some(case.map_err(|fault| Failure::data(fault.to_string()))?)
        }
        None => None,
    };
    let framework = desk.library.framework();
    out::pour(&leave::skeleton(framework, case.as_deref(), args.format))?;
    Ok(Exit::Done)
}
