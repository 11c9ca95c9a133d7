//! A terminal of a size and with variables, before a program runs on it.

use super::{Heard, Screen, modes, pty_size};
use crate::home::Home;
use portable_pty::{CommandBuilder, native_pty_system};
use std::ffi::OsStr;
use std::io::Read;
use std::num::NonZeroU16;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::channel;
use std::thread;

/// A terminal in somebody's home; of 24 rows and 80 columns, with 256 colours, unless told otherwise.
pub struct Terminal {
    size: (u16, u16),
    command: CommandBuilder,
}

impl Terminal {
    pub fn of(home: &Home) -> Self {
        let kata = home.command(&[]);
        let mut command = CommandBuilder::new(kata.get_program());
        command.env_clear();
        command.cwd(kata.get_current_dir().unwrap());
        for (name, value) in kata.get_envs() {
            command.env(name, value.unwrap());
        }
        // Editors and viewers are found where they usually are.
        command.env("PATH", "/usr/bin:/bin");
        Terminal { size: (24, 80), command }
    }

    /// Rows and columns.
    pub fn size(mut self, size: (u16, u16)) -> Self {
        self.size = size;
        self
    }

    /// With a variable of the environment.
    pub fn env(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.command.env(name, value);
        self
    }

    /// Runs kata on it.
    pub fn run(mut self, arguments: &[&str]) -> Screen {
        self.command.args(arguments);
        self.start()
    }

    /// Runs a script of the shell on it, in which `kata` is kata.
    pub fn script(mut self, script: &str) -> Screen {
        let program = env!("CARGO_BIN_EXE_kata");
        let script = format!("kata() {{ '{program}' \"$@\"; }}; {script}");
        *self.command.get_argv_mut() = ["sh", "-c", &script].map(Into::into).into();
        self.start()
    }

    fn start(self) -> Screen {
        let pair = native_pty_system().openpty(pty_size(self.size)).unwrap();
        let modes = vec![modes::of(&*pair.master)];
        let mut reader = pair.master.try_clone_reader().unwrap();
        let writer = pair.master.take_writer().unwrap();
        let (speak, heard) = channel();
        let leave = Arc::new(AtomicBool::new(false));
        let mut child = pair.slave.spawn_command(self.command).unwrap();
        let process = child.process_id().unwrap();
        thread::spawn({
            let (speak, leave) = (speak.clone(), Arc::clone(&leave));
            move || {
                let mut bytes = vec![0; 1 << 16];
                // A test that is over listens no more; what comes is read all the same, so that
                // the program is not held up.
                while let Ok(count @ 1..) = reader.read(&mut bytes) {
                    if leave.load(Ordering::Acquire) {
                        return;
                    }
                    let _ = speak.send(Heard::Bytes(bytes[..count].to_vec()));
                }
                let _ = speak.send(Heard::Closed);
            }
        });
        thread::spawn(move || {
            let status = child.wait().unwrap();
            let code = i32::try_from(status.exit_code()).ok();
            let _ = speak.send(Heard::Ended(code.filter(|_| status.signal().is_none())));
        });
        let (rows, columns) = self.size;
        let grid = vt100::Parser::new(
            NonZeroU16::new(rows).unwrap(),
            NonZeroU16::new(columns).unwrap(),
            0,
        );
        Screen {
            grid,
            raw: Vec::new(),
            heard,
            master: Some(pair.master),
            writer: Some(writer),
            slave: Some(pair.slave),
            leave,
            process,
            modes,
            status: None,
            closed: false,
        }
    }
}
