use polycord_types_derive::Model;

use crate::{
    Text,
    gateway::OpCode,
    id::{GuildId, UserId},
};

/// Asks for members of a guild; one or more `GUILD_MEMBERS_CHUNK` answer.
///
/// See [request guild members](https://docs.discord.com/developers/events/gateway-events#request-guild-members).
///
/// ```
/// use polycord_types::{gateway::send::RequestGuildMembers, id::{GuildId, UserId}};
///
/// let request = RequestGuildMembers::users(GuildId::new(1), [UserId::new(2)]).nonce("a");
/// assert_eq!(serde_json::to_string(&request)?, r#"{"guild_id":"1","user_ids":["2"],"nonce":"a"}"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Model)]
pub struct RequestGuildMembers {
    /// The guild.
    #[model(key)]
    pub guild_id: GuildId,
    /// What the name of a member starts with; empty for everybody.
    pub query: Option<Text>,
    /// How many members at most; 0 with an empty `query` is everybody. Needed with `query`.
    pub limit: Option<u32>,
    /// Whether their presences should come with them; needs the intent `GUILD_PRESENCES`.
    pub presences: Option<bool>,
    /// Which users, at most 100.
    pub user_ids: Option<Vec<UserId>>,
    /// A text of up to 32 bytes that the answer repeats.
    pub nonce: Option<Text>,
}

impl RequestGuildMembers {
    /// The opcode it is sent with.
    pub const OP: OpCode = OpCode::RequestGuildMembers;

    /// Asks for every member; needs the intent `GUILD_MEMBERS`.
    #[must_use]
    pub fn everybody(guild_id: GuildId) -> Self {
        Self::starting_with(guild_id, "", 0)
    }

    /// Asks for up to `limit` (at most 100) members whose name starts with a text.
    #[must_use]
    pub fn starting_with(guild_id: GuildId, query: impl Into<Text>, limit: u32) -> Self {
        let query = Some(query.into());
        Self {
            query,
            limit: Some(limit),
            ..Self::empty(guild_id)
        }
    }

    /// Asks for these users, at most 100.
    #[must_use]
    pub fn users(guild_id: GuildId, users: impl IntoIterator<Item = UserId>) -> Self {
        Self {
            user_ids: Some(users.into_iter().collect()),
            ..Self::empty(guild_id)
        }
    }

    /// Asks for their presences too; needs the intent `GUILD_PRESENCES`.
    #[must_use]
    pub const fn with_presences(mut self) -> Self {
        self.presences = Some(true);
        self
    }

    /// Sets a text of up to 32 bytes that the answer repeats.
    #[must_use]
    pub fn nonce(mut self, nonce: impl Into<Text>) -> Self {
        self.nonce = Some(nonce.into());
        self
    }

    const fn empty(guild_id: GuildId) -> Self {
        Self {
            guild_id,
            query: None,
            limit: None,
            presences: None,
            user_ids: None,
            nonce: None,
        }
    }
}
