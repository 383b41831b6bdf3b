//! Random messages, reactions and readers, played to the cache and to a naive model of what there is in each channel.

use std::collections::{BTreeMap, BTreeSet};

use fastrand::Rng;
use polycord_cache::{Cache, CachedReaction};
use polycord_types::emoji::Emoji;
use serde_json::{Value, json};

use crate::play::{Play, guild, id, member, user};

const ME: u64 = 99;
const USERS: [u64; 3] = [7, 8, ME];
/// Two channels of a guild, and one of direct messages.
pub(crate) const CHANNELS: [u64; 3] = [100, 101, DIRECT];
const DIRECT: u64 = 900;
const EMOJIS: [u64; 2] = [300, 301];
/// How many messages of a channel are kept.
const MOST: usize = 4;

#[derive(Clone, Default)]
pub(crate) struct Channel {
    messages: BTreeMap<u64, Message>,
    unread: u32,
    mentions: u32,
    /// Everything up to this one was read.
    read_up_to: u64,
    is_viewed: bool,
}

#[derive(Clone, PartialEq, Eq, Debug)]
struct Message {
    author: u64,
    content: String,
    /// Whether it mentions the current user.
    pings: bool,
    /// Who reacted with what.
    reactions: BTreeSet<(u64, u64)>,
}

impl Channel {
    fn read(&mut self, up_to: u64) {
        self.read_up_to = self.read_up_to.max(up_to);
        (self.unread, self.mentions) = (0, 0);
    }

    fn add(&mut self, number: u64, message: Message) {
        if self.is_viewed || message.author == ME {
            self.read(number);
        } else {
            self.unread += 1;
            self.mentions += u32::from(message.pings);
        }
        self.messages.insert(number, message);
        if self.messages.len() > MOST {
            self.messages.pop_first();
        }
    }

    fn delete(&mut self, number: u64) {
        let Some(message) = self.messages.remove(&number) else {
            return;
        };
        if message.author != ME && number > self.read_up_to {
            self.unread -= 1;
            self.mentions -= u32::from(message.pings);
        }
    }
}

pub(crate) type Model = BTreeMap<u64, Channel>;

fn in_channel(channel: u64, mut data: Value) -> Value {
    data["channel_id"] = json!(channel.to_string());
    if channel != DIRECT {
        data["guild_id"] = json!("1");
    }
    data
}

fn message(channel: u64, number: u64, made: &Message) -> Value {
    let mut data = json!({"id": number.to_string(), "author": user(made.author),
        "content": made.content, "timestamp": "2026-01-01T00:00:00.000000+00:00"});
    // Direct messages mention without saying so.
    if made.pings && channel != DIRECT {
        data["mentions"] = json!([user(ME)]);
    }
    in_channel(channel, data)
}

/// Makes one random event and tells the model about it.
pub(crate) fn step(random: &mut Rng, model: &mut Model, number: u64) -> (&'static str, Value) {
    let channel_id = *random.choice(CHANNELS.iter()).unwrap();
    let channel = model.entry(channel_id).or_default();
    // One that there is, one that is not kept any more, or one that never was.
    let known: Vec<_> = channel.messages.keys().copied().collect();
    let some = random.choice(known).unwrap_or(number);
    let some = if random.u8(..8) == 0 { some - 1 } else { some };
    let about = |data: Value| in_channel(channel_id, data);
    match random.u8(..100) {
        0..40 => {
            let made = Message {
                author: *random.choice(USERS.iter()).unwrap(),
                content: format!("text {number}"),
                pings: channel_id == DIRECT || random.u8(..4) == 0,
                reactions: BTreeSet::new(),
            };
            let data = message(channel_id, number, &made);
            channel.add(number, made);
            ("MESSAGE_CREATE", data)
        }
        40..52 => {
            let Some(kept) = channel.messages.get_mut(&some) else {
                let nobody = Message {
                    author: 7,
                    content: "old".to_owned(),
                    pings: false,
                    reactions: BTreeSet::new(),
                };
                return ("MESSAGE_UPDATE", message(channel_id, some, &nobody));
            };
            kept.content = format!("edited {number}");
            ("MESSAGE_UPDATE", message(channel_id, some, kept))
        }
        52..60 => {
            channel.delete(some);
            ("MESSAGE_DELETE", about(json!({"id": some.to_string()})))
        }
        60..63 => {
            channel.delete(some);
            channel.delete(some + 1);
            let ids = [some.to_string(), (some + 1).to_string()];
            ("MESSAGE_DELETE_BULK", about(json!({"ids": ids})))
        }
        63..94 => {
            let (who, emoji) = (
                *random.choice(USERS.iter()).unwrap(),
                *random.choice(EMOJIS.iter()).unwrap(),
            );
            let data = json!({"user_id": who.to_string(), "message_id": some.to_string(),
                "emoji": {"id": emoji.to_string(), "name": "e"}, "burst": false, "type": 0});
            let kept = channel.messages.get_mut(&some);
            let is_new = kept.is_none_or(|kept| {
                let is_new = kept.reactions.insert((emoji, who));
                if !is_new {
                    kept.reactions.remove(&(emoji, who));
                }
                is_new
            });
            let event = if is_new {
                "MESSAGE_REACTION_ADD"
            } else {
                "MESSAGE_REACTION_REMOVE"
            };
            (event, about(data))
        }
        94..97 => {
            if let Some(kept) = channel.messages.get_mut(&some) {
                kept.reactions.clear();
            }
            let data = json!({"message_id": some.to_string()});
            ("MESSAGE_REACTION_REMOVE_ALL", about(data))
        }
        _ => {
            let emoji = *random.choice(EMOJIS.iter()).unwrap();
            if let Some(kept) = channel.messages.get_mut(&some) {
                kept.reactions.retain(|(with, _)| *with != emoji);
            }
            let data = json!({"message_id": some.to_string(),
                "emoji": {"id": emoji.to_string(), "name": "e"}});
            ("MESSAGE_REACTION_REMOVE_EMOJI", about(data))
        }
    }
}

