use std::{
    io::{BufRead, BufReader, Read},
    process::{Child, ChildStdout, Command, Stdio},
};

/// What came of a run.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) status: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

/// Runs `polycord simulate`, which is to end by itself.
pub(crate) fn run(args: &[&str]) -> Run {
    finish(command("simulate", args))
}

/// Runs `polycord inspect` on files.
pub(crate) fn inspect(args: &[&str]) -> Run {
    finish(command("inspect", args))
}

fn finish(mut command: Command) -> Run {
    let output = command.output().unwrap();
    Run {
        status: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// A program that serves; killed where a test fails before it has ended it.
pub(crate) struct Running {
    child: Child,
    out: BufReader<ChildStdout>,
    /// What it said at its start.
    told: String,
}

impl Running {
    /// Starts it on a free port, and waits until it serves.
    pub(crate) fn start(args: &[&str]) -> Self {
        let mut child = command("simulate", args)
            .args(["--port", "0"])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut told = String::new();
        while !told.contains("Ctrl-C ends it.") {
            assert_ne!(out.read_line(&mut told).unwrap(), 0, "it ended: {told}");
        }
        Self { child, out, told }
    }

    /// What stands behind a word at the beginning of a line.
    pub(crate) fn said(&self, word: &str) -> &str {
        let found = self.told.lines().find_map(|line| line.strip_prefix(word));
        found.unwrap().trim()
    }

    /// Ctrl-C.
    pub(crate) fn interrupt(mut self) -> Run {
        let id = self.child.id().to_string();
        let sent = Command::new("kill").args(["-INT", &id]).status().unwrap();
        assert!(sent.success());
        let (mut out, mut err) = (String::new(), String::new());
        self.out.read_to_string(&mut out).unwrap();
        let mut stderr = self.child.stderr.take().unwrap();
        stderr.read_to_string(&mut err).unwrap();
        let status = self.child.wait().unwrap().code().unwrap();
        Run { status, out, err }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It has ended by itself, where all went well.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn command(name: &str, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_polycord"));
    command.arg(name).args(args);
    command
}
