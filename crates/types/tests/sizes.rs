//! The sizes of the types that are moved and stored most, so that growth is a decision.

use polycord_types::{
    ImageHash, channel::Channel, gateway::Event, guild::Guild, id::GuildId, member::Member,
    message::Message, role::Role, user::User,
};

#[test]
fn sizes_have_not_grown() {
    for (name, size, limit) in [
        ("Event", size_of::<Event>(), 16),
        ("Option<GuildId>", size_of::<Option<GuildId>>(), 8),
        ("Option<ImageHash>", size_of::<Option<ImageHash>>(), 24),
        ("User", size_of::<User>(), 216),
        ("Member", size_of::<Member>(), 352),
        ("Role", size_of::<Role>(), 168),
        ("Channel", size_of::<Channel>(), 512),
        ("Guild", size_of::<Guild>(), 608),
        ("Message", size_of::<Message>(), 704),
    ] {
        assert!(
            size <= limit,
            "{name} takes {size} bytes, more than {limit}"
        );
    }
}
