//! What exactly is different.

use std::collections::BTreeSet;
use std::sync::Arc;

use polycord_types::entitlement::Entitlement;
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::changes::{Change, Delta};
use super::{
    CachedBan, CachedChannel, CachedDmChannel, CachedGuild, CachedMember, CachedMessage,
    CachedPresence, CachedThreadMember, CachedUser, CachedVoiceState, GuildState, InGuild,
    ReadState,
};

/// A field that is different now; from [`Change::diff`].
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct FieldChange {
    /// The field, as Discord names it.
    pub field: String,
    /// Before; null if there was nothing.
    pub old: Value,
    /// After; null if there is nothing.
    pub new: Value,
}

impl Change {
    /// The fields that are different now, by name, as Discord writes them; none of what came or went as a
    /// whole.
    ///
    /// Compared are the fields at the top: a list of which one element changed is one field. This
    /// writes both sides as JSON, so ask only for what you show.
    ///
    /// # Examples
    ///
    /// ```
    /// use std::time::Duration;
    /// use polycord_cache::Cache;
    /// use polycord_types::gateway::Event;
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let cache = Cache::new();
    /// let topic = |topic: &str| {
    ///     let data = format!(r#"{{"id": "2", "type": 0, "guild_id": "1", "topic": "{topic}"}}"#);
    ///     Event::decode("CHANNEL_UPDATE", &data)
    /// };
    /// let _ = cache.apply(&topic("ducks")?, Duration::ZERO);
    /// for change in cache.apply(&topic("geese")?, Duration::ZERO) {
    ///     for field in change.diff() {
    ///         assert_eq!(field.field, "topic");
    ///         assert_eq!((field.old, field.new), ("ducks".into(), "geese".into()));
    ///     }
    /// }
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn diff(&self) -> Vec<FieldChange> {
        match self {
            Self::GuildUpdated { old, new }
            | Self::GuildAvailable {
                old: Some(old),
                new,
            } => compare(old, new),
            Self::Channel(delta) | Self::Thread(delta) => of(delta),
            Self::ThreadMember(delta) => of(delta),
            Self::Role(delta) => of(delta),
            Self::Emoji(delta) => of(delta),
            Self::Sticker(delta) => of(delta),
            Self::Sound(delta) => of(delta),
            Self::Member(delta) => of(delta),
            Self::Presence(delta) => of(delta),
            Self::Message(delta) => of(delta),
            Self::DmChannel(delta) => of(delta),
            Self::ReadState(delta) => of(delta),
            Self::Voice(delta) => of(delta),
            Self::Entitlement(delta) => of(delta),
            Self::User(delta) | Self::CurrentUser(delta) => of(delta),
            Self::StageInstance(delta) => of(delta),
            Self::ScheduledEvent(delta) => of(delta),
            Self::Integration(delta) => of(delta),
            Self::AutoModerationRule(delta) => of(delta),
            Self::Invite(delta) => of(delta),
            Self::Ban(delta) => of(delta),
            Self::GuildAdded { .. }
            | Self::GuildUnavailable { .. }
            | Self::GuildAvailable { old: None, .. }
            | Self::GuildRemoved { .. }
            | Self::UncachedMessageUpdated { .. }
            | Self::MessagesRemoved { .. }
            | Self::SoundPlayed { .. }
            | Self::RoleLost { .. }
            | Self::OwnVoice { .. }
            | Self::TypingStarted { .. }
            | Self::TypingStopped { .. }
            // The token is a secret.
            | Self::VoiceServer(_)
            | Self::Forgotten { .. } => Vec::new(),
        }
    }
}

fn of<T: Fields>(delta: &Delta<T>) -> Vec<FieldChange> {
    match delta {
        Delta::Updated { old, new } => compare(old, new),
        Delta::Added(_) | Delta::Removed(_) => Vec::new(),
    }
}

