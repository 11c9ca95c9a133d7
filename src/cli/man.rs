//! `kata man`.

use crate::cli::error::Exit;
use crate::cli::output::Output;
use crate::cli::{Arguments as Kata, Global};
use anyhow::{Context, Result};
use clap::{Args, Command, CommandFactory};
use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, roman};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Print the manual page, or write the pages of all commands
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct Arguments {
    /// The folder to write the pages to, made if it is missing: kata.1, kata-review.1, ...
    #[arg(long, value_name = "DIR")]
    dir: Option<PathBuf>,
}

const EXAMPLES: &str = "\
Examples:
  kata man | man -l -                      read it
  kata man --dir ~/.local/share/man/man1   install all: `man kata-review`";

/// The day these pages are of: a release sets it. Without one the title's other parts would slip
/// into its place.
const DATE: &str = "2026-11-24";

pub(super) fn run(global: &Global, arguments: &Arguments) -> Result<Exit> {
    let mut kata =
        Kata::command().disable_help_subcommand(true).subcommand_help_heading("COMMANDS");
    kata.build();
    let Some(folder) = &arguments.dir else {
        Output::new(global.color, global.quiet).result(&page(&kata)?)?;
        return Ok(Exit::Done);
    };
    let cannot = |path: &Path| format!("cannot write to {}", path.display());
    fs::create_dir_all(folder).with_context(|| cannot(folder))?;
    for command in [&kata].into_iter().chain(kata.get_subcommands()) {
        let path = folder.join(format!("{}.1", name(command)));
        fs::write(&path, page(command)?).with_context(|| cannot(&path))?;
    }
    Ok(Exit::Done)
}

/// A command's name as its page has it: `kata-review`.
fn name(command: &Command) -> &str {
    command.get_display_name().unwrap_or_else(|| command.get_name())
}

/// The page of a command.
fn page(command: &Command) -> io::Result<String> {
    let usage = command.clone().render_usage().to_string();
    let usage = usage.trim_start_matches("Usage:").trim().to_owned();
    let man = Man::new(command.clone().override_usage(usage))
        .title(name(command).to_uppercase())
        .date(DATE)
        .source(concat!("kata ", env!("CARGO_PKG_VERSION")))
        .manual("Kata Manual");
    let mut page = Vec::new();
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    man.render_synopsis_section(&mut page)?;
    man.render_description_section(&mut page)?;
    man.render_options_section(&mut page)?;
    if command.has_subcommands() {
        man.render_subcommands_section(&mut page)?;
    }
    let after = command.get_after_long_help().or_else(|| command.get_after_help());
    after_help(&after.map(ToString::to_string).unwrap_or_default()).to_writer(&mut page)?;
    see_also(command).to_writer(&mut page)?;
    Ok(tidy(&String::from_utf8_lossy(&page)))
}

/// A page without what formatters warn of: every section brings its own definition of the
/// apostrophe, and a break stands on both sides of an empty line.
fn tidy(page: &str) -> String {
    const APOSTROPHE: &str = ".ie \\n(.g .ds Aq \\(aq\n.el .ds Aq '\n";
    let page = page.replace(APOSTROPHE, "").replace(".br\n\n.br\n", ".sp\n");
    format!("{APOSTROPHE}{page}")
}

/// What follows the options in a help text, as sections: a line that ends with a colon is a
/// heading; an indented one is an entry and what it means, two spaces or more between; one that is
/// indented further goes on with the last.
fn after_help(text: &str) -> Roff {
    let mut roff = Roff::new();
    for line in text.lines() {
        if let Some(heading) = line.strip_suffix(':').filter(|line| !line.starts_with(' ')) {
            roff.control("SH", [heading.to_uppercase().as_str()]);
        } else if let Some((entry, meaning)) = entry(line) {
            roff.control("TP", []);
            roff.text([bold(entry)]);
            if !meaning.is_empty() {
                roff.text([roman(meaning)]);
            }
        } else if !line.is_empty() {
            roff.text([roman(line.trim())]);
        }
    }
    roff
}

/// `  KATA_DB  the database`; what it means may follow on the next line.
fn entry(line: &str) -> Option<(&str, &str)> {
    let entry = line.strip_prefix("  ").filter(|rest| !rest.starts_with(' '))?;
    let (entry, meaning) = entry.split_once("  ").unwrap_or((entry, ""));
    Some((entry, meaning.trim_start()))
}

fn see_also(command: &Command) -> Roff {
    let mut roff = Roff::new();
    if name(command) != "kata" {
        roff.control("SH", ["SEE ALSO"]);
        roff.text([bold("kata"), roman("(1)")]);
    }
    roff
}