/// Somebody looks at a channel, or away, or reads it.
fn look(random: &mut Rng, cache: &Cache, model: &mut Model) {
    let channel_id = *random.choice(CHANNELS.iter()).unwrap();
    let channel = model.entry(channel_id).or_default();
    let newest = channel.messages.keys().next_back().copied();
    match random.u8(..3) {
        0 => {
            channel.is_viewed = true;
            channel.read(newest.unwrap_or(0));
            drop(cache.view_channel(id(channel_id)));
        }
        1 => {
            channel.is_viewed = false;
            cache.leave_channel(id(channel_id));
        }
        _ => {
            channel.read(newest.unwrap_or(0));
            drop(cache.mark_read(id(channel_id), None));
        }
    }
}

#[track_caller]
fn assert_equal(cache: &Cache, model: &Model) {
    for (channel_id, channel) in model {
        let shown: BTreeMap<u64, Message> = cache
            .messages(id(*channel_id))
            .map(|message| {
                let known = channel.messages.get(&message.id().get());
                let known = known.unwrap_or_else(|| panic!("{:?} is not there", message.id()));
                let mut reactions = known.reactions.clone();
                for emoji in EMOJIS {
                    let with = Emoji {
                        id: Some(id(emoji)),
                        ..Emoji::default()
                    };
                    let reaction = message.reactions().iter().find(|it| it.is_with(&with));
                    let count = reaction.map_or(0, CachedReaction::count) as usize;
                    let own = reaction.is_some_and(CachedReaction::is_own);
                    let expected = known.reactions.iter().filter(|(with, _)| *with == emoji);
                    if (count, own) != (expected.count(), known.reactions.contains(&(emoji, ME))) {
                        reactions.clear();
                        reactions.insert((emoji, count as u64));
                    }
                }
                let seen = Message {
                    author: message.author_id().get(),
                    content: message.content().to_owned(),
                    pings: known.pings,
                    reactions,
                };
                (message.id().get(), seen)
            })
            .collect();
        assert_eq!(shown, channel.messages, "channel {channel_id}");
        for number in channel.messages.keys() {
            assert!(cache.message(id(*channel_id), id(*number)).is_some());
        }
        let state = cache.read_state(id(*channel_id));
        let counts = state.map_or((0, 0), |state| (state.unread, state.mentions));
        assert_eq!(
            counts,
            (channel.unread, channel.mentions),
            "unread in {channel_id}"
        );
    }
    assert_eq!(cache.audit(), Vec::<String>::new());
}

#[test]
fn messages_reactions_and_what_is_unread_equal_the_naive_model_after_every_event() {
    for seed in 0..20 {
        println!("seed {seed}");
        let mut random = Rng::with_seed(seed);
        let mut play = Play::new(Cache::builder().messages_per_channel(MOST).build());
        let mut model = Model::new();
        play.ready(&[1]);
        let mut whole = guild(1);
        whole["members"] = USERS.map(member).into_iter().collect();
        play.event("GUILD_CREATE", whole);
        for number in 0..600 {
            let (name, data) = step(&mut random, &mut model, 10_000 + 2 * number);
            play.event(name, data.clone());
            assert_equal(&play.cache, &model);
            if random.u8(..4) == 0 {
                play.event(name, data);
                assert_equal(&play.cache, &model);
            }
            if random.u8(..20) == 0 {
                look(&mut random, &play.cache, &mut model);
                assert_equal(&play.cache, &model);
            }
        }
    }
}
