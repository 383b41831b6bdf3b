//! A bot in a process of its own.

use std::collections::VecDeque;
use std::process::{ExitStatus, Stdio};
use std::sync::{Arc, Mutex, PoisonError};

use tokio::io::{AsyncBufReadExt, AsyncRead, BufReader};
use tokio::process::{Child, Command};

/// Lines of its output that are kept, and the characters of one.
const KEPT: usize = 200;
const WIDTH: usize = 600;

/// Killed when it is dropped.
pub(crate) struct Bot {
    child: Child,
    output: Arc<Mutex<VecDeque<String>>>,
}

impl Bot {
    pub(crate) fn start(
        command: &[String],
        environment: &[(&str, String)],
    ) -> std::io::Result<Self> {
        let (program, arguments) = command.split_first().ok_or_else(|| {
            std::io::Error::other("the command that starts the bot is to be given")
        })?;
        let mut child = Command::new(program)
            .args(arguments)
            .envs(environment.iter().map(|(name, value)| (*name, value)))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()?;
        let output = Arc::default();
        if let Some(from) = child.stdout.take() {
            tokio::spawn(keep(from, Arc::clone(&output)));
        }
        if let Some(from) = child.stderr.take() {
            tokio::spawn(keep(from, Arc::clone(&output)));
        }
        Ok(Self { child, output })
    }

    /// Waits until it has ended. Nothing is lost when the future is dropped.
    pub(crate) async fn ended(&mut self) -> std::io::Result<ExitStatus> {
        self.child.wait().await
    }

    /// The end of what it said.
    pub(crate) fn output(&self) -> String {
        let lines = self.output.lock().unwrap_or_else(PoisonError::into_inner);
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        lines.join("\n")
    }
}

async fn keep(from: impl AsyncRead + Unpin, to: Arc<Mutex<VecDeque<String>>>) {
    let mut lines = BufReader::new(from).lines();
    while let Ok(Some(line)) = lines.next_line().await {
        let mut kept = to.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() == KEPT {
            kept.pop_front();
        }
        kept.push_back(line.chars().take(WIDTH).collect());
    }
}
