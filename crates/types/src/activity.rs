//! What a user is doing.
//!
//! [`Activity`] is what is shown below a name, and what a bot builds to show itself.
//!
//! See [activity](https://docs.discord.com/developers/events/gateway-events#activity-object).

mod build;

use polycord_types_derive::Model;
use serde::{Serialize, Serializer};

use crate::{
    Secret, Text,
    decode::{Decode, Fault, Reader},
    id::{ApplicationId, EmojiId},
};

/// What a user is doing: a game, a stream, a song, a custom status.
///
/// Of bots only `name`, `state`, `kind` and `url` count.
///
/// See [the documentation](https://docs.discord.com/developers/events/gateway-events#activity-object-activity-structure).
#[derive(Clone, Debug, Default, PartialEq, Model)]
pub struct Activity {
    /// Name of the activity.
    pub name: Text,
    /// What kind of activity.
    #[model(rename = "type")]
    pub kind: ActivityType,
    /// Address of the stream.
    #[model(optional, nullable)]
    pub url: Option<Text>,
    /// When it was added to the session, in milliseconds since 1970.
    #[model(omit_default)]
    pub created_at: u64,
    /// When it began or ends.
    pub timestamps: Option<ActivityTimestamps>,
    /// The application of a game.
    pub application_id: Option<ApplicationId>,
    /// Which field the member list shows.
    #[model(optional, nullable)]
    pub status_display_type: Option<StatusDisplayType>,
    /// What is being done.
    #[model(optional, nullable)]
    pub details: Option<Text>,
    /// Address behind `details`.
    #[model(optional, nullable)]
    pub details_url: Option<Text>,
    /// The party's status, or the text of a custom status.
    #[model(optional, nullable)]
    pub state: Option<Text>,
    /// Address behind `state`.
    #[model(optional, nullable)]
    pub state_url: Option<Text>,
    /// Emoji of a custom status.
    #[model(optional, nullable)]
    pub emoji: Option<ActivityEmoji>,
    /// The party the user is in.
    pub party: Option<ActivityParty>,
    /// Images and their hover texts.
    pub assets: Option<Box<ActivityAssets>>,
    /// Secrets for joining and spectating.
    pub secrets: Option<Box<ActivitySecrets>>,
    /// Whether it is one running game instance.
    pub instance: Option<bool>,
    /// What the activity offers.
    pub flags: Option<ActivityFlags>,
    /// Buttons, at most two. Discord tells only their labels; to show them, send whole [links](ActivityLink).
    pub buttons: Option<Vec<ActivityButton>>,
}

/// When an activity began or ends, in milliseconds since 1970.
///
/// See [the documentation](https://docs.discord.com/developers/events/gateway-events#activity-object-activity-timestamps).
#[derive(Clone, Debug, Default, PartialEq, Model)]
pub struct ActivityTimestamps {
    /// When it began.
    pub start: Option<u64>,
    /// When it ends.
    pub end: Option<u64>,
}

/// Emoji of a custom status.
///
/// See [the documentation](https://docs.discord.com/developers/events/gateway-events#activity-object-activity-emoji).
#[derive(Clone, Debug, Default, PartialEq, Model)]
pub struct ActivityEmoji {
    /// The name, or the characters of a standard emoji.
    #[model(nullable)]
    pub name: Option<Text>,
    /// Identifies a custom emoji.
    #[model(optional, nullable)]
    pub id: Option<EmojiId>,
    /// Whether it moves.
    pub animated: Option<bool>,
}

/// The party a user plays in.
///
/// See [the documentation](https://docs.discord.com/developers/events/gateway-events#activity-object-activity-party).
#[derive(Clone, Debug, Default, PartialEq, Model)]
pub struct ActivityParty {
    /// Identifies the party.
    pub id: Option<Text>,
    /// How many there are, and can be.
    pub size: Option<PartySize>,
}

/// How many players a party has, and can have: an array of two numbers on the wire.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
pub struct PartySize {
    /// Players in the party.
    pub current: u32,
    /// Players there can be.
    pub max: u32,
}

impl Decode for PartySize {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, Fault> {
        let (current, max) = reader.pair("a list of two numbers")?;
        Ok(Self { current, max })
    }
}

deserialize!(PartySize);
heap_size!(PartySize: nothing);

impl Serialize for PartySize {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (self.current, self.max).serialize(serializer)
    }
}

