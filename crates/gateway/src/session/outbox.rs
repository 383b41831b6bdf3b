use std::collections::VecDeque;

use crate::session::{Command, CommandError, CommandId};

/// The commands that wait to be sent. They survive connections.
#[derive(Clone, Debug)]
pub(crate) struct Outbox {
    queue: VecDeque<Outgoing>,
    capacity: usize,
    waiting_presence: Option<Outgoing>,
    presence: Option<Command>,
}

/// A command with its frame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Outgoing {
    pub(crate) id: Option<CommandId>,
    pub(crate) frame: String,
}

impl Outbox {
    pub(crate) const fn new(capacity: usize, presence: Option<Command>) -> Self {
        Self {
            queue: VecDeque::new(),
            capacity,
            waiting_presence: None,
            presence,
        }
    }

    /// Takes a command and its frame. Of presence updates only the latest waits; the one whose place
    /// it takes is given back.
    pub(crate) fn push(
        &mut self,
        command: Command,
        frame: String,
    ) -> Result<Option<Outgoing>, CommandError> {
        let outgoing = Outgoing {
            id: command.id,
            frame,
        };
        if command.presence {
            self.presence = Some(command);
            return Ok(self.waiting_presence.replace(outgoing));
        }
        if self.queue.len() >= self.capacity {
            return Err(CommandError::QueueFull);
        }
        self.queue.push_back(outgoing);
        Ok(None)
    }

    pub(crate) fn pop(&mut self) -> Option<Outgoing> {
        self.queue.pop_front()
    }

    pub(crate) const fn pop_presence(&mut self) -> Option<Outgoing> {
        self.waiting_presence.take()
    }

    /// Puts the latest presence in line again, for a session that could not begin with it.
    pub(crate) fn restore_presence(&mut self, frame: String) {
        self.waiting_presence
            .get_or_insert(Outgoing { id: None, frame });
    }

    /// The latest presence, sent or not.
    pub(crate) const fn presence(&self) -> Option<&Command> {
        self.presence.as_ref()
    }

    pub(crate) fn has_commands(&self) -> bool {
        !self.queue.is_empty()
    }

    pub(crate) const fn has_presence(&self) -> bool {
        self.waiting_presence.is_some()
    }

    pub(crate) fn len(&self) -> usize {
        self.queue.len() + usize::from(self.waiting_presence.is_some())
    }
}
