//! The `greenroom` command: parse, run, exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    greenroom::cli::main()
}
