use std::ops::Deref;

use serde::{Serialize, Serializer};

use crate::decode::{Decode, Fault, Reader};

flags! {
    /// Properties of an application.
    ///
    /// See [the documentation](https://docs.discord.com/developers/resources/application#application-object-application-flags).
    pub struct ApplicationFlags: u64 {
        /// It uses auto moderation.
        const APPLICATION_AUTO_MODERATION_RULE_CREATE_BADGE = 1 << 6;
        /// May ask for presences, in 100 guilds or more.
        const GATEWAY_PRESENCE = 1 << 12;
        /// May ask for presences, in fewer than 100 guilds.
        const GATEWAY_PRESENCE_LIMITED = 1 << 13;
        /// May ask for members, in 100 guilds or more.
        const GATEWAY_GUILD_MEMBERS = 1 << 14;
        /// May ask for members, in fewer than 100 guilds.
        const GATEWAY_GUILD_MEMBERS_LIMITED = 1 << 15;
        /// It grew too unusually to be verified.
        const VERIFICATION_PENDING_GUILD_LIMIT = 1 << 16;
        /// It runs inside Discord.
        const EMBEDDED = 1 << 17;
        /// May ask for message content, in 100 guilds or more.
        const GATEWAY_MESSAGE_CONTENT = 1 << 18;
        /// May ask for message content, in fewer than 100 guilds.
        const GATEWAY_MESSAGE_CONTENT_LIMITED = 1 << 19;
        /// It has global commands.
        const APPLICATION_COMMAND_BADGE = 1 << 23;
    }
}

/// The same properties as decimal text, which has room for bits beyond the 53 of a number.
///
/// See [the documentation](https://docs.discord.com/developers/resources/application#application-object-application-flags).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ApplicationFlagsText(pub ApplicationFlags);

impl Deref for ApplicationFlagsText {
    type Target = ApplicationFlags;

    fn deref(&self) -> &ApplicationFlags {
        &self.0
    }
}

impl From<ApplicationFlags> for ApplicationFlagsText {
    fn from(flags: ApplicationFlags) -> Self {
        Self(flags)
    }
}

impl Decode for ApplicationFlagsText {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, Fault> {
        let start = reader.offset();
        let bits = reader.quoted_or_number("the text of a whole number")?;
        let flags = ApplicationFlags::from_bits_retain(bits);
        let unknown = flags.difference(ApplicationFlags::all()).bits();
        reader.unless_no_bits(unknown, start, "ApplicationFlags");
        Ok(Self(flags))
    }
}

deserialize!(ApplicationFlagsText);
heap_size!(ApplicationFlagsText: nothing);

impl Serialize for ApplicationFlagsText {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0.bits())
    }
}
