//! What the handles of a shard want of its task.

use std::{
    collections::VecDeque,
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use crate::Command;

/// The bounded queue of commands, and the wishes that need no queue because only the last one counts.
#[derive(Debug)]
pub(crate) struct Inbox {
    bound: usize,
    /// There may be something that the task has not seen.
    dirty: AtomicBool,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    commands: VecDeque<Command>,
    closed: bool,
    wishes: Wishes,
}

/// What a handle wants, apart from sending.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Wishes {
    /// Stop, resumably or not.
    pub(crate) stop: Option<bool>,
    /// How often a backoff was to be ended.
    pub(crate) wakes: u64,
}

/// Why a command was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    Closed,
    Full,
}

impl Inbox {
    pub(crate) fn new(bound: usize) -> Self {
        Self {
            bound,
            dirty: AtomicBool::new(false),
            state: Mutex::default(),
        }
    }

    pub(crate) fn push(&self, command: Command) -> Result<(), (Refusal, Command)> {
        let mut state = self.lock();
        if state.closed {
            return Err((Refusal::Closed, command));
        }
        if state.commands.len() >= self.bound {
            return Err((Refusal::Full, command));
        }
        state.commands.push_back(command);
        self.dirty.store(true, Ordering::Release);
        Ok(())
    }

    pub(crate) fn wish(&self, change: impl FnOnce(&mut Wishes)) {
        change(&mut self.lock().wishes);
        self.dirty.store(true, Ordering::Release);
    }

    /// Whether something came in since it was last asked.
    pub(crate) fn take_dirty(&self) -> bool {
        self.dirty.load(Ordering::Relaxed) && self.dirty.swap(false, Ordering::Acquire)
    }

    pub(crate) fn wishes(&self) -> Wishes {
        self.lock().wishes
    }

    pub(crate) fn pop(&self) -> Option<Command> {
        let mut state = self.lock();
        let command = state.commands.pop_front();
        if state.commands.is_empty() {
            // Few shards send often, and all of them wait.
            state.commands = VecDeque::new();
        }
        command
    }

    /// Takes no more commands, and gives back those that wait.
    pub(crate) fn close(&self) -> VecDeque<Command> {
        let mut state = self.lock();
        state.closed = true;
        std::mem::take(&mut state.commands)
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
