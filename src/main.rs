//! `kata`: parse, run, report the error, exit.
#![forbid(unsafe_code)]

use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    kata::cli::main(kata::cli::Arguments::parse())
}
