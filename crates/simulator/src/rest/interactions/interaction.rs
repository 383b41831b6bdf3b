//! An interaction: what somebody started, and what the bot has answered so far.

use std::time::Duration;

use serde_json::Value;
use tokio::time::Instant;

use crate::core::{Core, State};
use crate::gateway::dispatch::Happening;
use crate::world::objects;

/// The first answer must come within this time.
pub(super) const ANSWER_WITHIN: Duration = Duration::from_secs(3);
/// The token works so long.
pub(super) const TOKEN_LIVES: Duration = Duration::from_secs(15 * 60);
/// More interactions than this are swept of those whose token is dead.
const SWEEP: usize = 10_000;

/// An interaction an actor started.
#[derive(Debug)]
pub(crate) struct Interaction {
    pub(crate) id: u64,
    pub(crate) token: String,
    pub(crate) channel: u64,
    pub(crate) user: u64,
    pub(crate) kind: InteractionKind,
    pub(crate) at: Instant,
    /// The body of the callback.
    pub(crate) callback: Option<Value>,
    /// The message the callback made, or changed.
    pub(crate) original: Option<u64>,
    /// Messages only the user sees, and so are in no channel's list.
    pub(crate) hidden: Vec<Value>,
    pub(crate) followups: Vec<u64>,
    /// Whether only the user installed the application, and not the guild.
    pub(crate) user_installed: bool,
}

/// What somebody did, as far as the answers depend on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum InteractionKind {
    /// Ran a command: slash (1), on a user (2), on a message (3), or an activity's start (4).
    Command { name: String, kind: u8 },
    /// Used a component of this message: pressed a button, chose from a select.
    Component { message: u64 },
    /// Is typing an option of this type.
    Autocomplete { option: u8 },
    /// Submitted a modal; one that a component opened knows that component's message.
    Modal { message: Option<u64> },
}

impl InteractionKind {
    /// `type` on the wire.
    pub(crate) fn number(&self) -> u8 {
        match self {
            Self::Command { .. } => 2,
            Self::Component { .. } => 3,
            Self::Autocomplete { .. } => 4,
            Self::Modal { .. } => 5,
        }
    }

    /// The type of the option that is being typed; 0 where nothing is.
    pub(super) fn option(&self) -> u8 {
        match self {
            Self::Autocomplete { option } => *option,
            _ => 0,
        }
    }

    /// The message a component of which led here.
    pub(crate) fn message(&self) -> Option<u64> {
        match self {
            Self::Component { message } => Some(*message),
            Self::Modal { message } => *message,
            Self::Command { .. } | Self::Autocomplete { .. } => None,
        }
    }
}

impl Interaction {
    /// An interaction that starts now, under a token of its own.
    pub(crate) fn new(id: u64, channel: u64, user: u64, kind: InteractionKind) -> Self {
        let token = format!(
            "interaction-{id:x}-{:016x}",
            id.rotate_left(17) ^ 0x9e37_79b9
        );
        Self {
            id,
            token,
            channel,
            user,
            kind,
            at: Instant::now(),
            callback: None,
            original: None,
            hidden: Vec::new(),
            followups: Vec::new(),
            user_installed: false,
        }
    }
}

impl Core {
    /// Keeps an interaction to be answered, and tells the bot of it: over HTTP if the application has
    /// a URL for interactions, else by `INTERACTION_CREATE`. `told` is the whole object.
    pub(crate) fn offer(&self, state: &mut State, mut interaction: Interaction, told: Value) {
        let guild = objects::snowflake(&told["guild_id"]);
        let owners = &told["authorizing_integration_owners"];
        interaction.user_installed = owners.get("0").is_none() && owners.get("1").is_some();
        let id = interaction.id;
        keep(state, interaction);
        if self.send_interaction(state, id, &told) {
            return;
        }
        self.dispatch(state, &Happening::new("INTERACTION_CREATE", guild, told));
    }
}

fn keep(state: &mut State, interaction: Interaction) {
    if state.interactions.len() >= SWEEP {
        state
            .interactions
            .retain(|_, old| old.at.elapsed() <= TOKEN_LIVES);
    }
    state.interactions.insert(interaction.id, interaction);
}

/// A message that answers an interaction, or that its component is of.
pub(crate) fn response(state: &State, id: u64, message: u64) -> Option<Value> {
    let channel = state.interactions.get(&id)?.channel;
    message_anywhere(state, channel, message).cloned()
}

/// A message of a channel, or one that only one user sees.
pub(crate) fn message_anywhere(state: &State, channel: u64, message: u64) -> Option<&Value> {
    let found = state.world.message(channel, message);
    found.or_else(|| {
        let mut hidden = state.interactions.values().flat_map(|kept| &kept.hidden);
        hidden.find(|hidden| objects::id(hidden) == message)
    })
}
