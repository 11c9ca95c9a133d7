//! What a shell makes of kata: completion in the real shells, and the manual pages.

use crate::home::{Home, Run, run};
use rexpect::session::spawn_command;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A deck whose name a shell would run, if it were left to it.
const HOSTILE: &str = r#"it's $(touch pwned); "x""#;
const SPACED: &str = "two words";

/// A home with a few decks, in `decks/`.
fn collection() -> Home {
    let home = Home::new();
    home.write(
        "decks/a.yaml",
        "deck: devops/three-ways\ntitle: The Three Ways\ntags: [lean]\n\
         cards: [{front: a, back: b, tags: [two words, \"esc\\e[31m\", \"new\\nline\"]}]\n",
    );
    home.write("decks/b.yaml", "deck: devops/kanban\ncards: [{front: c, back: d}]\n");
    let deck = serde_json::to_string(HOSTILE).unwrap();
    home.write("decks/c.yaml", format!("deck: {deck}\ncards: [{{front: e, back: f}}]\n"));
    home.kata(&["import", "decks"]).ok();
    home
}

/// A program that not every machine has; where the tests are to be complete, it must be there.
fn program(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let found = std::env::split_paths(&path).map(|folder| folder.join(name));
    let found = found.into_iter().find(|file| file.is_file());
    if found.is_none() {
        let is_needed = std::env::var_os("CI").is_some_and(|ci| ci == "true");
        assert!(!is_needed, "{name} is not installed");
        eprintln!("skipped: {name} is not installed");
    }
    found
}

/// A program in a home, that finds kata on its path.
fn in_home(home: &Home, program: &Path, arguments: &[&str]) -> Command {
    let kata = home.command(&[]);
    let folder = Path::new(kata.get_program()).parent().unwrap().to_owned();
    let path = std::env::var_os("PATH").unwrap_or_default();
    let path = std::env::join_paths([folder].into_iter().chain(std::env::split_paths(&path)));
    let mut command = Command::new(program);
    command.args(arguments).current_dir(kata.get_current_dir().unwrap()).env_clear();
    command.envs(kata.get_envs().filter_map(|(key, value)| Some((key, value?))));
    command.env("PATH", path.unwrap()).env("LC_ALL", "C.UTF-8");
    command
}

/// Nothing that a deck's name holds was run.
#[track_caller]
fn nothing_was_run(home: &Home) {
    assert!(!home.path("pwned").exists());
    assert!(!home.path("decks/pwned").exists());
}

/// What kata answers a script, without the line that tells its kind.
fn answered(home: &Home, line: &str) -> Vec<String> {
    let run = home.kata(&["completions", "fish", "--", line]).ok();
    assert_eq!(run.stderr, "");
    let values = run.stdout.lines().skip(1).map(|line| line.split('\t').next().unwrap().to_owned());
    values.collect()
}

// The answers that all shells get.

#[test]
fn decks_tags_and_filters_are_completed_where_they_are_meant() {
    let home = collection();
    let decks = ["devops", "devops/kanban", "devops/three-ways", HOSTILE];
    for line in ["kata due ", "kata review ", "kata due devops "] {
        assert_eq!(answered(&home, line), decks, "{line}");
    }
    let filters = ["deck:", "tag:", "is:", "flag:"];
    assert_eq!(answered(&home, "kata stats "), [&decks[..], &filters].concat());
    assert_eq!(answered(&home, "kata review --tag "), ["lean", SPACED]);
    assert_eq!(answered(&home, "kata review --tag=tw"), ["--tag=two words"]);
    assert_eq!(
        answered(&home, "kata cards deck:devops/"),
        ["deck:devops/kanban", "deck:devops/three-ways"]
    );
    // A query has its own quotes.
    assert_eq!(answered(&home, "kata cards tag:"), ["tag:lean", "tag:two\" \"words"]);
    assert_eq!(answered(&home, "kata cards 'tag:\"tw"), ["tag:\"two words\""]);
    assert_eq!(answered(&home, "kata suspend is:su"), ["is:suspended"]);
    assert_eq!(answered(&home, "kata cards 'deck:devops is:le"), ["deck:devops is:leech"]);
    assert_eq!(answered(&home, "kata suspend it"), [HOSTILE]);
    assert_eq!(answered(&home, "kata cards word"), [""; 0]);
}

#[test]
fn options_are_offered_once_a_dash_is_typed() {
    let home = collection();
    assert!(answered(&home, "kata due ").iter().all(|word| !word.starts_with('-')));
    assert_eq!(answered(&home, "kata due --exit"), ["--exit-code"]);
    assert!(answered(&home, "kata decks ").contains(&"--json".to_owned()));
}