/// An activity's images and their hover texts.
///
/// See [the documentation](https://docs.discord.com/developers/events/gateway-events#activity-object-activity-assets).
#[derive(Clone, Debug, Default, PartialEq, Model)]
pub struct ActivityAssets {
    /// The large image: an asset's id, or a media proxy path.
    pub large_image: Option<Text>,
    /// Hover text of the large image.
    pub large_text: Option<Text>,
    /// Address behind the large image.
    pub large_url: Option<Text>,
    /// The small image: an asset's id, or a media proxy path.
    pub small_image: Option<Text>,
    /// Hover text of the small image.
    pub small_text: Option<Text>,
    /// Address behind the small image.
    pub small_url: Option<Text>,
    /// Banner of game invites.
    pub invite_cover_image: Option<Text>,
}

/// Secrets for joining and spectating.
///
/// See [the documentation](https://docs.discord.com/developers/events/gateway-events#activity-object-activity-secrets).
#[derive(Clone, Debug, Default, PartialEq, Model)]
pub struct ActivitySecrets {
    /// For joining a party.
    pub join: Option<Secret>,
    /// For spectating.
    pub spectate: Option<Secret>,
    /// For one match.
    #[model(rename = "match")]
    pub match_secret: Option<Secret>,
}

/// A button of an activity: on the wire a text where it is received, an object where it is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ActivityButton {
    /// The text on it.
    Label(Text),
    /// The text on it, and where it leads.
    Link(ActivityLink),
}

/// A button of an activity, as it is sent.
///
/// See [the documentation](https://docs.discord.com/developers/events/gateway-events#activity-object-activity-buttons).
#[derive(Clone, Debug, Default, PartialEq, Eq, Model)]
pub struct ActivityLink {
    /// The text on it, 1 to 32 characters.
    pub label: Text,
    /// Where it leads, 1 to 512 characters.
    pub url: Text,
}

impl ActivityButton {
    /// A button to be sent: a text of 1 to 32 characters, and an address of 1 to 512.
    #[must_use]
    pub fn link(label: impl Into<Text>, url: impl Into<Text>) -> Self {
        Self::Link(ActivityLink {
            label: label.into(),
            url: url.into(),
        })
    }

    /// The text on it.
    #[must_use]
    pub fn label(&self) -> &str {
        match self {
            Self::Label(label) | Self::Link(ActivityLink { label, .. }) => label,
        }
    }
}

impl Decode for ActivityButton {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, Fault> {
        if reader.peek() == Some(b'{') {
            ActivityLink::decode(reader).map(Self::Link)
        } else {
            Text::decode(reader).map(Self::Label)
        }
    }
}

deserialize!(ActivityButton);
heap_size!(ActivityButton: Label Link);

impl Serialize for ActivityButton {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Label(label) => label.serialize(serializer),
            Self::Link(link) => link.serialize(serializer),
        }
    }
}

open_enum! {
    /// The kind of an activity.
    ///
    /// See [the documentation](https://docs.discord.com/developers/events/gateway-events#activity-object-activity-types).
    pub enum ActivityType: u32 {
        /// Plays `name`.
        Playing = 0,
        /// Streams `details`.
        Streaming = 1,
        /// Listens to `name`.
        Listening = 2,
        /// Watches `name`.
        Watching = 3,
        /// A custom status: `emoji` and `state`.
        Custom = 4,
        /// Competes in `name`.
        Competing = 5,
    }
}

open_enum! {
    /// Which field of an activity the member list shows.
    ///
    /// See [the documentation](https://docs.discord.com/developers/events/gateway-events#activity-object-status-display-types).
    pub enum StatusDisplayType: u32 {
        /// `name`.
        Name = 0,
        /// `state`.
        State = 1,
        /// `details`.
        Details = 2,
    }
}

flags! {
    /// What an activity offers.
    ///
    /// See [the documentation](https://docs.discord.com/developers/events/gateway-events#activity-object-activity-flags).
    pub struct ActivityFlags: u64 {
        /// It is one running instance.
        const INSTANCE = 1 << 0;
        /// It can be joined.
        const JOIN = 1 << 1;
        /// It can be spectated.
        const SPECTATE = 1 << 2;
        /// One can ask to join.
        const JOIN_REQUEST = 1 << 3;
        /// It can be played in step.
        const SYNC = 1 << 4;
        /// It can be played.
        const PLAY = 1 << 5;
        /// Friends may join the party.
        const PARTY_PRIVACY_FRIENDS = 1 << 6;
        /// Those in the same voice channel may join the party.
        const PARTY_PRIVACY_VOICE_CHANNEL = 1 << 7;
        /// It runs inside Discord.
        const EMBEDDED = 1 << 8;
    }
}
