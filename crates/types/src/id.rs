//! Typed ids: one newtype for each kind of thing that Discord numbers.
//!
//! Every id is a [snowflake](https://docs.discord.com/developers/reference#snowflakes): a 64-bit number
//! that says when it was made. It is never 0, so that an `Option` of an id takes 8 bytes.
//!
//! ```
//! use polycord_types::id::{GuildId, RoleId};
//!
//! let guild: GuildId = "197038439483310086".parse()?;
//! assert_eq!(guild.created_at().to_string(), "2016-06-27T17:20:24.770000+00:00");
//! assert_eq!(guild.everyone_role(), RoleId::new(197038439483310086));
//! # Ok::<(), polycord_types::id::ParseIdError>(())
//! ```

use std::{fmt, num::NonZeroU64, str::FromStr};

use serde::{Serialize, Serializer};

use crate::{
    Timestamp,
    decode::{Blank, Decode, Fault, Reader},
};

/// The first second of 2015 in milliseconds of the Unix epoch: where snowflakes start counting.
const DISCORD_EPOCH_MS: i64 = 1_420_070_400_000;

/// A text or number that is no id: ids are decimal, above 0 and fit 64 bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParseIdError(());

impl fmt::Display for ParseIdError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not an id: expected a decimal number above 0 that fits 64 bits")
    }
}

impl std::error::Error for ParseIdError {}

macro_rules! ids {
    ($($(#[$meta:meta])* $Name:ident)*) => {$(
        $(#[$meta])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $Name(NonZeroU64);

        impl $Name {
            /// Makes an id of a number.
            ///
            /// # Panics
            ///
            /// The number is 0. Use `try_from` for one that comes from outside.
            #[must_use]
            pub const fn new(id: u64) -> Self {
                match NonZeroU64::new(id) {
                    Some(id) => Self(id),
                    None => panic!("an id is never 0"),
                }
            }

            /// The number.
            #[must_use]
            pub const fn get(self) -> u64 {
                self.0.get()
            }

            /// When the thing was made, to the millisecond.
            #[must_use]
            pub const fn created_at(self) -> Timestamp {
                created_at(self.0)
            }

            /// The lowest id that a thing made at a time can have: what `before` and `after` of a list
            /// take to mean the time. Times that ids cannot tell give the nearest.
            #[must_use]
            pub const fn first_at(time: Timestamp) -> Self {
                Self(first_at(time))
            }

            /// Which of Discord's workers made the id.
            #[must_use]
            pub const fn worker(self) -> u8 {
                (self.0.get() >> 17 & 0x1F) as u8
            }

            /// Which process of the worker made the id.
            #[must_use]
            pub const fn process(self) -> u8 {
                (self.0.get() >> 12 & 0x1F) as u8
            }

            /// How many ids the process had made before this one, modulo 4096.
            #[must_use]
            pub const fn increment(self) -> u16 {
                (self.0.get() & 0xFFF) as u16
            }
        }

        impl fmt::Debug for $Name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($Name), "({})"), self.0)
            }
        }

        impl fmt::Display for $Name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $Name {
            type Err = ParseIdError;

            fn from_str(text: &str) -> Result<Self, ParseIdError> {
                parse(text).map(Self)
            }
        }

        impl TryFrom<u64> for $Name {
            type Error = ParseIdError;

            fn try_from(id: u64) -> Result<Self, ParseIdError> {
                NonZeroU64::new(id).map(Self).ok_or(ParseIdError(()))
            }
        }

        impl From<NonZeroU64> for $Name {
            fn from(id: NonZeroU64) -> Self {
                Self(id)
            }
        }

        impl From<$Name> for u64 {
            fn from(id: $Name) -> Self {
                id.get()
            }
        }

        impl Decode for $Name {
            fn decode(reader: &mut Reader<'_>) -> Result<Self, Fault> {
                reader.id().map(Self)
            }
        }

        impl Blank for $Name {
            #[inline]
            fn blank() -> Self {
                Self(NonZeroU64::MIN)
            }
        }

        deserialize!($Name);
        heap_size!($Name: nothing);

        impl Serialize for $Name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(&self.0)
            }
        }
    )*};
}

ids! {
    /// The id of an application.
    ApplicationId
    /// The id of a file attached to a message.
    AttachmentId
    /// The id of an entry of the audit log.
    AuditLogEntryId
    /// The id of an auto moderation rule.
    AutoModerationRuleId
    /// The id of a channel or thread.
    ChannelId
    /// The id of an application command.
    CommandId
    /// The id of a custom emoji.
    EmojiId
    /// The id of an entitlement.
    EntitlementId
    /// The id of a guild.
    GuildId
    /// The id of an integration of a guild.
    IntegrationId
    /// The id of an interaction.
    InteractionId
    /// The id of a lobby.
    LobbyId
    /// The id of a message.
    MessageId
    /// The id of an onboarding prompt or of one of its options.
    OnboardingPromptId
    /// The id of a role.
    RoleId
    /// The id of a scheduled event.
    ScheduledEventId
    /// The id of a SKU.
    SkuId
    /// The id of a soundboard sound.
    SoundId
    /// The id of a stage instance.
    StageInstanceId
    /// The id of a sticker.
    StickerId
    /// The id of a pack of stickers.
    StickerPackId
    /// The id of a subscription.
    SubscriptionId
    /// The id of the listing of a role subscription.
    SubscriptionListingId
    /// The id of a tag of a forum or media channel.
    TagId
    /// The id of a developer team.
    TeamId
    /// The id of a user.
    UserId
    /// The id of a webhook.
    WebhookId
    /// The id of something whose kind the context decides, as the target of a command.
    GenericId
}