#[test]
fn the_database_that_the_line_names_is_read() {
    let home = collection();
    home.write("other.yaml", "deck: other\ncards: [{front: a, back: b}]\n");
    home.kata(&["--db", "other.db", "import", "other.yaml"]).ok();
    for line in
        ["kata --db other.db due o", "kata due --db=other.db o", "kata due --db ~/other.db o"]
    {
        assert_eq!(answered(&home, line), ["other"], "{line}");
    }
    let mut kata = home.command(&["completions", "fish", "--", "kata due o"]);
    kata.env("KATA_DB", "other.db");
    assert!(run(kata, "").ok().stdout.contains("other"));
}

#[test]
fn a_tab_makes_nothing_changes_nothing_and_complains_of_nothing() {
    let home = Home::new();
    home.write("config/kata/config.yaml", "no_such_setting: 1\n");
    home.write("text.db", "no database at all");
    home.write("empty.db", "");
    home.kata(&["completions", "bash"]).ok();
    for database in ["missing.db", "no/such/folder/x.db", "text.db", "empty.db", "config"] {
        let line = format!("kata --db {database} review ");
        assert_eq!(answered(&home, &line), [""; 0], "{database}");
    }
    assert!(!home.path("missing.db").exists() && !home.path("no").exists());
    assert!(!home.path("data").exists());
    assert_eq!(std::fs::read(home.path("empty.db")).unwrap(), b"");
}

#[test]
fn shells_that_complete_paths_themselves_are_told_to() {
    let home = collection();
    for line in ["kata import d", "kata check ", "kata review ", "kata --db ", "kata export -o "] {
        let run = home.kata(&["completions", "fish", "--", line]).ok();
        assert!(run.stdout.starts_with("paths\n"), "{line}: {}", run.stdout);
    }
    for line in ["kata due ", "kata cards d", "kata st", "kata review --tag=", "kata import -"] {
        let run = home.kata(&["completions", "fish", "--", line]).ok();
        assert!(run.stdout.starts_with("words\n"), "{line}: {}", run.stdout);
    }
    // Nothing of the shell's own completion reaches behind the sign.
    assert_eq!(answered(&home, "kata --db=de"), ["--db=decks/"]);
}

// The real shells.

#[test]
fn every_script_is_one_that_its_shell_takes() {
    let home = Home::new();
    for (shell, name) in [("bash", "bash"), ("zsh", "zsh"), ("fish", "fish")] {
        let script = home.kata(&["completions", shell]).ok().stdout;
        let file = home.write("script", &script);
        if let Some(program) = program(name) {
            let checked = run(in_home(&home, &program, &["-n", file.to_str().unwrap()]), "");
            assert_eq!((checked.code, checked.stderr.as_str()), (Some(0), ""), "{shell}");
        }
    }
    for shell in ["powershell", "nushell"] {
        let script = home.kata(&["completions", shell]).ok().stdout;
        assert!(script.contains("kata"), "{script}");
    }
}

