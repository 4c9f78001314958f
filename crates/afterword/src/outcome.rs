//! How a command ends: 0 done, 1 failed; 2, misused, is clap's.

use std::process::ExitCode;

/// Says what failed and why, on standard error.
pub(crate) fn exit(result: anyhow::Result<()>) -> ExitCode {
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // The message and its causes on one line.
            say_error(&format!("afterword: {error:#}"));
            ExitCode::FAILURE
        }
    }
}

fn say_error(text: &str) {
    use std::io::Write as _;
    // There is nowhere left to report to.
    let _ = writeln!(std::io::stderr(), "{text}");
}

/// Writes a line of output; a reader that has gone away is no failure.
pub(crate) fn say(text: &str) {
    use std::io::Write as _;
    let _ = writeln!(std::io::stdout(), "{text}");
}

/// Writes a line about progress, apart from the output.
pub(crate) fn tell(text: &str) {
    use std::io::Write as _;
    let _ = writeln!(std::io::stderr(), "{text}");
}