fn compare<T: Fields>(old: &T, new: &T) -> Vec<FieldChange> {
    let (mut old, mut new) = (old.fields(), new.fields());
    let names: BTreeSet<_> = old.keys().chain(new.keys()).cloned().collect();
    let fields = names.into_iter().map(|field| FieldChange {
        old: old.remove(&field).unwrap_or_default(),
        new: new.remove(&field).unwrap_or_default(),
        field,
    });
    fields.filter(|field| field.old != field.new).collect()
}

/// Something that has fields as Discord writes them.
trait Fields {
    fn fields(&self) -> Map<String, Value>;
}

fn written(model: &impl Serialize) -> Map<String, Value> {
    match serde_json::to_value(model) {
        Ok(Value::Object(fields)) => fields,
        // Models are objects, and have nothing that JSON cannot say.
        _ => Map::new(),
    }
}

impl Fields for CachedGuild {
    fn fields(&self) -> Map<String, Value> {
        let mut fields = written(self.model());
        // They are kept apart, and are none of the guild's fields here.
        for apart in ["roles", "emojis", "stickers"] {
            fields.remove(apart);
        }
        fields.insert("joined_at".to_owned(), json!(self.joined_at()));
        fields.insert("large".to_owned(), json!(self.is_large()));
        fields.insert("member_count".to_owned(), json!(self.member_count()));
        let unavailable = self.state() == GuildState::Unavailable;
        fields.insert("unavailable".to_owned(), json!(unavailable));
        fields
    }
}

impl Fields for CachedChannel {
    fn fields(&self) -> Map<String, Value> {
        written(&**self.model())
    }
}

impl Fields for CachedThreadMember {
    fn fields(&self) -> Map<String, Value> {
        let mut fields = Map::new();
        fields.insert("join_timestamp".to_owned(), json!(self.join_timestamp()));
        fields.insert("flags".to_owned(), json!(self.flags()));
        fields
    }
}

impl Fields for CachedMember {
    fn fields(&self) -> Map<String, Value> {
        written(&self.to_member())
    }
}

impl Fields for CachedPresence {
    fn fields(&self) -> Map<String, Value> {
        written(&self.to_presence())
    }
}

impl Fields for CachedMessage {
    /// Of users only the ids: who they are is none of the message's fields.
    fn fields(&self) -> Map<String, Value> {
        written(&self.row.to_message(self.channel_id, self.id, |_| None))
    }
}

impl Fields for CachedDmChannel {
    fn fields(&self) -> Map<String, Value> {
        let mut fields = Map::new();
        fields.insert("recipient_id".to_owned(), json!(self.recipient_id()));
        fields.insert("last_message_id".to_owned(), json!(self.last_message_id()));
        let pin = self.last_pin_timestamp();
        fields.insert("last_pin_timestamp".to_owned(), json!(pin));
        fields
    }
}

impl Fields for ReadState {
    fn fields(&self) -> Map<String, Value> {
        let mut fields = Map::new();
        fields.insert("unread".to_owned(), json!(self.unread));
        fields.insert("mentions".to_owned(), json!(self.mentions));
        fields.insert("is_estimate".to_owned(), json!(self.is_estimate));
        fields.insert("read_up_to".to_owned(), json!(self.read_up_to));
        fields.insert("newest".to_owned(), json!(self.newest));
        fields
    }
}

impl Fields for CachedVoiceState {
    fn fields(&self) -> Map<String, Value> {
        written(&self.to_voice_state())
    }
}

impl Fields for Arc<Entitlement> {
    fn fields(&self) -> Map<String, Value> {
        written(&**self)
    }
}

impl Fields for CachedUser {
    fn fields(&self) -> Map<String, Value> {
        written(&self.to_user())
    }
}

impl Fields for CachedBan {
    fn fields(&self) -> Map<String, Value> {
        let mut fields = Map::new();
        fields.insert("reason".to_owned(), json!(self.reason()));
        fields.insert("user".to_owned(), json!(self.user().to_user()));
        fields
    }
}

impl<T: Serialize> Fields for InGuild<T> {
    fn fields(&self) -> Map<String, Value> {
        written(&**self.model())
    }
}
