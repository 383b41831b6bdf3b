//! What is to be looked at again.

use polycord_cache::{Cache, Changes, Signal};
use polycord_types::gateway::Event;
use serde_json::{Value, json};

use crate::play::{Play, channel, guild, id, member, role};

/// Plays an event and gives its signals.
#[track_caller]
fn signals(play: &Play, name: &str, data: impl Into<Value>) -> Vec<Signal> {
    let event = Event::decode(name, &data.into().to_string()).unwrap();
    let changes: Changes = play.cache.apply(&event, play.now);
    changes.signals()
}

fn with_guild() -> Play {
    let mut play = Play::new(Cache::new());
    play.event("GUILD_CREATE", guild(1));
    play
}

#[test]
fn a_guild_that_comes_and_goes_has_everything_of_it_redrawn_once() {
    let play = Play::new(Cache::new());
    for (name, data) in [
        ("GUILD_CREATE", guild(1)),
        ("GUILD_DELETE", json!({"id": "1"})),
    ] {
        let signals = signals(&play, name, data);
        let guild = id(1);
        for expected in [
            Signal::GuildsUpdated,
            Signal::ChannelsUpdated { guild },
            Signal::RolesUpdated { guild },
            Signal::MembersUpdated { guild },
            Signal::EmojisUpdated { guild },
            Signal::StickersUpdated { guild },
            Signal::SoundboardUpdated { guild },
            Signal::StagesUpdated { guild },
            Signal::ScheduledEventsUpdated { guild },
        ] {
            let times = signals.iter().filter(|it| **it == expected).count();
            assert_eq!(times, 1, "{expected:?} in {signals:?}");
        }
    }
}

#[test]
fn an_outage_redraws_the_list_of_guilds_alone() {
    let play = with_guild();
    let outage = json!({"id": "1", "unavailable": true});
    let guilds = [Signal::GuildsUpdated];
    assert_eq!(signals(&play, "GUILD_DELETE", outage.clone()), guilds);
    assert_eq!(signals(&play, "GUILD_DELETE", outage), []);
    assert_eq!(signals(&play, "GUILD_CREATE", guild(1)), guilds);
}

#[test]
fn what_happened_while_away_is_redrawn_by_list() {
    let play = with_guild();
    let mut second = guild(1);
    second["channels"] = json!([channel(101), channel(102), channel(103)]);
    second["roles"] = json!([role(1)]);
    let guild = id(1);
    let got = signals(&play, "GUILD_CREATE", second);
    let channels = got
        .iter()
        .filter(|it| **it == Signal::ChannelsUpdated { guild });
    assert_eq!(channels.count(), 1, "{got:?}");
    assert!(got.contains(&Signal::RolesUpdated { guild }));
    assert!(!got.contains(&Signal::EmojisUpdated { guild }), "{got:?}");
}

#[test]
fn a_renamed_member_redraws_members_and_the_user_and_twice_is_once() {
    let play = with_guild();
    let mut update = member(8);
    update["guild_id"] = json!("1");
    update["nick"] = json!("Ada");
    let guild = id(1);
    let got = signals(&play, "GUILD_MEMBER_UPDATE", update.clone());
    assert_eq!(got, [Signal::MembersUpdated { guild }]);
    assert_eq!(signals(&play, "GUILD_MEMBER_UPDATE", update.clone()), []);
    update["user"]["global_name"] = json!("Ada L.");
    let got = signals(&play, "GUILD_MEMBER_UPDATE", update);
    assert_eq!(got, [Signal::UserUpdated { user: id(8) }]);
}

#[test]
fn a_chunk_of_members_is_one_signal() {
    let play = with_guild();
    let members: Vec<_> = (500..600).map(member).collect();
    let chunk = json!({"guild_id": "1", "members": members, "chunk_index": 0, "chunk_count": 1});
    let got = signals(&play, "GUILD_MEMBERS_CHUNK", chunk);
    assert_eq!(got, [Signal::MembersUpdated { guild: id(1) }]);
}

#[test]
fn a_newer_message_alone_redraws_no_list_of_channels() {
    let play = with_guild();
    let mut update = channel(100);
    update["guild_id"] = json!("1");
    update["last_message_id"] = json!("123456");
    assert_eq!(signals(&play, "CHANNEL_UPDATE", update.clone()), []);
    update["topic"] = json!("news");
    let got = signals(&play, "CHANNEL_UPDATE", update);
    assert_eq!(got, [Signal::ChannelsUpdated { guild: id(1) }]);
}

#[test]
fn a_sound_is_played_and_the_soundboard_stays() {
    let play = with_guild();
    let mut effect = json!({"guild_id": "1", "channel_id": "100", "user_id": "8",
        "sound_id": 3, "sound_volume": 0.5});
    let (channel, user, sound) = (id(100), id(8), id(3));
    let played = Signal::SoundboardPlayed {
        channel,
        user,
        sound,
    };
    let got = signals(&play, "VOICE_CHANNEL_EFFECT_SEND", effect.clone());
    assert_eq!(got, [played]);
    effect["sound_id"] = json!(null);
    assert_eq!(signals(&play, "VOICE_CHANNEL_EFFECT_SEND", effect), []);
}
