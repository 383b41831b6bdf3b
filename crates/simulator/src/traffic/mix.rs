/// Something that somebody in a crowd does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Act {
    /// Deletes the last message of a channel, if it is a person's who is still there.
    Delete,
    /// Edits the last message of a channel, if it is a person's who is still there.
    Edit,
    /// Joins a guild, as somebody new or as one of those who left. No more than 10,000 join.
    Join,
    /// Leaves a guild again, of those who joined.
    Leave,
    /// Writes a message.
    Message,
    /// Takes another nickname.
    Nick,
    /// Changes status, in all guilds they are in.
    Presence,
    /// Reacts to the last message of a channel, or takes that back.
    React,
    /// Starts typing.
    Type,
    /// Goes into a voice channel, into another, or out.
    Voice,
}

/// What a crowd does, and how much of each.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use]
pub struct Mix {
    /// What, and its weight.
    acts: Vec<(Act, u32)>,
}

impl Mix {
    /// Nothing yet: to be [filled](Self::with).
    pub fn new() -> Self {
        Self { acts: Vec::new() }
    }

    /// Talk: messages, a few edited and deleted, typing, reactions.
    pub fn chat() -> Self {
        Self::new()
            .with(Act::Message, 60)
            .with(Act::Type, 20)
            .with(Act::React, 14)
            .with(Act::Edit, 4)
            .with(Act::Delete, 2)
    }

    /// People who move between voice channels.
    pub fn voice() -> Self {
        Self::new().with(Act::Voice, 1)
    }

    /// People who come online and go.
    pub fn presence() -> Self {
        Self::new().with(Act::Presence, 1)
    }

    /// A day on Discord: for the most part presences, talk, and a little of everything.
    pub fn day() -> Self {
        Self::new()
            .with(Act::Presence, 500)
            .with(Act::Message, 250)
            .with(Act::Type, 120)
            .with(Act::React, 60)
            .with(Act::Voice, 40)
            .with(Act::Edit, 10)
            .with(Act::Nick, 8)
            .with(Act::Delete, 4)
            .with(Act::Join, 4)
            .with(Act::Leave, 4)
    }

    /// So much of this in relation to the rest; what is named twice counts twice.
    pub fn with(mut self, act: Act, weight: u32) -> Self {
        self.acts.push((act, weight));
        self
    }

    /// Whether nothing ever happens.
    pub(super) fn is_empty(&self) -> bool {
        self.acts.iter().all(|(_, weight)| *weight == 0)
    }

    /// One of the acts, as often as it weighs.
    pub(super) fn pick(&self, rng: &mut fastrand::Rng) -> Option<Act> {
        let all: u64 = self.acts.iter().map(|(_, weight)| u64::from(*weight)).sum();
        let mut at = rng.u64(..all.max(1));
        self.acts.iter().find_map(|(act, weight)| {
            let weight = u64::from(*weight);
            let here = at < weight;
            at = at.saturating_sub(weight);
            here.then_some(*act)
        })
    }
}

impl Default for Mix {
    /// [`Mix::day`].
    fn default() -> Self {
        Self::day()
    }
}