/// The candidates of bash for the end of a line that it would replace, each as it stands on the
/// command line, and as the command would get it.
fn bash(home: &Home, bash: &Path, line: &str, replaced: &str) -> Vec<(String, String)> {
    let script = r#"
        eval "$(kata completions bash)"
        COMP_LINE=$1 COMP_POINT=${#1}
        _kata kata "$2" "${3-}"
        for word in "${COMPREPLY[@]}"; do
            eval "set -- $word"
            printf '%s\n%s\n' "$word" "$1"
        done"#;
    let run = run(in_home(home, bash, &["--norc", "-c", script, "bash", line, replaced]), "").ok();
    assert_eq!(run.stderr, "");
    let lines: Vec<&str> = run.stdout.lines().collect();
    lines.chunks(2).map(|pair| (pair[0].to_owned(), pair[1].to_owned())).collect()
}

#[test]
fn bash_completes_with_words_that_mean_themselves() {
    let Some(program) = program("bash") else { return };
    let home = collection();
    let words = |line, replaced| -> Vec<String> {
        bash(&home, &program, line, replaced).into_iter().map(|(_, word)| word).collect()
    };
    assert_eq!(words("kata due ", ""), ["devops", "devops/kanban", "devops/three-ways", HOSTILE]);
    assert_eq!(words(r"kata due it\'s\ ", r"it\'s\ "), [HOSTILE]);
    // Bash takes colons and equals signs for ends of words, and replaces what comes after.
    assert_eq!(words("kata cards deck:devops/k", "devops/k"), ["devops/kanban"]);
    assert_eq!(words("kata review --tag=tw", "tw"), [SPACED]);
    assert_eq!(words("kata st", "st"), ["stats"]);
    // Paths and decks together.
    assert_eq!(
        words("kata review de", "de"),
        ["devops", "devops/kanban", "devops/three-ways", "decks/"]
    );
    nothing_was_run(&home);
}

/// A shell on a terminal: what kata is asked for when these keys are pressed.
#[track_caller]
fn pressed(home: &Home, mut shell: Command, lines: &[(&str, &[&str])]) {
    shell.env("TERM", "xterm");
    let mut terminal = spawn_command(shell, Some(20_000)).unwrap();
    for (keys, words) in lines {
        terminal.exp_string("ready> ").unwrap();
        terminal.send(keys).unwrap();
        terminal.send("\r").unwrap();
        terminal.flush().unwrap();
        terminal.exp_string("recorded.").unwrap_or_else(|error| panic!("{keys}: {error}"));
        let asked = std::fs::read_to_string(home.path("asked")).unwrap();
        assert_eq!(asked.lines().collect::<Vec<_>>(), *words, "{keys}");
    }
    terminal.send("exit\r").unwrap();
    terminal.flush().unwrap();
    terminal.exp_eof().unwrap();
    nothing_was_run(home);
}

/// What the shell does on a terminal in place of kata: it writes down what it was asked for.
const RECORD: &str = "kata() { printf '%s\\n' \"$@\" > asked; echo recorded.; }\nPS1='ready> '\n";

/// The keys of a person, and the words that kata gets.
const ON_THE_LINE: &[(&str, &[&str])] = &[
    ("kata due it\t", &["due", HOSTILE]),
    ("kata due \"it\t", &["due", HOSTILE]),
    ("kata due 'it\t", &["due", HOSTILE]),
    ("kata due it\\'s\\ \t", &["due", HOSTILE]),
    ("kata due it\t--js\t", &["due", HOSTILE, "--json"]),
    ("kata cards deck:devops/k\t", &["cards", "deck:devops/kanban"]),
    ("kata cards tag:tw\t", &["cards", "tag:two\" \"words"]),
    ("kata review --tag tw\t", &["review", "--tag", SPACED]),
    ("kata review --tag=tw\t", &["review", "--tag=two words"]),
    ("kata check dec\ta.y\t", &["check", "decks/a.yaml"]),
];

#[test]
fn on_a_line_of_bash_a_tab_inserts_what_is_meant() {
    let Some(program) = program("bash") else { return };
    let home = collection();
    home.write("rc", format!("eval \"$(kata completions bash)\"\n{RECORD}"));
    let shell = in_home(&home, &program, &["--noprofile", "--rcfile", "rc", "-i"]);
    pressed(&home, shell, ON_THE_LINE);
}

#[test]
fn on_a_line_of_zsh_a_tab_inserts_what_is_meant() {
    let Some(program) = program("zsh") else { return };
    let home = collection();
    let rc =
        format!("autoload -U compinit; compinit -u -D\neval \"$(kata completions zsh)\"\n{RECORD}");
    home.write(".zshrc", rc);
    pressed(&home, in_home(&home, &program, &["-d", "-i"]), ON_THE_LINE);
}

#[test]
fn zsh_finds_the_script_in_its_function_path() {
    let Some(program) = program("zsh") else { return };
    let home = collection();
    home.write("functions/_kata", home.kata(&["completions", "zsh"]).ok().stdout);
    let rc = format!("fpath=(~/functions $fpath)\nautoload -U compinit; compinit -u -D\n{RECORD}");
    home.write(".zshrc", rc);
    let shell = in_home(&home, &program, &["-d", "-i"]);
    pressed(&home, shell, &[("kata due it\t", &["due", HOSTILE]), ("kata st\t", &["stats"])]);
}

#[test]
fn fish_completes_decks_tags_and_paths() {
    let Some(program) = program("fish") else { return };
    let home = collection();
    let completed = |line: &str| -> Vec<String> {
        let script = "kata completions fish | source; complete -C $argv[1]";
        let fish = in_home(&home, &program, &["--no-config", "-c", script, line]);
        let run = run(fish, "").ok();
        assert_eq!(run.stderr, "");
        run.stdout.lines().map(str::to_owned).collect()
    };
    assert_eq!(
        completed("kata due "),
        ["devops", "devops/kanban", "devops/three-ways\tThe Three Ways", HOSTILE]
    );
    assert_eq!(completed(r"kata due it\'s\ "), [HOSTILE]);
    assert_eq!(completed("kata due \"it"), [HOSTILE]);
    assert_eq!(completed("kata cards deck:devops/k"), ["deck:devops/kanban"]);
    assert_eq!(completed("kata review --tag tw"), [SPACED]);
    assert_eq!(completed("kata check decks/a"), ["decks/a.yaml"]);
    assert_eq!(completed("kata check ~/dec"), ["~/decks/"]);
    assert_eq!(
        completed("kata st"),
        ["stats\tShow what was retained, what is to come, and how steadily you study"]
    );
    assert!(completed("kata review dec").contains(&"decks/".to_owned()));
    nothing_was_run(&home);
}

#[test]
fn nushell_gets_words_that_are_quoted_for_it() {
    let home = collection();
    let answered = |words: &[&str]| {
        home.kata(&[&["completions", "nushell", "--", "kata"], words].concat()).json()
    };
    let due = answered(&["due", ""]);
    assert_eq!(due[3]["value"], r#""it's $(touch pwned); \"x\"""#);
    assert_eq!(due[2]["description"], "The Three Ways");
    assert_eq!(answered(&["due", "\"it's"])[0]["value"], due[3]["value"]);
    assert_eq!(answered(&["review", "--tag", "tw"])[0]["value"], "\"two words\"");
    // Where only a path may stand nushell completes it itself.
    assert!(answered(&["import", "de"]).is_null());
    assert_eq!(answered(&["due", "nosuch"]), serde_json::json!([]));
}

// The manual.

/// Every command of the program, as its help lists them.
fn commands(home: &Home) -> Vec<String> {
    let help = home.kata(&["--help"]).ok().stdout;
    let list = help.split("Commands:\n").nth(1).unwrap().split("\n\n").next().unwrap();
    let names = list.lines().filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    let names = names.map(|line| line.split_whitespace().next().unwrap().to_owned());
    names.filter(|name| name != "help").collect()
}

/// The long options that a help text names at the start of a line.
fn long_options(help: &str) -> BTreeSet<String> {
    let lines = help.lines().map(str::trim_start).filter(|line| line.starts_with('-'));
    let words = lines.flat_map(str::split_whitespace).filter(|word| word.starts_with("--"));
    words.map(|word| word.trim_end_matches(',').to_owned()).collect()
}

#[test]
fn every_command_has_a_page_that_names_its_options() {
    let home = Home::new();
    home.kata(&["man", "--dir", "share/man1"]).ok();
    let commands = commands(&home);
    assert!(commands.contains(&"review".to_owned()), "{commands:?}");
    for command in &commands {
        let page = std::fs::read_to_string(home.path(&format!("share/man1/kata-{command}.1")));
        let page = page.unwrap().replace("\\-", "-");
        let options = long_options(&home.kata(&[command, "--help"]).ok().stdout);
        assert!(options.contains("--db"), "{command}: {options:?}");
        for option in options {
            assert!(page.contains(&format!("\\fB{option}\\fR")), "{command}: {option}\n{page}");
        }
    }
    let pages = std::fs::read_dir(home.path("share/man1")).unwrap().count();
    assert_eq!(pages, commands.len() + 1);
}

#[test]
fn the_page_of_kata_itself_is_printed_with_all_that_its_help_says() {
    let home = Home::new();
    let page = home.kata(&["man"]).ok().stdout;
    home.kata(&["man", "--dir", "."]).ok();
    assert_eq!(std::fs::read_to_string(home.path("kata.1")).unwrap(), page);
    for section in [".SH NAME", ".SH COMMANDS", ".SH ENVIRONMENT", ".SH \"EXIT STATUS\""] {
        assert!(page.contains(section), "{section}: {page}");
    }
    for command in commands(&home) {
        assert!(page.contains(&format!("kata\\-{command}(1)")), "{command}");
    }
}

#[test]
fn formatters_have_nothing_to_warn_of() {
    let Some(mandoc) = program("mandoc") else { return };
    let home = Home::new();
    home.kata(&["man", "--dir", "man1"]).ok();
    for page in std::fs::read_dir(home.path("man1")).unwrap() {
        let page = page.unwrap().path();
        let lint = ["-T", "lint", "-W", "warning", page.to_str().unwrap()];
        let Run { stdout, stderr, code } = run(in_home(&home, &mandoc, &lint), "");
        assert_eq!((code, stdout + &stderr), (Some(0), String::new()), "{}", page.display());
    }
}

#[test]
fn pages_that_cannot_be_written_are_told() {
    let home = Home::new();
    home.write("file", "");
    let run = home.kata(&["man", "--dir", "file/man1"]).exits(1);
    assert!(run.stderr.contains("cannot write to file/man1"), "{}", run.stderr);
}
