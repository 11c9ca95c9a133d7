//! The editor that a person likes, on a file.

use crate::cli::Setting;
use crate::frontend::leaving_interrupts_to;
use anyhow::{Result, anyhow};
use std::ffi::OsString;
use std::path::Path;
use std::process::{Command, ExitStatus};

/// The editor of those who say nothing.
const DEFAULT: &str = "vi";

/// An editor: a program with its arguments, to which a file is added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Editor {
    program: String,
    arguments: Vec<String>,
    /// What names it.
    named_by: &'static str,
}

impl Editor {
    /// The editor of the settings, else of `$VISUAL`, else of `$EDITOR`, else vi: as git asks its
    /// own setting before the environment.
    ///
    /// # Errors
    /// If what is said there is no command.
    pub(super) fn of(setting: &Setting) -> Result<Self> {
        let (text, named_by) = said(setting);
        let named_by = match named_by {
            "config" => "the setting editor",
            "VISUAL" => "$VISUAL",
            "EDITOR" => "$EDITOR",
            other => other,
        };
        let text = text.into_string().map_err(|_| anyhow!("{named_by} is no UTF-8"))?;
        Editor::parse(&text, named_by)
    }

    /// An editor by its words, quoted as for a shell. No shell reads them.
    fn parse(text: &str, named_by: &'static str) -> Result<Self> {
        let words = shell_words::split(text)
            .map_err(|_| anyhow!("the editor {text:?} of {named_by} has a quote without an end"))?;
        let mut words = words.into_iter();
        let program = words.next().filter(|program| !program.is_empty());
        let program = program.ok_or_else(|| anyhow!("the editor of {named_by} is empty"))?;
        Ok(Editor { program, arguments: words.collect(), named_by })
    }

    /// Opens a file, at a line if one is named and the editor is known to take one, and waits until
    /// the person is done with it. Ctrl-C is the editor's meanwhile.
    ///
    /// # Errors
    /// If there is no such program, or it fails.
    pub(super) fn open(&self, file: &Path, line: Option<usize>) -> Result<()> {
        let mut command = Command::new(&self.program);
        command.args(&self.arguments).args(self.place(file, line));
        let ended = leaving_interrupts_to(|| command.status());
        match ended {
            Ok(status) if status.success() => Ok(()),
            Ok(status) => Err(anyhow!("the editor {} failed: {}", self.program, told(status))),
            Err(error) => Err(anyhow!(
                "the editor {} ({}) cannot be started: {error}: name another in the settings, \
                 $VISUAL or $EDITOR",
                self.program,
                self.named_by
            )),
        }
    }

    /// The file as this editor takes it, with the line.
    fn place(&self, file: &Path, line: Option<usize>) -> Vec<OsString> {
        // A name that begins with a dash would be taken for an option.
        let file = match file.as_os_str().as_encoded_bytes().starts_with(b"-") {
            true => Path::new(".").join(file).into_os_string(),
            false => file.as_os_str().to_owned(),
        };
        let Some(line) = line else { return vec![file] };
        let with_line = || {
            let mut place = file.clone();
            place.push(format!(":{line}"));
            place
        };
        let name = Path::new(&self.program).file_stem().unwrap_or_default();
        match name.to_str().unwrap_or_default() {
            "vi" | "vim" | "nvim" | "gvim" | "view" | "vim.basic" | "vim.tiny" | "nano"
            | "pico" | "emacs" | "emacsclient" | "mg" | "jed" | "joe" | "ne" | "kak" | "micro"
            | "gedit" => {
                vec![format!("+{line}").into(), file]
            }
            "hx" | "helix" | "subl" | "zed" => vec![with_line()],
            "code" | "codium" | "cursor" => vec!["--goto".into(), with_line()],
            // What another would make of a line nobody knows.
            _ => vec![file],
        }
    }
}

/// What is said of the editor, and what says it: `config`, `VISUAL`, `EDITOR` or `default`.
pub(super) fn said(setting: &Setting) -> (OsString, &'static str) {
    let named = [
        (setting.config.editor.clone().map(OsString::from), "config"),
        (std::env::var_os("VISUAL"), "VISUAL"),
        (std::env::var_os("EDITOR"), "EDITOR"),
    ];
    let is_said = |text: &OsString| !text.to_string_lossy().trim().is_empty();
    let said = named.into_iter().find_map(|(text, by)| Some((text.filter(is_said)?, by)));
    said.unwrap_or((DEFAULT.into(), "default"))
}

fn told(status: ExitStatus) -> String {
    match status.code() {
        Some(code) => format!("exit status {code}"),
        // It says the signal.
        None => status.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(editor: &str, line: Option<usize>) -> Vec<OsString> {
        Editor::parse(editor, "$EDITOR").unwrap().place(Path::new("/tmp/a b.yaml"), line)
    }

    #[test]
    fn words_are_split_as_a_shell_does_and_nothing_is_expanded() {
        let editor =
            Editor::parse(r#"'/opt/my editor' -c "set ft=yaml" $HOME ~ \; # x"#, "").unwrap();
        assert_eq!(editor.program, "/opt/my editor");
        assert_eq!(editor.arguments, ["-c", "set ft=yaml", "$HOME", "~", ";"]);
    }

    #[test]
    fn a_file_is_never_taken_for_an_option() {
        let editor = Editor::parse("vim", "$EDITOR").unwrap();
        assert_eq!(editor.place(Path::new("-c!x.yaml"), Some(2)), ["+2", "./-c!x.yaml"]);
        assert_eq!(editor.place(Path::new("-x/a.yaml"), None), ["./-x/a.yaml"]);
    }

    #[test]
    fn what_is_no_command_is_told() {
        for (text, what) in [("vim 'x", "a quote without an end"), ("''", "is empty")] {
            let error = Editor::parse(text, "$EDITOR").unwrap_err().to_string();
            assert!(error.contains(what) && error.contains("$EDITOR"), "{error}");
        }
    }

    #[test]
    fn a_line_is_told_in_the_editors_own_way_or_not_at_all() {
        assert_eq!(place("vim", None), ["/tmp/a b.yaml"]);
        assert_eq!(place("/usr/bin/nvim -n", Some(12)), ["+12", "/tmp/a b.yaml"]);
        assert_eq!(place("hx", Some(12)), ["/tmp/a b.yaml:12"]);
        assert_eq!(place("code --wait", Some(12)), ["--goto", "/tmp/a b.yaml:12"]);
        assert_eq!(place("my-editor", Some(12)), ["/tmp/a b.yaml"]);
    }
}
