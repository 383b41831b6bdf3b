use polycord_types_derive::Model;

use crate::{Text, member::PartialMember};

/// The stage that an invite leads to. Discord no longer sends it.
///
/// See [the documentation](https://docs.discord.com/developers/resources/invite#invite-stage-instance-object-invite-stage-instance-structure).
#[derive(Clone, Debug, Default, PartialEq, Model)]
pub struct InviteStageInstance {
    /// The members who speak.
    pub members: Vec<PartialMember>,
    /// How many users are there.
    pub participant_count: u32,
    /// How many users speak.
    pub speaker_count: u32,
    /// What it is about, 1 to 120 characters.
    pub topic: Text,
}