impl ApplicationId {
    /// The id of the application's bot user, which is the same number for applications made since
    /// 2016.
    #[must_use]
    pub const fn bot_user(self) -> UserId {
        UserId(self.0)
    }
}

impl ChannelId {
    /// The message that the thread hangs on: it has the thread's number. In a forum it is the post's
    /// first message.
    #[must_use]
    pub const fn starter_message(self) -> MessageId {
        MessageId(self.0)
    }
}

impl GuildId {
    /// The role that every member has: it has the guild's number.
    #[must_use]
    pub const fn everyone_role(self) -> RoleId {
        RoleId(self.0)
    }
}

impl MessageId {
    /// The thread started from the message: it has the message's number.
    #[must_use]
    pub const fn thread(self) -> ChannelId {
        ChannelId(self.0)
    }
}

impl GenericId {
    /// The same number as an id of a kind.
    #[must_use]
    pub fn cast<T: From<NonZeroU64>>(self) -> T {
        T::from(self.0)
    }
}

const fn created_at(id: NonZeroU64) -> Timestamp {
    // 42 bits of milliseconds: in micros they stay far below the limits of an i64.
    #[expect(clippy::cast_possible_wrap, reason = "42 bits fit")]
    let ms = (id.get() >> 22) as i64;
    Timestamp::from_micros((ms + DISCORD_EPOCH_MS) * 1000)
}

const fn first_at(time: Timestamp) -> NonZeroU64 {
    const LAST: i64 = (1 << 42) - 1;
    let ms = time.as_millis().saturating_sub(DISCORD_EPOCH_MS);
    let ms = if ms < 0 {
        0
    } else if ms > LAST {
        LAST
    } else {
        ms
    };
    // 0 is no id.
    match NonZeroU64::new(ms.unsigned_abs() << 22) {
        Some(id) => id,
        None => NonZeroU64::MIN,
    }
}

fn parse(text: &str) -> Result<NonZeroU64, ParseIdError> {
    // `parse` alone would take a plus sign.
    if !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(ParseIdError(()));
    }
    text.parse().map_err(|_| ParseIdError(()))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    /// Numbers of every length, from a fixed multiplicative sequence.
    fn numbers() -> impl Iterator<Item = u64> {
        (0..64_u32).flat_map(|shift| {
            (1..40_u64).map(move |n| (n.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> shift) | 1)
        })
    }

    #[test]
    fn an_optional_id_takes_8_bytes() {
        assert_eq!(size_of::<Option<GuildId>>(), 8);
    }

    #[test]
    fn every_number_survives_text_and_json() {
        for number in numbers().chain([1, u64::MAX]) {
            let id = UserId::new(number);
            assert_eq!(id.to_string().parse(), Ok(id));
            let json = serde_json::to_string(&id).unwrap();
            assert_eq!(json, format!("\"{number}\""));
            assert_eq!(serde_json::from_str::<UserId>(&json).unwrap(), id);
            assert_eq!(
                serde_json::from_str::<UserId>(&number.to_string()).unwrap(),
                id
            );
            assert_eq!(serde_json::from_value::<UserId>(number.into()).unwrap(), id);
        }
    }

    #[test]
    fn what_is_no_id_is_refused() {
        for text in [
            "",
            "0",
            "+1",
            "-1",
            "1.0",
            " 1",
            "x",
            "18446744073709551616",
        ] {
            assert_eq!(text.parse::<UserId>(), Err(ParseIdError(())), "{text}");
        }
        for json in ["0", "-1", "1.5", "\"\"", "null", "[]", "true"] {
            assert!(serde_json::from_str::<UserId>(json).is_err(), "{json}");
        }
    }

    #[test]
    fn ids_are_map_keys() {
        let map = BTreeMap::from([(UserId::new(2), 1), (UserId::new(10), 2)]);
        let json = serde_json::to_string(&map).unwrap();
        assert_eq!(json, r#"{"2":1,"10":2}"#);
        assert_eq!(
            serde_json::from_str::<BTreeMap<UserId, i32>>(&json).unwrap(),
            map
        );
    }

    #[test]
    #[should_panic(expected = "an id is never 0")]
    fn zero_panics() {
        let _ = RoleId::new(0);
    }

    #[test]
    fn the_documented_snowflake_gives_its_documented_time() {
        let id = MessageId::new(175_928_847_299_117_063);
        assert_eq!(id.created_at().as_millis(), 1_462_015_105_796);
    }

    #[test]
    fn the_documented_snowflake_has_its_documented_parts() {
        let id = MessageId::new(175_928_847_299_117_063);
        assert_eq!((id.worker(), id.process(), id.increment()), (1, 0, 7));
        assert_eq!(
            MessageId::new(u64::MAX).worker(),
            MessageId::new(0b11111 << 17).worker()
        );
    }

    #[test]
    fn the_first_id_of_a_time_is_the_lowest_made_then() {
        for number in numbers() {
            let id = UserId::new(number);
            let first = UserId::first_at(id.created_at());
            assert!(first <= id, "{id}");
            assert_eq!(first.created_at(), id.created_at(), "{id}");
            assert!(
                first.get() == 1 || first.get().trailing_zeros() >= 22,
                "{id}"
            );
        }
        assert_eq!(UserId::first_at(Timestamp::from_micros(i64::MIN)).get(), 1);
        let last = UserId::first_at(Timestamp::from_micros(i64::MAX));
        assert_eq!(last.get(), u64::MAX >> 22 << 22);
    }
}
